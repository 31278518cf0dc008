"""Reading people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.history.vocabulary import PARENT_RELATIONS
from onestory.platform.people.models import AgencyRecord, Relationship


def may_know_of(sight: Sight, person_id: UUID) -> bool:
    """Whether the reader may know that there is such a person: they see some agency's record of them."""
    return visible_to(sight, AgencyRecord.objects.filter(person=person_id)).exists()


def children_of_adults(sight: Sight, person_ids: Collection[UUID]) -> Mapping[UUID, dict[UUID, AgencyRecord]]:
    """For each of these people, the children of whom the reader sees that they are, or are said to be, a parent."""
    named = Relationship.objects.filter(
        person__person__in=person_ids, relation__in=PARENT_RELATIONS, of__person__is_child=True
    )
    rows = visible_to(sight, named)
    found: dict[UUID, dict[UUID, AgencyRecord]] = {}
    for row in rows.select_related("person", "of").order_by("position"):
        found.setdefault(row.person.person_id, {})[row.of.person_id] = row.of
    return found
