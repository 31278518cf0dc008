"""That somebody read a message about a child stands in the audit, in the transaction of the request."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.ui.requests import SignedInRequest


def note_look(request: SignedInRequest, what: str, people: Iterable[UUID]) -> None:
    """Put the look on record: no record, no page."""
    sight = request.sight
    record_access(
        act=Act.LOOK,
        what=what,
        people=list(people),
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )
