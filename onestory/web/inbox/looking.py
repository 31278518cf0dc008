"""That somebody read a message about a child stands in the audit, in the transaction of the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.people.told import people_now
from onestory.platform.ui.requests import SignedInRequest


def note_look(request: SignedInRequest, what: str, who: Iterable[Mapping[str, str]]) -> None:
    """Put the look on record: no record, no page."""
    sight = request.sight
    record_access(
        act=Act.LOOK,
        what=what,
        people=list(people_now(list(who)).values()),
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )
