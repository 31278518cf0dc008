"""A Story that remembers what was read of it, so that one can tell later whether reading it again could differ.

Most entries change nothing for most rules: a visit leaves a rule on housing as it was. What was read of the story is
read again when something new is known; whoever read only what came out as before need not read the story again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Set
from typing import Any

from onestory.platform.history.answers import Answer, Evidence
from onestory.platform.history.facets import ONCE, facet
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

Readings = dict[Hashable, tuple[Any, Callable[..., Any], tuple[Any, ...]]]
"""What was read, how, and with which arguments, by a name for the reading."""


def _attribute(story: Story, name: str) -> Any:
    return getattr(story, name)


class Followed(Story):
    """A story whose readings are named in ``read`` from the last ``begin`` on. Each is taken from the story that is
    followed, so that what one reading is made of is not named beside it."""

    __slots__ = ("_readings", "_story", "read")
    _readings: Readings
    _story: Story
    read: set[Hashable]

    def __init__(self, story: Story, readings: Readings) -> None:
        super().__init__(story._index, story.today, story._known, story._facets)
        object.__setattr__(self, "_story", story)
        object.__setattr__(self, "_readings", readings)
        self.begin()

    def begin(self) -> None:
        """Name anew what is read from here on."""
        object.__setattr__(self, "read", set())

    def _read(self, name: Hashable, read: Callable[..., Any], *arguments: Any) -> Any:
        self.read.add(name)
        readings = self._readings
        if name not in readings:
            readings[name] = (read(self._story, *arguments), read, arguments)
        return readings[name][0]

    def once[T](self, name: Hashable, read: Callable[[Story], T]) -> T:
        """As Story."""
        return self._read((ONCE, name), Story.once, name, read)

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        """As Story."""
        return self._read(kinds, Story.of, *kinds)

    def naming(self, factors: frozenset[str]) -> tuple[Entry, ...]:
        """As Story."""
        return self._read(-id(factors), Story.naming, factors)

    def entry(self, entry_id: str) -> Entry | None:
        """As Story. An entry that is known stays known; one that is not may come with any other."""
        found = self._story.entry(entry_id)
        if found is None:
            self._read("entries", _attribute, "entries")
        return found

    def answer(self, item: Evidence) -> Answer | None:
        """As Story."""
        if "answers" not in self.read:
            self._read("answers", _attribute, "answers")
        return self._story.answer(item)

    def decisions_on(self, entry_id: str) -> tuple[Entry, ...]:
        """As Story."""
        self.of("decision")
        return self._story.decisions_on(entry_id)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """As Story."""
        return self._read("plans", _attribute, "plans")

    @property
    def family_plans(self) -> tuple[Plan, ...]:
        """As Story."""
        return self._read("family_plans", _attribute, "family_plans")

    def since(self, day: dt.date | None) -> tuple[Entry, ...]:
        """As Story."""
        self._read("entries", _attribute, "entries")
        return self._story.since(day)

    def changed_in(self, later: Story) -> Set[Hashable] | None:
        """Names of the readings that come out differently in the story of a later day, where they are put in place of
        the old ones; None where everything has to be read anew, since somebody was born or linked."""
        known, turned = self.version
        if later.version[1] != turned or later.version[0] < known:
            self._readings.clear()
            return None
        changed: set[Hashable] = set()
        for name, (value, read, arguments) in self._readings.items():
            now = read(later, *arguments)
            if now is not value:
                self._readings[name] = (now, read, arguments)
                if now != value:
                    changed.add(name)
        return changed

    def on(self, later: Story) -> Followed:
        """The story of a later day, followed with the same readings."""
        return Followed(later, self._readings)


def _followed(name: str) -> property:
    def get(story: Followed) -> Any:  # as _read, without another call: rules read thousands of times in a replay
        story.read.add(name)
        readings = story._readings
        if name not in readings:
            readings[name] = (getattr(story._story, name), _attribute, (name,))
        return readings[name][0]

    return property(get)


_NOT_FOLLOWED = "kinds"  # whoever keeps what was made of a story asks this first

for _name in [name for name, reading in vars(Story).items() if isinstance(reading, facet) and name != _NOT_FOLLOWED]:
    setattr(Followed, _name, _followed(_name))
