"""Readings of a Story that are worked out once for as long as nothing new is known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from onestory.platform.history.story import Story


EVIDENCE, ANSWER, SIGHTING = "evidence", "answer", "sighting"
"""What an entry can be beside its kind: evidence, an answer to evidence, a sight of the child."""
TOGETHER = "together"
"""The sort of an entry that records people in contact with one another."""
ABOUT, DECIDED = "about", "decided"
"""Stand before a person, or an entry: the entries about the person, the decisions that name the entry."""
ONCE = "once"
"""Stands before the names of what others make of a story: that may rest on anything."""
ANY, TIE = "any", "tie"
"""The sort of every entry; and, no entry, a relationship that came on record or began."""
BY_EVIDENCE = (EVIDENCE,)
BY_ANSWERS = (EVIDENCE, ANSWER)


LEANING: dict[Hashable, set[Hashable]] = {}
"""By sort of entry, the names of the readings that such an entry can change: of facets, of lists by kind or factor, of
choices. An answer to evidence goes by its place, what is about a person or decided on an entry by itself."""


NAMES: dict[Hashable, object] = {}
"""The names that ``LEANING`` knows, each with what must live as long as the name: a number names what has it as id."""


def lean(name: Hashable, sorts: Iterable[Hashable], named_after: object = None) -> None:
    """Have the reading of this name worked out anew with every entry of these sorts."""
    if name in NAMES:
        return
    NAMES[name] = named_after
    for sort in sorts:
        LEANING.setdefault(sort, set()).add(name)


class facet[T]:  # noqa: N801  (used as a decorator, like property)
    """A reading that depends on what is known and not on the day: worked out once per new entry, then shared.

    ``by``: the only sorts of entry that can change it, where it is not any; until such an entry, or the child's birth,
    it is carried on from the story of the day before. Nothing but the time taken depends on it.
    """

    def __init__(self, read: Callable[[Story], T], by: Sequence[str] = (ANY,)) -> None:
        self.read = read
        self.name = read.__name__
        self.__doc__ = read.__doc__
        lean(self.name, by)

    @overload
    def __get__(self, story: None, owner: type[Story]) -> facet[T]: ...

    @overload
    def __get__(self, story: Story, owner: type[Story]) -> T: ...

    def __get__(self, story: Story | None, owner: type[Story]) -> facet[T] | T:
        if story is None:
            return self
        name, facets = self.name, story._facets
        if name not in facets:
            facets[name] = self.read(story)
        return facets[name]


def facet_by[T](*sorts: str) -> Callable[[Callable[[Story], T]], facet[T]]:
    """A facet that only entries of these sorts can change."""
    return lambda read: facet(read, sorts)


def named(factor: str) -> Hashable:
    """The sort of the entries that name a factor."""
    return ("factor", factor)


def about(person: str) -> Hashable:
    """The sort of the entries about a person, and the name of their list."""
    return (ABOUT, person)


def decided(entry_id: str) -> Hashable:
    """The sort of the decisions that name an entry, and the name of their list."""
    return (DECIDED, entry_id)


for _plans in ("plans", "family_plans"):
    lean(_plans, ("plan",))
lean(ONCE, (ANY, TIE))
