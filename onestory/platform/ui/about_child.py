"""The beginning of every page about one child: may the reader know of the child, and that they looked is on record."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.explaining import shown_by, tie_to
from onestory.platform.access.keeping import keeping
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.history.reach import people_near
from onestory.platform.people.queries import may_know_of
from onestory.platform.ui.requests import SignedInRequest


def about_child(request: SignedInRequest, child_id: UUID, purpose: str = "", *, act: str = Act.LOOK) -> Sight:
    """Read from here on among the child's circle, and put the look on record in the request's transaction.

    Returns the narrowed reader, which is the request's from now on. ``act``: what is done with what is shown (looked
    at, printed, exported). Raises Http404 where there is no such child or the reader may not know of them: both look
    alike, and both are counted in the audit.
    """
    sight = _narrowed(request, child_id, purpose or request.sight.purpose)
    if not may_know_of(sight, child_id):
        request.denied.append(child_id)
        raise Http404
    tie = tie_to(sight, child_id)
    record_access(
        act=act,
        what=_page(request),
        people=[child_id],
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
        tie=tie.value,
        shown=shown_by(sight, tie),
        purpose=sight.purpose,
    )
    return sight


def _narrowed(request: SignedInRequest, child_id: UUID, purpose: str) -> Sight:
    with keeping():  # whose ties are looked at is no part of what is shown, and narrowing only takes away
        circle = people_near([child_id])[child_id]
    request.sight = read_as(request.membership, at=request.sight.at, among=circle, purpose=purpose)
    return request.sight


def _page(request: SignedInRequest) -> str:
    found = request.resolver_match
    return (found.view_name if found else "") or request.path[:200]
