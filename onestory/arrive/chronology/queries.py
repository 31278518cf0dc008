"""Reading one child's history. Every page about a child begins here, so that who may see what is decided here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from onestory.arrive.chronology.narrowing import Family, family_of
from onestory.platform.access.models import User
from onestory.platform.history.loading import load_history
from onestory.platform.people.models import Person


def family_for(*, by: User, child_id: UUID) -> Family:
    """Everything on record in the child's circle that this person may see, in a fixed number of queries.

    Raises Http404 where there is no such child or this person may not know of them: both look alike.
    """
    if not Person.objects.filter(pk=child_id, is_child=True).exists():
        raise Http404
    history = load_history([child_id])
    if str(child_id) not in history.people:
        raise Http404
    return family_of(history, str(child_id))
