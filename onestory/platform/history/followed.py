"""A Story that remembers what was read of it, so that one can tell later whether reading it again could differ.

Most entries change nothing for most rules: a visit leaves a rule on housing as it was. What was read of the story is
read again when something new is known; whoever read only what came out as before need not read the story again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Set
from typing import Any

from onestory.platform.history.answers import Answer, Evidence
from onestory.platform.history.facets import ABOUT, DECIDED, ONCE, facet
from onestory.platform.history.picked import Picked, PickedEvidence
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

Readings = dict[Hashable, tuple[Any, Callable[..., Any], tuple[Any, ...]]]
"""What was read, how, and with which arguments, by a name for the reading."""
Made = dict[tuple[str, Hashable], tuple[Any, Callable[[Story], Any], Set[Hashable]]]
"""What others made of the story once, how, and what they read for it, by name."""


def _attribute(story: Story, name: str) -> Any:
    return getattr(story, name)


class Followed(Story):
    """A story whose readings are named in ``read`` from the last ``begin`` on. Each is taken from the story that is
    followed, so that what one reading is made of is not named beside it."""

    __slots__ = ("_made", "_readings", "_story", "read")
    _made: Made
    _readings: Readings
    _story: Story
    read: set[Hashable]

    def __init__(self, story: Story, readings: Readings, made: Made) -> None:
        super().__init__(story._index, story.today, story._known, story._facets)
        object.__setattr__(self, "_story", story)
        object.__setattr__(self, "_readings", readings)
        object.__setattr__(self, "_made", made)
        self.begin()

    def begin(self) -> None:
        """Name anew what is read from here on."""
        object.__setattr__(self, "read", set())

    def _read(self, name: Hashable, read: Callable[..., Any], *arguments: Any) -> Any:
        self.read.add(name)
        found = self._readings.get(name)
        if found is None:
            found = self._readings[name] = (read(self._story, *arguments), read, arguments)
        return found[0]

    def once[T](self, name: Hashable, read: Callable[[Story], T]) -> T:
        """As Story. What is read for it is followed too, so that it is made anew only where that comes out differently;
        where it comes out as before all the same, its readers need not read again."""
        key = (ONCE, name)
        found = self._made.get(key)
        if found is None:
            making = _Making(self._story, self._readings, self._made)
            found = self._made[key] = (read(making), read, making.read)
        self.read.add(key)
        return found[0]

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
        if item.position not in self._index.evidence_at:  # whoever made it up themselves is told of every entry
            self._read("entries", _attribute, "entries")
            return self._story.answer(item)
        return self._read(item.position, Story.answer, item)

    def decisions_on(self, entry_id: str) -> tuple[Entry, ...]:
        """As Story."""
        return self._read((DECIDED, entry_id), Story.decisions_on, entry_id)

    def about(self, person: str) -> tuple[Entry, ...]:
        """As Story."""
        return self._read((ABOUT, person), Story.about, person)

    def picked(self, choice: Picked) -> tuple[Entry, ...]:
        """As Story."""
        return self._read(choice, Story.picked, choice)

    def picked_evidence(self, choice: PickedEvidence) -> tuple[Evidence, ...]:
        """As Story."""
        return self._read(choice, Story.picked_evidence, choice)

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

    def on(self, later: Story) -> tuple[Followed, Set[Hashable] | None]:
        """The story of a later day, followed with the same readings, and the names of those that come out differently
        there; None where everything has to be read anew, since the child was born or the day is no later one."""
        before, now, readings, made = self.version, later.version, self._readings, self._made
        if now[0] < before[0] or now[1] < before[1] or self._index.changes.is_born_between(before, now):
            return Followed(later, {}, {}), None
        changed: set[Hashable] = set()
        touched = self._index.changes.touched(before, now)
        for name in list(readings) if touched is None else readings.keys() & touched:
            value, read, arguments = readings[name]
            now = read(later, *arguments)
            if now is not value:
                readings[name] = (now, read, arguments)
                if now != value:
                    changed.add(name)
        followed = Followed(later, readings, made)
        return followed, followed._make_anew(changed) if changed else changed

    def _make_anew(self, changed: set[Hashable]) -> set[Hashable]:
        """What changed, with what others made of it where that comes out differently."""
        stale = {key: one for key, one in self._made.items() if not changed.isdisjoint(one[2])}
        for key in stale:
            del self._made[key]
        for key, (value, read, _) in stale.items():
            if self.once(key[1], read) != value:
                changed.add(key)
        return changed


class _Making(Followed):
    """A followed story while something is made of it once: made of other such things, it rests on what they read."""

    __slots__ = ()

    def once[T](self, name: Hashable, read: Callable[[Story], T]) -> T:
        """As Story."""
        found = super().once(name, read)
        self.read.update(self._made[ONCE, name][2])
        return found


def _followed(name: str) -> property:
    def get(story: Followed) -> Any:  # as _read, without another call: rules read thousands of times in a replay
        story.read.add(name)
        found = story._readings.get(name)
        if found is None:
            found = story._readings[name] = (getattr(story._story, name), _attribute, (name,))
        return found[0]

    return property(get)


_NOT_FOLLOWED = "kinds"  # whoever keeps what was made of a story asks this first

for _name in [name for name, reading in vars(Story).items() if isinstance(reading, facet) and name != _NOT_FOLLOWED]:
    setattr(Followed, _name, _followed(_name))
