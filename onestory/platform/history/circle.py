"""Who belongs to a child's story, from which day on.

The circle is the child, brothers and sisters, parents (alleged and denied ones too), parents'
partners past and present, carers, wider family, and whoever is recorded as living in the home. It is
built outwards from the child alone, so another family's records cannot enter it (F3.1–3.3, F5.3).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.platform.history.record import Entry, History, Relationship
from onestory.platform.history.vocabulary import PARENT_RELATIONS

PARENT_OR_STEP = PARENT_RELATIONS | {"step_parent"}

START = dt.date.min
"""The day of what was on record from the start."""


def on_record_from(row: Relationship) -> dt.date:
    """The day from which a relationship is both recorded and begun."""
    days = [when.last for when in (row.known, row.since) if when is not None]
    return max(days, default=START)


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of one child's story. ``joined`` says from which day on entries about a person are read."""

    child: str
    joined: Mapping[str, dt.date]
    relationships: tuple[tuple[dt.date, Relationship], ...]
    children: frozenset[str]

    def bears_on_child(self, entry: Entry) -> bool:
        """Whether the entry is about this child, or about adults only and so about every child in their care."""
        return self.child in entry.about or self.children.isdisjoint(entry.about)


class _Outwards:
    """Collects people from the child outwards, each from the earliest day on which somebody linked them."""

    def __init__(self, child: str) -> None:
        self.joined: dict[str, dt.date] = {child: START}

    def link(self, person: str, via: str, on: dt.date) -> bool:
        day = max(on, self.joined[via])
        if day >= self.joined.get(person, dt.date.max):
            return False
        self.joined[person] = day
        return True


def _rows_by_person(history: History) -> Mapping[str, list[tuple[dt.date, Relationship, str]]]:
    rows: dict[str, list[tuple[dt.date, Relationship, str]]] = defaultdict(list)
    for row in history.relationships:
        day = on_record_from(row)
        rows[row.person].append((day, row, row.of))
        rows[row.of].append((day, row, row.person))
    return rows


def _is_parent_of(row: Relationship, person: str) -> bool:
    return row.person == person and row.relation in PARENT_OR_STEP


def circle_of(history: History, child: str) -> Circle:
    """The circle of one child: child, then parents and brothers and sisters, then the parents' own ties."""
    rows = _rows_by_person(history)
    out = _Outwards(child)
    parents, siblings = set(), set()
    for day, row, other in rows[child]:
        out.link(other, child, day)
        if _is_parent_of(row, other):
            parents.add(other)
        elif row.relation in ("sibling", "half_sibling"):
            siblings.add(other)
    for parent in parents:
        for day, row, other in rows[parent]:
            out.link(other, parent, day)
            if _is_parent_of(row, parent) and other != child:
                siblings.add(other)
    for sibling in siblings:
        for day, row, other in rows[sibling]:
            if _is_parent_of(row, other):
                out.link(other, sibling, day)
    _household(history.entries, out)
    known = sorted(
        (
            (max(on_record_from(row), out.joined[row.person], out.joined[row.of]), row)
            for row in history.relationships
            if row.person in out.joined and row.of in out.joined
        ),
        key=lambda pair: pair[0],
    )
    children = frozenset(p for p in siblings | {child} if p in history.people and history.people[p].is_child)
    return Circle(child, out.joined, tuple(known), children | {child})


def _household(entries: Iterable[Entry], out: _Outwards) -> None:
    for entry in entries:
        joined = entry.own.get("joined") if entry.kind == "household" else None
        if not joined or entry.known is None:
            continue
        near = [out.joined[person] for person in entry.about if person in out.joined and person not in joined]
        for person in joined if near else ():
            day = max(entry.known_on, min(near))
            out.joined[person] = min(day, out.joined.get(person, dt.date.max))
