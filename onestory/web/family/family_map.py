"""The family map as plain data: who stands where, who is joined to whom, in which way. Pure.

Square male, circle female, triangle pregnancy, question mark for not known, cross for death; a line
with / separated, // divorced, dashed living together; an alleged parent's line is dotted, a denied one's struck
through, and both are said in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.platform.history.record import History, Person
from onestory.platform.history.vocabulary import COUPLE_RELATIONS, RELATIONS
from onestory.platform.ui.wording import age_words
from onestory.web.family.ties import Tie, couples, deaths, eldest_first, is_parent, sexes, ties

MOST_PEOPLE = 40
"""With more people a picture no longer helps; the table holds them all."""

GENERATION: Mapping[str, int] = {"grandparent": 0, "great_aunt_uncle": 0, "great_grandparent": -1}
"""Generation of somebody by what they are to a child; parents, their partners and others stand at 1, children at 2."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One person of the map. ``sign`` is square, circle, triangle or unknown."""

    id: str
    name: str
    note: str
    sign: str
    generation: int
    focus: bool = False
    died: bool = False


@dataclass(frozen=True, slots=True)
class Union:
    """Two people joined, or one alone as a parent. ``mark`` is "", "/" or "//"; dashed: living together."""

    id: str
    people: tuple[str, ...]
    mark: str = ""
    dashed: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Descent:
    """That a child comes from a union; ``words`` where this is not confirmed, ``denied`` where it is denied."""

    union: str
    child: str
    words: str = ""
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Any other tie of one person to others, said in a word."""

    upper: str
    lowers: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class FamilyMap:
    """The whole map; children eldest first."""

    figures: tuple[Figure, ...]
    unions: tuple[Union, ...]
    descents: tuple[Descent, ...]
    links: tuple[Link, ...]


def family_map(history: History, child: str, today: dt.date) -> FamilyMap | None:
    """The map of everybody around a child; None where there are too many for a picture."""
    if len(history.people) > MOST_PEOPLE:
        return None
    held = [tie for tie in ties(history.relationships) if {tie.person, tie.of} <= history.people.keys()]
    unions, descents = _unions(held, history, today)
    return FamilyMap(
        figures=tuple(_figures(history, held, child, today)),
        unions=unions,
        descents=descents,
        links=tuple(_links(held, descents)),
    )


def _figures(history: History, held: Iterable[Tie], child: str, today: dt.date) -> Iterable[Figure]:
    sex, dead = sexes(history), deaths(history.entries)
    generations = _generations(history, held)
    ordered = sorted(
        eldest_first(one for one in history.people.values() if one.is_child), key=lambda one: generations[one.id]
    )
    adults = [one for one in history.people.values() if not one.is_child]
    for one in (*ordered, *adults):
        yield Figure(
            id=one.id,
            name=one.label,
            note=f"died {dead[one.id].happened.words()}" if one.id in dead else _age(one, today),
            sign=_sign(one, sex.get(one.id, ""), today),
            generation=generations[one.id],
            focus=one.id == child,
            died=one.id in dead,
        )


def _age(one: Person, today: dt.date) -> str:
    return age_words(one.born, today) if one.born else ""


def _sign(one: Person, sex: str, today: dt.date) -> str:
    if one.is_child and one.born and one.born.first > today:
        return "triangle"
    return {"male": "square", "female": "circle"}.get(sex, "unknown")


def _generations(history: History, held: Iterable[Tie]) -> dict[str, int]:
    """Where everybody stands: parents above their children, also where a parent is a child themselves (T3.1)."""
    standing = {one.id: 2 if one.is_child else 1 for one in history.people.values()}
    held = list(held)
    for tie in held:
        if tie.relation in GENERATION:
            standing[tie.person] = min(standing[tie.person], GENERATION[tie.relation])
    for _ in range(3):
        for tie in held:
            if is_parent(tie) and standing[tie.person] >= standing[tie.of]:
                standing[tie.person] = standing[tie.of] - 1
    return standing


def _unions(held: Iterable[Tie], history: History, today: dt.date) -> tuple[tuple[Union, ...], tuple[Descent, ...]]:
    held = list(held)
    sorts = {couple.people: couple.sort for couple in couples(held, today)}
    parents: dict[str, list[Tie]] = {}
    for tie in held:
        if is_parent(tie):
            parents.setdefault(tie.of, []).append(tie)
    pairs: dict[tuple[str, ...], None] = {}
    descents = []
    children = [one.id for one in eldest_first(history.people[child] for child in parents)]
    for child in children:
        for pair, doubted in _pairs(parents[child]):
            pairs.setdefault(pair)
            descents.append(_descent("+".join(pair), child, doubted))
    for couple in sorts:
        if not any(set(pair) == couple for pair in pairs):
            pairs.setdefault(tuple(sorted(couple)))
    return tuple(_union(pair, sorts.get(frozenset(pair), "")) for pair in pairs), tuple(descents)


MARKS: Mapping[str, str] = {"separated": "/", "divorced": "//"}


def _union(pair: tuple[str, ...], sort: str) -> Union:
    return Union("+".join(pair), pair, MARKS.get(sort, ""), sort == "together", bool(sort))


def _descent(union: str, child: str, doubted: Tie | None) -> Descent:
    if doubted is None:
        return Descent(union, child)
    words = f"{doubted.status} {RELATIONS[doubted.relation]}"
    return Descent(union, child, words, denied=doubted.status == "denied")


def _pairs(parents: list[Tie]) -> Iterable[tuple[tuple[str, ...], Tie | None]]:
    """One parent (the mother where there is one) joined with each other parent, or alone; whose tie is in doubt."""
    ordered = sorted(parents, key=lambda tie: (tie.relation != "mother", tie.status != "confirmed"))
    first, others = ordered[0], [tie for tie in ordered[1:] if tie.person != ordered[0].person]
    if not others:
        yield (first.person,), _doubt(first)
    for other in others:
        yield (first.person, other.person), _doubt(first) or _doubt(other)


def _doubt(tie: Tie) -> Tie | None:
    return None if tie.status == "confirmed" else tie


def _links(held: Iterable[Tie], descents: Iterable[Descent]) -> Iterable[Link]:
    """Ties that no other line shows: grandparents, carers, brothers and sisters without a shared parent."""
    parents: dict[str, set[str]] = {descent.child: set() for descent in descents}
    for descent in descents:
        parents[descent.child] |= set(descent.union.split("+"))
    links: dict[str, dict[str, None]] = {}
    words: dict[str, dict[str, None]] = {}
    for tie in held:
        if is_parent(tie) or tie.relation in COUPLE_RELATIONS:
            continue
        share = parents.get(tie.person, set()) & parents.get(tie.of, set())
        if tie.relation in ("sibling", "half_sibling") and share:
            continue
        links.setdefault(tie.person, {})[tie.of] = None
        doubt = "" if tie.status == "confirmed" else f"{tie.status} "
        words.setdefault(tie.person, {})[f"{doubt}{RELATIONS[tie.relation]}"] = None
    return (Link(person, tuple(lowers), ", ".join(words[person])) for person, lowers in links.items())
