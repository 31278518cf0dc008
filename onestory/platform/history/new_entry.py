"""An entry that somebody wants to record, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from onestory.platform.history.dates import When
from onestory.platform.history.own_keys import is_of_shape
from onestory.platform.history.record import Reporter
from onestory.platform.history.vocabulary import (
    FACTORS,
    KINDS,
    RELATIONS,
    REPORTERS,
    RESTRICTIONS,
    Key,
    Shape,
)
from onestory.platform.identifiers import new_id

_PERIOD = re.compile(r"P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?\Z", re.ASCII)
_SHOWN = 80
_WORDS: dict[Shape, str] = {
    Shape.TRUTH: "true or false; absent where it is not stated",
    Shape.NUMBER: "a whole number from 1",
    Shape.PERCENT: "a number from 0 to 100",
    Shape.WHEN: "a date",
    Shape.PERIOD: "an ISO 8601 duration of days, weeks, months or years (P1M)",
    Shape.FACTORS: "a set of factors",
    Shape.CONDITION: "a condition with something to match",
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that is wrong with an entry: the field, what was found, what is allowed."""

    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}; allowed: {self.allowed}"


class EntryRefused(ValueError):
    """The entry cannot be recorded. ``problems`` names everything; ``field``, ``found`` and ``allowed`` the first."""

    def __init__(self, *problems: FieldProblem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.field, self.found, self.allowed = problems[0].field, problems[0].found, problems[0].allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is to be recorded. People are ids of agency records; ``own`` holds values as record.Entry does, ids as text.

    ``known`` is None for what came out only afterwards. ``told`` names the agencies that had it, the author
    included; where it is None they follow from ``shared_with`` (None: not stated) as the format says.
    ``from_the_start``: what it supersedes counts on no day, not even before this became known. ``position`` orders
    entries of one day; None: after what is there.
    """

    agency: UUID
    kind: str
    happened: When
    known: When | None
    about: tuple[UUID, ...] = ()
    seen: tuple[UUID, ...] = ()
    seen_alone: tuple[UUID, ...] = ()
    together: tuple[UUID, ...] = ()
    factors: Set[str] = frozenset()
    text: str = ""
    reporter: Reporter | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    shared_with: Set[UUID] | None = None
    told: Set[UUID] | None = None
    restricted: str | None = None
    count: int = 1
    weight: str = "routine"
    ref: str = ""
    supersedes: UUID | None = None
    withdraws: bool = False
    from_the_start: bool = False
    position: int | None = None
    id: UUID = field(default_factory=new_id)


def check(entry: NewEntry) -> None:
    """Raises EntryRefused with everything that the vocabulary does not allow."""
    problems = tuple(_problems(entry))
    if problems:
        raise EntryRefused(*problems)


def _problems(entry: NewEntry) -> Iterator[FieldProblem]:
    if not entry.about:
        yield FieldProblem("about", "nobody", "at least one person")
    if entry.known is not None and entry.known.last < entry.happened.last:
        yield FieldProblem("known", f"{entry.known}, before {entry.happened}", "the date it happened, or later")
    if entry.count < 1:
        yield FieldProblem("count", str(entry.count), "a whole number from 1")
    yield from _unknown("restricted", {entry.restricted} - {None}, RESTRICTIONS)
    yield from _unknown("factors", set(entry.factors), FACTORS)
    yield from _unknown("reporter", {entry.reporter.role} if entry.reporter else set(), REPORTERS)
    if entry.kind not in KINDS:
        yield FieldProblem("kind", _shown(entry.kind), _listed(KINDS))
        return
    keys = KINDS[entry.kind].by_name
    yield from _unknown("own", entry.own.keys() - keys.keys(), keys)
    for name, value in entry.own.items():
        if name in keys:
            yield from _value_problems(keys[name], value)
    needed = KINDS[entry.kind].one_of
    if needed and not entry.withdraws and not any(str(entry.own.get(name, "")).strip() for name in needed):
        yield FieldProblem(needed[0], "nothing", f"one of {_listed(needed)}")


def _value_problems(key: Key, value: Any) -> Iterator[FieldProblem]:
    shape = key.shape
    if not is_of_shape(shape, value):
        yield FieldProblem(key.name, _shown(value), _WORDS.get(shape, f"a value of the sort “{shape}”"))
    elif shape is Shape.CHOICE:
        yield from _unknown(key.name, {value}, key.allowed)
    elif shape is Shape.FACTORS:
        yield from _unknown(key.name, set(value), FACTORS)
    elif (
        (shape is Shape.NUMBER and value < 1)
        or (shape is Shape.PERCENT and not 0 <= value <= 100)
        or (shape is Shape.PERIOD and not (_PERIOD.match(value) and re.search("[1-9]", value)))
    ):
        yield FieldProblem(key.name, _shown(value), _WORDS[shape])
    elif shape is Shape.CONDITION:
        yield from _unknown(f"{key.name}.kinds", set(value.kinds), KINDS)
        yield from _unknown(f"{key.name}.factors", set(value.factors), FACTORS)
        yield from _unknown(f"{key.name}.is", {value.relationship.relation} if value.relationship else set(), RELATIONS)
        if not (value.kinds or value.factors or value.about or value.together or value.relationship):
            yield FieldProblem(key.name, "nothing to match", _WORDS[shape])


def _unknown(name: str, found: Set[Any], allowed: Any) -> Iterator[FieldProblem]:
    for one in sorted(found - set(allowed)):
        yield FieldProblem(name, _shown(one), _listed(allowed))


def _shown(value: Any) -> str:
    return f"'{str(value)[:_SHOWN]}'"


def _listed(allowed: Any) -> str:
    return ", ".join(allowed) or "none"
