"""Reading one child's history. Every page about a child begins here, so that who may see what is decided here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from onestory.arrive.chronology.narrowing import Family, family_of
from onestory.platform.access.audit import Act
from onestory.platform.history.loading import load_history
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.requests import SignedInRequest


def family_for(request: SignedInRequest, child_id: UUID, *, act: str = Act.LOOK, purpose: str = "") -> Family:
    """Everything on record in the child's circle that this reader may see, in a fixed number of queries.

    The request reads among the circle from here on, and the look is on record: ``act`` says what is done with it.
    Raises Http404 where there is no such child or this person may not know of them: both look alike.
    """
    sight = about_child(request, child_id, purpose, act=act)
    history = load_history([child_id], sight=sight)
    child = history.people.get(str(child_id))
    if child is None or not child.is_child:
        raise Http404
    return family_of(history, str(child_id))
