"""Which readings of a story an entry can change: most change few, and the others are not worked out anew."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, KeysView
from functools import cached_property
from typing import TYPE_CHECKING, Any

from onestory.platform.history.facets import ANSWER, ANY, EVIDENCE, SIGHTING, TIE, about, leans_on, named
from onestory.platform.history.record import Entry

if TYPE_CHECKING:
    from onestory.platform.history.index import StoryIndex

Version = tuple[int, int]
"""How many entries are known, and how many of the days have come on which the story changes without one."""


def said_by(entry: Entry) -> Iterator[Hashable]:
    """The sorts of an entry that it says itself: its kind, its factors, the people whom it is about."""
    yield entry.kind
    yield from map(named, entry.factors)
    yield from map(about, entry.about)


class Changes:
    """What can have changed in one child's story between two versions of it."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        person = index.people.get(index.child)
        born = None if person is None or person.born is None else person.born.last
        self._birth = 0 if born is None else bisect_right(index.turning_days, born)
        self._evidence = frozenset(item.position for item in index.evidence)
        self._leaning: dict[Hashable, set[Any]] = defaultdict(set)
        self._known: set[Any] = set()
        self._touched: tuple[tuple[Version, Version, int] | None, set[Any]] = (None, set())

    def is_born_between(self, before: Version, now: Version) -> bool:
        """Whether the child was born after the one and by the other."""
        return before[1] < self._birth <= now[1]

    @cached_property
    def sorts(self) -> tuple[frozenset[Hashable], ...]:
        """What each entry is: what it says itself, and whether it is evidence, an answer (and to which evidence, by its
        place) or a sight of the child."""
        index = self._index
        found = [set(said_by(entry)) for entry in index.entries]
        for place, entry in enumerate(index.entries):
            if index.child in entry.seen or index.child in entry.seen_alone:
                found[place].add(SIGHTING)
        for item in index.evidence:
            found[item.position].add(EVIDENCE)
            for answer in index.answers(item):
                found[answer.position] |= {ANSWER, item.position}
        return tuple([frozenset(sorts) for sorts in found])

    def touched(self, readings: KeysView[Any], before: Version, now: Version) -> set[Any]:
        """Those of the readings that can come out differently at a later version; all where entries are corrected or
        the child was born since."""
        if self._index.superseded or self.is_born_between(before, now):
            return set(readings)
        for name in readings - self._known:
            self._known.add(name)
            for sort in leans_on(name, self._index.factors_by_id, self._evidence):
                self._leaning[sort].add(name)
        seen = (before, now, len(self._known))
        if self._touched[0] != seen:
            touched = set(self._leaning[TIE]) if before[1] != now[1] else set()
            for sort in frozenset((ANY,)).union(*self.sorts[before[0] : now[0]]) if before[0] != now[0] else ():
                if sort in self._leaning:
                    touched |= self._leaning[sort]
            self._touched = (seen, touched)
        return self._touched[1] & readings
