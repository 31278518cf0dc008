"""Readings of a Story that are worked out once for as long as nothing new is known."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, overload

from onestory.platform.history.picked import Picked, PickedEvidence

if TYPE_CHECKING:
    from onestory.platform.history.story import Story


EVIDENCE, ANSWER, SIGHTING = "evidence", "answer", "sighting"
"""What an entry can be beside its kind: evidence, an answer to evidence, a sight of the child."""
ABOUT, DECIDED = "about", "decided"
"""Stand before a person, or an entry: the entries about the person, the decisions that name the entry."""
ONCE = "once"
"""Stands before the names of what others make of a story: that may rest on anything."""
ANY, TIE = "any", "tie"
"""The sort of every entry; and, no entry, a relationship that came on record or began."""
BY_EVIDENCE = (EVIDENCE,)
BY_ANSWERS = (EVIDENCE, ANSWER)


class facet[T]:  # noqa: N801  (used as a decorator, like property)
    """A reading that depends on what is known and not on the day: worked out once per new entry, then shared.

    ``by``: the only sorts of entry that can change it, where it is not any; until such an entry, or the child's birth,
    it is carried on from the story of the day before. Nothing but the time taken depends on it.
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


PLANS = frozenset({"plans", "family_plans"})


def named(factor: str) -> Hashable:
    """The sort of the entries that name a factor."""
    return ("factor", factor)


def about(person: str) -> Hashable:
    """The sort of the entries about a person."""
    return (ABOUT, person)


def leans_on(
    name: Any, naming: Mapping[int, tuple[frozenset[str], Any]], evidence: Container[int]
) -> Iterable[Hashable]:
    """The sorts of entry that can change the reading of this name.

    A name of words is a facet's; one below nought stands for factors (``naming`` says which), from nought on for the
    answer to what stands at that place (``evidence`` has the places of evidence); a tuple lists kinds, or says what it
    is with its first part.
    """
    if isinstance(name, Picked):
        return (*name.kinds, *map(named, name.factors))
    if isinstance(name, PickedEvidence):
        return BY_EVIDENCE
    if isinstance(name, str):
        return ("plan",) if name in PLANS else facet.carried.get(name, (ANY,))
    if isinstance(name, int):
        return map(named, naming[-name][0]) if name < 0 else (name if name in evidence else ANY,)
    if name[0] == DECIDED:
        return ("decision",)
    if name[0] == ABOUT:
        return (name,)
    return (ANY,) if name[0] == ONCE else name
