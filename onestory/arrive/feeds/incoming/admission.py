"""Nothing of a feed comes in that its agency's sharing protocol does not admit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from onestory.platform.access.policy import InfoClass
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.sharing.admission import check_admitted, classes_of


@dataclass(slots=True)
class Admission:
    """Asks the agency's protocols once for each kind and class of information that a file brings."""

    agency_id: UUID
    on: dt.date
    admitted: set[tuple[str, InfoClass]] = field(default_factory=set)

    def check(self, entries: Iterable[NewEntry]) -> None:
        """Raises NotAdmitted, with a sentence that can be shown, for the first that may not come in."""
        for entry in entries:
            for info in classes_of(entry):
                if (entry.kind, info) not in self.admitted:
                    check_admitted(self.agency_id, entry.kind, info, self.on)
                    self.admitted.add((entry.kind, info))
