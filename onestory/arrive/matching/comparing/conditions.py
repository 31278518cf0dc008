"""The few tests that comparison levels are made of. Each can be put to two records in Python and written for an engine.

The two readings must agree: the bulk engine scores millions of pairs with the one, and a worker's single new record is
scored and explained with the other. Where a value is missing a test does not hold, in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from onestory.arrive.matching.comparing.person import Person


@dataclass(frozen=True, slots=True)
class Engine:
    """How one engine writes the functions that the tests need; ``{0}`` and ``{1}`` are columns.

    ``edits`` is the Damerau-Levenshtein distance; ``edits_and_swaps`` one that is never more than twice as much
    and that the engine computes faster, so that it is asked first. ``named_test`` gives a name ({0}) over columns ({1})
    to a test ({2}); empty where the engine cannot.
    """

    name: str
    edits: str
    edits_and_swaps: str
    likeness: str
    share_any: str
    holds_all: str
    length: str = "length({0})"
    starts: str = "substr({0}, 1, 1)"
    named_test: str = ""


DUCKDB = Engine(
    name="duckdb",
    edits="damerau_levenshtein({0}, {1})",
    edits_and_swaps="levenshtein({0}, {1})",
    likeness="jaro_winkler_similarity({0}, {1})",
    share_any="list_has_any({0}, {1})",
    holds_all="list_has_all({0}, {1})",
    named_test="CREATE OR REPLACE MACRO {0}({1}) AS ({2})",
)


class Condition(Protocol):
    """A test of two records."""

    def holds(self, left: Person, right: Person) -> bool:
        """Whether the two records pass the test."""

    def sql(self, engine: Engine) -> str:
        """The same test for an engine, over columns named ``field_l`` and ``field_r``."""


def _columns(field: str, other: str = "") -> tuple[str, str]:
    return f"{field}_l", f"{other or field}_r"


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no field that both of them state."""

    fields: tuple[str, ...]

    def holds(self, left: Person, right: Person) -> bool:
        """Null is never agreement and never disagreement."""
        return all(getattr(left, field) is None or getattr(right, field) is None for field in self.fields)

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return " AND ".join(f"({field}_l IS NULL OR {field}_r IS NULL)" for field in self.fields)


@dataclass(frozen=True, slots=True)
class Equal:
    """The left one's field is the right one's; with ``other``, the right one's other field."""

    field: str
    other: str = ""

    def holds(self, left: Person, right: Person) -> bool:
        """Equal and stated."""
        value = getattr(left, self.field)
        return value is not None and value == getattr(right, self.other or self.field)

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return "{} = {}".format(*_columns(self.field, self.other))


@dataclass(frozen=True, slots=True)
class Edits:
    """At most so many letters wrong, missing, too many or changed round, in words that are long enough for it.

    ``long_at_most`` letters may be wrong where the shorter word has ``long`` letters or more.
    """

    field: str
    at_most: int
    shortest: int = 1
    long_at_most: int = 0
    long: int = 0

    def holds(self, left: Person, right: Person) -> bool:
        """Damerau-Levenshtein distance."""
        one, two = getattr(left, self.field), getattr(right, self.field)
        if one is None or two is None or (shorter := min(len(one), len(two))) < self.shortest:
            return False
        most = self.long_at_most if self.long and shorter >= self.long else self.at_most
        return DamerauLevenshtein.distance(one, two, score_cutoff=most) <= most

    def sql(self, engine: Engine) -> str:
        """As SQL. The length and the quick distance are asked first: they settle most pairs."""
        left, right = _columns(self.field)
        widest = max(self.at_most, self.long_at_most)
        one, two = (engine.length.format(column) for column in (left, right))
        most = str(self.at_most)
        if self.long:
            both_long = f"{one} >= {self.long} AND {two} >= {self.long}"
            most = f"CASE WHEN {both_long} THEN {self.long_at_most} ELSE {self.at_most} END"
        tests = [f"abs({one} - {two}) <= {widest}"]
        tests += [f"{length} >= {self.shortest}" for length in (one, two) if self.shortest > 1]
        tests.append(f"{engine.edits_and_swaps.format(left, right)} <= {2 * widest}")
        return " AND ".join([*tests, f"{engine.edits.format(left, right)} <= {most}"])


@dataclass(frozen=True, slots=True)
class Alike:
    """The Jaro-Winkler likeness of two fields, from 0 to 1, is at least so much."""

    field: str
    at_least: float
    other: str = ""

    def holds(self, left: Person, right: Person) -> bool:
        """Jaro-Winkler similarity."""
        one, two = getattr(left, self.field), getattr(right, self.other or self.field)
        return one is not None and two is not None and JaroWinkler.similarity(one, two) >= self.at_least

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return f"{engine.likeness.format(*_columns(self.field, self.other))} >= {self.at_least}"


@dataclass(frozen=True, slots=True)
class ShareAny:
    """The two lists have something in common."""

    field: str

    def holds(self, left: Person, right: Person) -> bool:
        """An intersection that is not empty."""
        return not set(getattr(left, self.field)).isdisjoint(getattr(right, self.field))

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return engine.share_any.format(*_columns(self.field))


@dataclass(frozen=True, slots=True)
class OneHoldsOther:
    """All of one list is in the other, and neither is empty."""

    field: str

    def holds(self, left: Person, right: Person) -> bool:
        """A subset, either way."""
        one, two = set(getattr(left, self.field)), set(getattr(right, self.field))
        return bool(one) and bool(two) and (one <= two or two <= one)

    def sql(self, engine: Engine) -> str:
        """As SQL. An empty list is stored as null."""
        left, right = _columns(self.field)
        return f"({engine.holds_all.format(left, right)} OR {engine.holds_all.format(right, left)})"


@dataclass(frozen=True, slots=True)
class Initial:
    """One of the two is a single letter with which the other begins."""

    field: str

    def holds(self, left: Person, right: Person) -> bool:
        """J and Jane."""
        one, two = getattr(left, self.field), getattr(right, self.field)
        return one is not None and two is not None and min(len(one), len(two)) == 1 and one[0] == two[0]

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        left, right = _columns(self.field)
        short = " OR ".join(f"{engine.length.format(column)} = 1" for column in (left, right))
        return f"({short}) AND {engine.starts.format(left)} = {engine.starts.format(right)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the tests holds."""

    tests: tuple[Condition, ...]

    def holds(self, left: Person, right: Person) -> bool:
        """And."""
        return all(test.holds(left, right) for test in self.tests)

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return _joined(" AND ", self.tests, lambda test: test.sql(engine))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the tests holds."""

    tests: tuple[Condition, ...]

    def holds(self, left: Person, right: Person) -> bool:
        """Or."""
        return any(test.holds(left, right) for test in self.tests)

    def sql(self, engine: Engine) -> str:
        """As SQL."""
        return _joined(" OR ", self.tests, lambda test: test.sql(engine))


def _joined(word: str, tests: tuple[Condition, ...], write: Callable[[Condition], str]) -> str:
    return word.join(f"({write(test)})" for test in tests)


def all_of(*tests: Condition) -> AllOf:
    """Every one of the tests."""
    return AllOf(tests)


def any_of(*tests: Condition) -> AnyOf:
    """At least one of the tests."""
    return AnyOf(tests)
