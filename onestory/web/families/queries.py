"""Reading which children somebody's work touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import batched, count
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower

from onestory.oversee.signals.models import AlertChild
from onestory.oversee.signals.queries import alerts_of_team
from onestory.oversee.signals.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.reading_as import looking_among
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.notices.guards import not_shut
from onestory.platform.people.models import AgencyRecord, Person
from onestory.web.families.told import ToldName

AT_ONCE = 500
"""Children who are asked for at once: ten pages of the list."""


def children_known_to(sight: Sight, name: str, told: Mapping[UUID, ToldName]) -> Iterator[Person]:
    """Children of whom the reader's own agency holds a record by such a name, and ``told``; as far as they are read.

    They come in the order of the agency's own names for them. An agency can know a hundred thousand children: the
    reader is narrowed to some hundreds after the other, when they are wanted.
    """
    listed: set[UUID] = set()
    for some in batched(_by_name(sight, name, told), AT_ONCE):
        children = [one for one in dict.fromkeys(some) if one not in listed]
        listed.update(children)
        with looking_among(sight, children) as narrowed:
            held = visible_to(narrowed, _held(AgencyRecord.objects.filter(person__in=children), sight, name))
            shown = {*held.values_list("person_id", flat=True), *(told.keys() & set(children))}
            people = {one.pk: one for one in _named(narrowed, Person.objects.filter(pk__in=shown))}
        yield from (people[one] for one in children if one in people)


def _held(records: QuerySet[AgencyRecord], sight: Sight, name: str) -> QuerySet[AgencyRecord]:
    """Of these records, what the agency itself holds of children by such a name."""
    held = records.filter(agency=sight.agency_id, person__is_child=True)
    return held.filter(label__icontains=name) if name else held


def _by_name(sight: Sight, name: str, told: Mapping[UUID, ToldName]) -> Iterator[UUID]:
    """Whom to ask for, in the order of the list. What of them is shown is read by the reader."""
    others = sorted((one.label.lower(), child) for child, one in told.items())
    return (child for _, child in merge(_held_in_order(sight, name), others))


def _held_in_order(sight: Sight, name: str) -> Iterator[tuple[str, UUID]]:
    """Names of whom the agency holds a record. What is shut to the reader takes no part, so that nobody can feel it."""
    if sight.capped(InfoClass.INDEX, Level.INDEX):
        return
    by = Lower("label")
    open_to_reader = AgencyRecord.objects.filter(not_shut(sight)).order_by(by, "person")
    rows = _held(open_to_reader, sight, name).values_list(by, "person")
    for start in count(0, AT_ONCE):
        with keeping():
            some = list(rows[start : start + AT_ONCE])
        yield from some
        if len(some) < AT_ONCE:
            return


def children_in_my_work(sight: Sight) -> QuerySet[Person]:
    """Children about whom a question of the reader's team stands open."""
    alerts = alerts_of_team(sight).exclude(state=State.ENDED)
    named = visible_to(sight, AlertChild.objects.filter(alert__in=alerts))
    return _named(sight, Person.objects.filter(pk__in=named.values("child")))


def _named(sight: Sight, people: QuerySet[Person]) -> QuerySet[Person]:
    """With the records by which the reader knows them."""
    return people.prefetch_related(Prefetch("records", visible_to(sight, AgencyRecord.objects.all())))
