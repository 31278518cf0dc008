"""Who is near whom: the people from whose records a child's circle is built, in one query.

Kept a little wider than circle.py draws it (three steps of relationship, and whoever lives together), whatever the
day and the status; the Story cuts. Being near is mutual, so the same query tells whose stories an entry touches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection

from onestory.platform.people.models import Person

# A person's brother's other parent is three steps away, and nobody in a circle is further. Households cost no step.
STEPS = 3

# Written as joins from the person outwards, so that each step is a look-up in an index and not a walk over the table.
_NEAR = f"""
WITH RECURSIVE near (start, person, step) AS (
    SELECT id, id, 0 FROM unnest(%s::uuid[]) AS id
  UNION
    SELECT near.start, other.person_id, near.step + link.cost
    FROM near
    JOIN people_agencyrecord mine ON mine.person_id = near.person
    CROSS JOIN LATERAL (
        SELECT row.of_id AS record, 1 AS cost FROM people_relationship row WHERE row.person_id = mine.id
      UNION ALL
        SELECT row.person_id, 1 FROM people_relationship row WHERE row.of_id = mine.id
      UNION ALL
        SELECT placed.record_id, 0
        FROM history_entryperson about JOIN people_householdmember placed ON placed.entry_id = about.entry_id
        WHERE about.record_id = mine.id AND about.part = 'about'
      UNION ALL
        SELECT about.record_id, 0
        FROM people_householdmember placed JOIN history_entryperson about ON about.entry_id = placed.entry_id
        WHERE placed.record_id = mine.id AND about.part = 'about'
    ) AS link
    JOIN people_agencyrecord other ON other.id = link.record
    WHERE near.step + link.cost <= {STEPS}
)
SELECT DISTINCT start, person FROM near
"""
"""Joined from the person outwards, so that each step is a look-up in an index."""


def people_near(people: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """For each person, everybody near them, themselves included. One query, however many people."""
    near: dict[UUID, set[UUID]] = {person: {person} for person in people}
    if near:
        with connection.cursor() as cursor:
            cursor.execute(_NEAR, [list(near)])
            for start, person in cursor.fetchall():
                near[start].add(person)
    return {person: frozenset(others) for person, others in near.items()}


def groups_near(people: Collection[UUID]) -> list[frozenset[UUID]]:
    """Everybody near these people, in groups that have nobody in common. One query."""
    return _joined(people_near(people).values())


def circles_around(people: Collection[UUID]) -> list[frozenset[UUID]]:
    """The children whose stories an entry about these people touches, by circles that share nobody. Two queries."""
    groups = groups_near(people)
    everybody = frozenset().union(*groups)
    children = set(Person.objects.filter(id__in=everybody, is_child=True).values_list("id", flat=True))
    return [circle for group in groups if (circle := frozenset(group & children))]


def load_circle_of(people: Collection[UUID]) -> frozenset[UUID]:
    """The children whose stories an entry about these people touches. Two queries, however many people."""
    return frozenset().union(*circles_around(people))


def _joined(groups: Collection[frozenset[UUID]]) -> list[frozenset[UUID]]:
    """Groups that share somebody, as one group."""
    leader: dict[UUID, UUID] = {}

    def lead(one: UUID) -> UUID:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for group in groups:
        first, *others = group
        top = lead(first)
        for other in others:
            leader[lead(other)] = top
    together: dict[UUID, set[UUID]] = {}
    for one in leader:
        together.setdefault(lead(one), set()).add(one)
    return [frozenset(group) for group in together.values()]
