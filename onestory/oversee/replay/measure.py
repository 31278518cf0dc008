"""Recall and burden side by side: what a replay caught in time of what a review says should have been noticed, and
how many questions it took; with and without each rule.

A point is caught when, by its day, somebody was asked about a child of the point, citing at least half of the entries
that the point rests on. Rules never see the points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestory.arrive.feeds.case_history import CaseFile, ExpectedPoint
from onestory.oversee.replay.burden import Burden, burden
from onestory.oversee.replay.walking import Replay, replay
from onestory.oversee.signals.rule import Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """One history: its points, those missed, and what it cost."""

    title: str
    points: int
    missed: tuple[ExpectedPoint, ...]
    burden: Burden

    @property
    def caught(self) -> int:
        """Points caught in time."""
        return self.points - len(self.missed)


@dataclass(frozen=True, slots=True)
class Total:
    """Several histories together; those without points are ordinary families."""

    caught: int
    points: int
    asks: int
    years: float
    ordinary_asks: int
    ordinary_years: float
    ordinary_urgent: int


def measure(
    case: CaseFile, rules: Sequence[Rule] = ALL_RULES, settings: Mapping[str, Settings] | None = None
) -> Measured:
    """Replay one history with these rules and compare with its points."""
    replayed = replay(case.history, rules=rules, settings=settings)
    missed = tuple(point for point in case.expected if not is_caught(point, replayed))
    return Measured(case.history.title, len(case.expected), missed, burden(replayed))


def is_caught(point: ExpectedPoint, replayed: Replay) -> bool:
    """Whether somebody was asked by the point's day on at least half of what it rests on."""
    need, about = set(point.rests_on), set(point.about)
    return any(
        ask.on <= point.by.last
        and 2 * len(need.intersection(ask.rests_on)) >= len(need)
        and (not about or not about.isdisjoint(ask.children))
        for ask in replayed.asks
    )


def total(measured: Sequence[Measured]) -> Total:
    """All histories together."""
    serious = [one for one in measured if one.points]
    ordinary = [one for one in measured if not one.points]
    return Total(
        caught=sum(one.caught for one in serious),
        points=sum(one.points for one in serious),
        asks=sum(one.burden.asks for one in serious),
        years=sum(one.burden.years for one in serious),
        ordinary_asks=sum(one.burden.asks for one in ordinary),
        ordinary_years=sum(one.burden.years for one in ordinary),
        ordinary_urgent=sum(one.burden.urgent for one in ordinary),
    )


@dataclass(frozen=True, slots=True)
class RuleWorth:
    """What one rule buys and costs: points lost and questions saved when it is left out."""

    rule: Rule
    points: int
    asks: int
    ordinary_asks: int


def worth_of_each_rule(
    cases: Sequence[CaseFile], rules: Sequence[Rule] = ALL_RULES, settings: Mapping[str, Settings] | None = None
) -> Iterator[RuleWorth]:
    """Every rule in turn left out, compared with all of them together."""
    whole = total([measure(case, rules, settings) for case in cases])
    for rule in rules:
        rest = [other for other in rules if other is not rule]
        without = total([measure(case, rest, settings) for case in cases])
        yield RuleWorth(
            rule=rule,
            points=whole.caught - without.caught,
            asks=whole.asks - without.asks,
            ordinary_asks=whole.ordinary_asks - without.ordinary_asks,
        )


def lines(measured: Sequence[Measured]) -> Iterator[str]:
    """The figures for people: a line for each history, its missed points, and the sum."""
    for one in measured:
        cost = f"{one.burden.asks} asks in {one.burden.years:.1f} years ({one.burden.per_year:.1f} a year)"
        urgent = f", {one.burden.urgent} urgent" if one.burden.urgent else ""
        caught = f"{one.caught} of {one.points} points in time; " if one.points else "no points; "
        yield f"{one.title}: {caught}{cost}{urgent}"
        for point in one.missed:
            yield f"    missed by {point.by.words()}: {point.theme or point.what}"
    whole = total(measured)
    if whole.points:
        share = 100 * whole.caught / whole.points
        yield f"Points in time: {whole.caught} of {whole.points} ({share:.0f} %)"
        yield f"Asks per family-year where there are points: {whole.asks / whole.years:.1f}"
    if whole.ordinary_years:
        each = whole.ordinary_asks / whole.ordinary_years
        yield f"Asks per family-year in ordinary families: {each:.2f} ({whole.ordinary_urgent} urgent)"


def worth_lines(worths: Sequence[RuleWorth]) -> Iterator[str]:
    """What each rule buys and costs, as a table for people."""
    width = max(len(worth.rule.signal) for worth in worths)
    yield f"{'left out':{width}}  points lost  asks saved  asks saved in ordinary families"
    for worth in worths:
        yield f"{worth.rule.signal:{width}}  {worth.points:11}  {worth.asks:10}  {worth.ordinary_asks:31}"
