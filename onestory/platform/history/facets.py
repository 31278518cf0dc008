"""Readings of a Story that are worked out once for as long as nothing new is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, overload

if TYPE_CHECKING:
    from onestory.platform.history.story import Story


EVIDENCE, ANSWER, SIGHTING = "evidence", "answer", "sighting"
"""What an entry can be beside its kind: evidence, an answer to evidence, a sight of the child."""
ONCE = "once"
"""Stands before the names of what others make of a story: that may rest on anything."""
BY_EVIDENCE = (EVIDENCE,)
BY_ANSWERS = (EVIDENCE, ANSWER)


class facet[T]:  # noqa: N801  (used as a decorator, like property)
    """A reading that depends on what is known and not on the day: worked out once per new entry, then shared.

    ``by``: the only sorts of entry that can change it, where it is not any; until such an entry, or somebody's birth or
    a new tie, it is carried on from the story of the day before. Nothing but the time taken depends on it.
    """

    carried: ClassVar[dict[str, frozenset[str]]] = {}
    """By name of the reading, what alone can change it."""

    def __init__(self, read: Callable[[Story], T], by: Sequence[str] | None = None) -> None:
        self.read = read
        self.name = read.__name__
        self.__doc__ = read.__doc__
        if by is not None:
            self.carried[self.name] = frozenset(by)

    @overload
    def __get__(self, story: None, owner: type[Story]) -> facet[T]: ...

    @overload
    def __get__(self, story: Story, owner: type[Story]) -> T: ...

    def __get__(self, story: Story | None, owner: type[Story]) -> facet[T] | T:
        if story is None:
            return self
        facets = story._facets
        if self.name not in facets:
            facets[self.name] = self.read(story)
        return facets[self.name]


def facet_by[T](*sorts: str) -> Callable[[Callable[[Story], T]], facet[T]]:
    """A facet that only entries of these sorts can change."""
    return lambda read: facet(read, sorts)
