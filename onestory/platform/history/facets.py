"""Readings of a Story that are worked out once for as long as nothing new is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from onestory.platform.history.story import Story


class facet[T]:  # noqa: N801  (used as a decorator, like property)
    """A reading that depends on what is known and not on the day: worked out once per new entry, then shared."""

    def __init__(self, read: Callable[[Story], T]) -> None:
        self.read = read
        self.name = read.__name__
        self.__doc__ = read.__doc__

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
