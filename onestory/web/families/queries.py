"""Reading which children somebody's work touches."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from onestory.oversee.signals.models import AlertChild
from onestory.oversee.signals.queries import alerts_of_team
from onestory.oversee.signals.states import State
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.people.models import AgencyRecord, Person


def children_known_to(sight: Sight, name: str, besides: Collection[UUID] = ()) -> QuerySet[Person]:
    """Children of whom the reader's own agency holds a record, by the name under which it does; and ``besides``."""
    held = visible_to(sight, AgencyRecord.objects.filter(agency=sight.agency_id, person__is_child=True))
    if name:
        held = held.filter(label__icontains=name)
    return _named(sight, Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=besides)))


def children_in_my_work(sight: Sight) -> QuerySet[Person]:
    """Children about whom a question of the reader's team stands open."""
    alerts = alerts_of_team(sight).exclude(state=State.ENDED)
    named = visible_to(sight, AlertChild.objects.filter(alert__in=alerts))
    return _named(sight, Person.objects.filter(pk__in=named.values("child")))


def _named(sight: Sight, people: QuerySet[Person]) -> QuerySet[Person]:
    """With the records by which the reader knows them."""
    return people.prefetch_related(Prefetch("records", visible_to(sight, AgencyRecord.objects.all())))
