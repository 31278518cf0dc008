"""What is on record about one reader's reach: ties, denials and lists, read by one question at the beginning.

One question (on_record.sql), since a page would otherwise wait for some twenty small ones before its first row. It asks
none of the functions by which the database itself decides (reach.sql): the two readings of the table stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from onestory.platform.access.policy import Tie


class Held(NamedTuple):
    """One tie of the reader, their team or their agency: to whom, of which kind, and whether two people opened it."""

    person: UUID
    kind: str
    approved: bool


class Marked(NamedTuple):
    """A record that ties to a person open: its mark, whether the person is a child, and was ever known as an adult."""

    mark: int
    child: bool
    adult: bool


@dataclass(frozen=True)
class OnRecord:
    """What holds for one reader at one instant. ``of(name)`` : the people of a protection or a list.

    ``ties`` : all but that the agency holds a record, which is asked only where it opens something; ``marks`` : of each
    person in them. ``threats`` : who is threatened by whom, of those by whom the reader has any tie to the alleged one.
    ``joined`` : pairs that a join which nobody has confirmed yet holds to be the same. ``at_most`` : by entry, the
    level to which its source lets the reader's agency see it. ``named`` : entries of legal advice that name the reader.
    """

    ties: tuple[Held, ...]
    marks: dict[UUID, list[Marked]]
    threats: tuple[tuple[UUID, UUID], ...]
    joined: tuple[tuple[UUID, UUID], ...]
    at_most: dict[UUID, int]
    named: frozenset[UUID]
    people: dict[str, frozenset[UUID]]

    def of(self, name: str) -> frozenset[UUID]:
        """The people of: listed, protected, conflict, sealed, unsealed, basis, wish, address_held."""
        return self.people.get(name, frozenset())


KINDS = [tie.value for tie in Tie if tie not in (Tie.NONE, Tie.AGENCY)]
_QUESTION = "SELECT * FROM access_on_record(%s, %s, %s, %s, %s::text[], %s::uuid[])"


def on_record(
    *, user_id: UUID, team_id: UUID, agency_id: UUID, at: dt.datetime, among: frozenset[UUID] | None
) -> OnRecord:
    """Ask for all of it. ``among`` : ties to these people only; denials are never narrowed (ADR 0010)."""
    found = defaultdict[str, list[Any]](list)
    with connection.cursor() as cursor:
        circle = None if among is None else list(among)
        cursor.execute(_QUESTION, [user_id, team_id, agency_id, at, KINDS, circle])
        for what, *row in cursor.fetchall():
            found[what].append(row)
    ties = tuple(Held(person, kind, approved) for person, _, kind, approved, _ in found.pop("tie", ()))
    found["unsealed"] = [row for row in found["sealed"] if row[3]]
    return OnRecord(
        ties=ties,
        marks=_marks({one.person for one in ties}, found.pop("marks", ())),
        threats=tuple((person, alleged) for person, alleged, *_ in found.pop("threat", ())),
        joined=tuple((one, other) for one, other, *_ in found.pop("joined", ())),
        at_most={entry: int(level) for entry, _, level, *_ in found.pop("shared", ())},
        named=frozenset(entry for entry, *_ in found.pop("named", ())),
        people={name: frozenset(person for person, *_ in rows) for name, rows in found.items()},
    )


def _marks(people: Iterable[UUID], rows: Iterable[Any]) -> dict[UUID, list[Marked]]:
    """By person; somebody of whom there is no record has an empty list."""
    marks: dict[UUID, list[Marked]] = {person: [] for person in people}
    for person, _, numbers, child, adult in rows:
        marks[person] += [Marked(int(number), child, adult) for number in numbers.split()]
    return marks
