"""Which readings of a story an entry can change: most change few, and the others are not worked out anew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Set
from functools import cached_property
from typing import TYPE_CHECKING

from onestory.platform.history.facets import (
    ANSWER,
    ANY,
    EVIDENCE,
    LEANING,
    NAMES,
    SIGHTING,
    TIE,
    TOGETHER,
    about,
    decided,
    named,
)
from onestory.platform.history.record import Entry

if TYPE_CHECKING:
    from onestory.platform.history.index import StoryIndex

NOBODY: Set[Hashable] = frozenset()
Version = tuple[int, int]
"""How many entries are known, and how many of the days have come on which the story changes without one."""


def said_by(entry: Entry) -> Iterator[Hashable]:
    """The sorts of an entry that it says itself: its kind, its factors, whom it is about, contact, on what it
    decides."""
    yield entry.kind
    yield from map(named, entry.factors)
    yield from map(about, entry.about)
    if len(entry.together) > 1:
        yield TOGETHER
    if entry.kind == "decision":
        yield from map(decided, entry.own.get("on_entries", ()))


class Changes:
    """What can have changed in one child's story between two versions of it."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        person = index.people.get(index.child)
        born = None if person is None or person.born is None else person.born.last
        self._birth = 0 if born is None else bisect_right(index.turning_days, born)
        self._touched: tuple[tuple[Version, Version, int] | None, Set[Hashable]] = (None, NOBODY)

    def is_born_between(self, before: Version, now: Version) -> bool:
        """Whether the child was born after the one and by the other."""
        return before[1] < self._birth <= now[1]

    @cached_property
    def sorts(self) -> tuple[frozenset[Hashable], ...]:
        """What each entry is: what it says itself, and whether it is evidence, an answer (and to which evidence, by its
        place) or a sight of the child."""
        index = self._index
        found = [set(said) for said in index.said]
        for place, entry in enumerate(index.entries):
            if index.child in entry.seen or index.child in entry.seen_alone:
                found[place].add(SIGHTING)
        for item in index.evidence:
            found[item.position].add(EVIDENCE)
            for answer in index.answers(item):
                found[answer.position] |= {ANSWER, item.position}
        return tuple([frozenset(sorts) for sorts in found])

    def touched(self, before: Version, now: Version) -> Set[Hashable] | None:
        """Names of the readings that can come out differently at a later version; None for all of them, where entries
        are corrected or the child was born since."""
        if self._index.superseded or self.is_born_between(before, now):
            return None
        seen = (before, now, len(NAMES))
        if self._touched[0] != seen:
            sorts: set[Hashable] = set().union(*self.sorts[before[0] : now[0]])
            if before[0] != now[0]:
                sorts.add(ANY)
            if before[1] != now[1]:
                sorts.add(TIE)
            touched = sorts.union(*[LEANING[sort] for sort in LEANING.keys() & sorts])
            self._touched = (seen, touched)
        return self._touched[1]
