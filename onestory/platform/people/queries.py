"""Reading people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from onestory.platform.access.sight import Sight
from onestory.platform.history.vocabulary import PARENT_RELATIONS
from onestory.platform.people.models import AgencyRecord, Person, Relationship


def may_know_of(sight: Sight, person_id: UUID) -> bool:
    """Whether the reader may know that there is such a person: some tie opens them, and nothing closes them."""
    closed = person_id in sight.marked("shut")
    return not closed and bool(sight.kinds_of_ties(person_id)) and Person.objects.filter(pk=person_id).exists()


def children_of_adults(person_ids: Collection[UUID]) -> Mapping[UUID, dict[UUID, AgencyRecord]]:
    """For each of these people, the children whose parent they are or are said to be. One query."""
    rows = Relationship.objects.filter(
        person__person__in=person_ids, relation__in=PARENT_RELATIONS, of__person__is_child=True
    )
    found: dict[UUID, dict[UUID, AgencyRecord]] = {}
    for row in rows.select_related("person", "of").order_by("position"):
        found.setdefault(row.person.person_id, {})[row.of.person_id] = row.of
    return found
