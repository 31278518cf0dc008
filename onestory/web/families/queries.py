"""Reading which children somebody's work touches."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from onestory.oversee.signals.queries import visible_to
from onestory.oversee.signals.states import State
from onestory.platform.access.models import User
from onestory.platform.agencies.queries import posts_of
from onestory.platform.people.models import Person


def children_known_to(user: User, today: dt.date, name: str) -> QuerySet[Person]:
    """Children of whom the user's own agencies hold a record, by the name under which they do."""
    agencies = posts_of(user, today).values("team__agency")
    held = Person.objects.filter(is_child=True, records__agency__in=agencies)
    if name:
        held = held.filter(records__label__icontains=name, records__agency__in=agencies)
    return held.prefetch_related("records").distinct()


def children_in_my_work(user: User, today: dt.date) -> QuerySet[Person]:
    """Children about whom a question of the user's teams stands open."""
    alerts = visible_to(user, today).exclude(state=State.ENDED)
    return Person.objects.filter(alerts__alert__in=alerts).prefetch_related("records").distinct()
