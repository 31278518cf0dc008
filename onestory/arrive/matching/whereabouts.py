"""Whose a record is: it starts from whom it was made for, and follows the joins that stand. Read as the keeper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q

from onestory.arrive.matching.models import Join


def take_turns() -> None:
    """Let joins and their undoing happen one after the other, until the transaction ends. They are rare."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onestory.matching.join'))")


@dataclass(slots=True)
class Whereabouts:
    """The joins that stand around some people: who was moved to whom, and whether a second person confirmed it."""

    _to: dict[UUID, tuple[UUID, bool]] = field(default_factory=dict)

    @classmethod
    def around(cls, people: Iterable[UUID]) -> Whereabouts:
        """Every join that stands and is connected with these people."""
        found, known, new = cls(), set[UUID](), set(people)
        while new:
            known |= new
            standing = Join.objects.filter(Q(from_person__in=new) | Q(to_person__in=new), undone_at=None)
            near = set[UUID]()
            for join in standing.order_by("joined_at", "id"):
                found._to[join.from_person_id] = (join.to_person_id, join.confirmed_at is not None)
                near |= {join.from_person_id, join.to_person_id}
            new = near - known
        return found

    def now(self, home: UUID) -> UUID:
        """Whose a record is that was made for this person."""
        return self._path(home)[0]

    def is_confirmed(self, home: UUID) -> bool:
        """Whether a second person confirmed every join on the way there."""
        return self._path(home)[1]

    def people(self) -> set[UUID]:
        """Everybody who has a part in these joins."""
        return {*self._to, *(person for person, _ in self._to.values())}

    def _path(self, home: UUID) -> tuple[UUID, bool]:
        confirmed, seen = True, {home}
        while home in self._to and self._to[home][0] not in seen:
            home, second = self._to[home]
            confirmed = confirmed and second
            seen.add(home)
        return home, confirmed
