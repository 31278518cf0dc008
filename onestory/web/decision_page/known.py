"""What is on record of a child's family on one day: what every part of the decision page reads. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from onestory.arrive.chronology.narrowing import Family, as_known_on
from onestory.arrive.chronology.rows import names_of
from onestory.arrive.chronology.saying import Names
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import Entry, History
from onestory.platform.history.story import Story, story_on


@dataclass(frozen=True)
class Known:
    """The family as its reader may see it, told as it was known at the end of ``today``."""

    family: Family
    today: dt.date

    @cached_property
    def history(self) -> History:
        """Entries and relationships known on the day, corrected ones left out."""
        return as_known_on(self.family.history, self.today)

    @cached_property
    def names(self) -> Names:
        """What people, agencies and entries are called."""
        return names_of(self.history)

    @cached_property
    def stories(self) -> Mapping[str, Story]:
        """The story of each child of the circle, the child of the page first."""
        children = sorted(self.family.children, key=lambda one: (one != self.family.child, one))
        return {one: story_on(StoryIndex(self.family.history, one), self.today) for one in children}

    @cached_property
    def story(self) -> Story:
        """The story of the child of the page."""
        return self.stories[self.family.child]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Entries of the child's story, in the order in which they became known."""
        return self.story.entries


def newest_first(entries: list[Entry]) -> list[Entry]:
    """By the day on which it happened; of one day the one that became known last comes first."""
    placed = list(enumerate(entries))
    placed.sort(key=lambda pair: (pair[1].happened.last, pair[1].happened.first, pair[0]), reverse=True)
    return [entry for _, entry in placed]
