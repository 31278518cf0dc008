"""Who lives with whom, as entries say it: somebody joined a home or left it, a child was born into it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.platform.history.record import Entry, History

SAYING_SO = frozenset({"household", "birth"})


@dataclass(frozen=True, slots=True)
class Step:
    """That an entry says somebody joined a home, left it, or lived there when the entry was made."""

    person: str
    sort: str
    home_of: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Living:
    """One person and everything that is on record of where they live, the latest last."""

    person: str
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The latest word."""
        return self.steps[-1]


def lives(history: History, today: dt.date) -> tuple[Living, ...]:
    """Everybody of whom an entry says where they live; those who live there now first, then those who left."""
    steps: dict[str, list[Step]] = {}
    for entry in sorted(history.entries, key=lambda one: one.happened.last):
        if entry.kind in SAYING_SO and entry.happened.first <= today:
            for step in _steps(entry, history):
                steps.setdefault(step.person, []).append(step)
    found = [Living(person, tuple(those)) for person, those in steps.items()]
    return tuple(sorted(found, key=lambda one: one.now.sort == "left"))


def at_home_with(child: str, living: Iterable[Living]) -> frozenset[str]:
    """Who lives with the child by the latest word."""
    return frozenset(one.person for one in living if one.now.sort != "left" and child in one.now.home_of)


def _steps(entry: Entry, history: History) -> Iterable[Step]:
    said: Mapping[str, tuple[str, ...]] = {sort: tuple(entry.own.get(sort, ())) for sort in ("joined", "left")}
    moved = {*said["joined"], *said["left"]}
    children = tuple(one for one in entry.about if one in history.people and history.people[one].is_child)
    home_of = tuple(one for one in children if one not in moved) or children
    for sort, people in said.items():
        for person in people:
            if person in history.people:
                yield Step(person, sort, tuple(one for one in home_of if one != person), entry)
