"""What a rule is: one pattern that reviews keep finding, read from a Story, said in a plain sentence.

A rule is pure. The live system, the sweep, the replay and the tests run the same code on the same
Story, so they cannot differ. A rule gives no score, ranks nobody and predicts nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from onestory.platform.history.story import Story

LAST_DAY = dt.date.max.toordinal()
Settings = Mapping[str, int]
"""A rule's parameters by name, as a partnership has set them."""


class Level(IntEnum):
    """What a finding asks for. NOTE: shown, nobody is asked. REVIEW: a team is asked.
    ACT: a child may be at immediate or significant risk and nobody has responded."""

    NOTE = 0
    REVIEW = 1
    ACT = 2


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a partnership may tune: its name, unit, the value shipped, and what it means."""

    name: str
    default: int
    unit: str
    meaning: str


class Pattern(NamedTuple):
    """What a rule saw: the part of a finding that is particular to this family.

    ``key`` is the pattern's lasting identity, such as the id of the condition or of the closure, so that
    it updates its one alert. ``triggers`` are what is new, ``context`` is cited beside them. ``says`` is
    one sentence in which ``{name}`` stands for the entries in ``parts[name]``. ``stage`` grows where time
    alone makes a pattern graver.
    """

    key: str
    triggers: tuple[str, ...]
    context: tuple[str, ...]
    says: str
    parts: Mapping[str, tuple[str, ...]]
    level: Level | None = None
    stage: int = 0
    ask_now: bool = False


class Finding(NamedTuple):
    """A pattern found by a rule, about children."""

    signal: str
    key: str
    children: tuple[str, ...]
    triggers: tuple[str, ...]
    context: tuple[str, ...]
    says: str
    parts: Mapping[str, tuple[str, ...]]
    consider: str
    ref: str
    level: Level
    owner: str
    stage: int = 0
    ask_now: bool = False

    @property
    def evidence(self) -> frozenset[str]:
        """Every entry that the finding itself rests on."""
        return frozenset(self.triggers) | frozenset(self.context)


class Evaluation(NamedTuple):
    """What a rule found on a day, and the next day on which time alone could change that."""

    findings: tuple[Finding, ...]
    next_check: dt.date | None


NOTHING = Evaluation((), None)


class Clock:
    """Answers questions about days and remembers when the answer would change by time alone."""

    __slots__ = ("_next", "_today")

    def __init__(self, today: dt.date) -> None:
        self._today = today.toordinal()  # whole numbers: this is asked many thousand times in a sweep
        self._next = LAST_DAY

    @property
    def next_check(self) -> dt.date | None:
        """The first coming day on which an answer changes."""
        return None if self._next >= LAST_DAY else dt.date.fromordinal(self._next)

    def passed(self, day: dt.date, days: int) -> bool:
        """Whether ``days`` days have gone by since the day."""
        due = day.toordinal() + days
        if self._today >= due:
            return True
        if due < self._next:
            self._next = due
        return False

    def within(self, day: dt.date, days: int) -> bool:
        """Whether the day lies no more than ``days`` days back."""
        last = day.toordinal() + days
        if self._today > last:
            return False
        if last < self._next:
            self._next = last + 1
        return True


Look = Callable[[Story, Settings, Clock], Iterator[Pattern]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, why it exists, where that was learnt, whom it asks, what may be tuned.

    ``needs``: kinds of entry of which at least one must be known before the rule can see anything.
    ``speaks_after_harm``: whether it is asked of a child who has died or was gravely harmed before anybody decided.
    ``only_noted``: whether a partnership has set that nobody is asked, however grave the pattern.
    ``grace_days``: how long a day-precise trigger may wait for the answer that usually comes next day.
    """

    signal: str
    title: str
    why: str
    consider: str
    source: str
    look: Look
    needs: frozenset[str]
    parameters: tuple[Parameter, ...] = ()
    owner: str = "childrens_social_care"
    level: Level = Level.REVIEW
    grace_days: int = 0
    speaks_after_harm: bool = False
    only_noted: bool = False
    defaults: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "defaults", {parameter.name: parameter.default for parameter in self.parameters})

    def evaluate(self, story: Story, today: dt.date, parameters: Settings | None = None) -> Evaluation:
        """What the rule sees in the story on the day, and when to look again though nothing new comes in."""
        if self.needs and self.needs.isdisjoint(story.kinds):
            return NOTHING
        return self.evaluate_anyhow(story, today, parameters)

    def evaluate_anyhow(self, story: Story, today: dt.date, parameters: Settings | None) -> Evaluation:
        """As ``evaluate``, where it is known already that the rule can see anything."""
        clock = Clock(today)
        settings = {**self.defaults, **parameters} if parameters else self.defaults
        findings = tuple([self._finding(story.child, pattern) for pattern in self.look(story, settings, clock)])
        return Evaluation(findings, clock.next_check)

    def _finding(self, child: str, pattern: Pattern) -> Finding:
        return Finding(
            signal=self.signal,
            key=pattern.key,
            children=(child,),
            triggers=pattern.triggers,
            context=tuple([entry for entry in dict.fromkeys(pattern.context) if entry not in pattern.triggers]),
            says=pattern.says,
            parts=pattern.parts,
            consider=self.consider,
            ref=self.source,
            level=self.level if pattern.level is None or self.only_noted else pattern.level,
            owner=self.owner,
            stage=pattern.stage,
            ask_now=pattern.ask_now,
        )
