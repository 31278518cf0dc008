"""Which findings become a question to somebody: asked once, again only for what is materially new.

Pure: findings of the circle's children on a day, and a small memory of what was asked, give the asks,
the new memory, the day to look again, and the alerts that ended by themselves. Live system and replay run the
same code on the same memory. Burden is a defect, so findings on the same new evidence are one ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onestory.oversee.signals.rule import Finding, Level

CITED_AT_MOST = 12
RECENT = dt.timedelta(days=31)
"""An ask on nothing but what was cited this recently adds its reason there instead of asking again."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's part in an ask."""

    signal: str
    key: str
    says: str
    consider: str
    ref: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a team about children, on at most twelve entries, the newest triggers first."""

    on: dt.date
    level: Level
    owner: str
    children: tuple[str, ...]
    rests_on: tuple[str, ...]
    reasons: tuple[Reason, ...]
    again: bool = False

    @property
    def signal(self) -> str:
        """The rule that speaks first."""
        return self.reasons[0].signal

    @property
    def key(self) -> str:
        """The identity of the pattern that speaks first."""
        return self.reasons[0].key


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of one pattern: when it was last asked, on which triggers, how gravely."""

    asked_on: dt.date
    triggers: frozenset[str]
    level: Level
    stage: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    """What a recent ask cited, so that an ask on no more than that is not repeated."""

    on: dt.date
    signal: str
    key: str
    owner: str
    level: Level
    children: frozenset[str]
    rests_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Memory:
    """All that has to be kept between two days for one circle of children."""

    patterns: Mapping[tuple[str, str], Remembered] = field(default_factory=dict)
    recent: tuple[Recent, ...] = ()
    waiting: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)
    """Patterns in their days of grace, by the day on which they were first found."""

    def to_plain(self) -> dict[str, Any]:
        """The memory as plain data, for a JSON column."""
        return {
            "patterns": [
                [signal, key, kept.asked_on.isoformat(), sorted(kept.triggers), int(kept.level), kept.stage, kept.ended]
                for (signal, key), kept in sorted(self.patterns.items())
            ],
            "recent": [
                [r.on.isoformat(), r.signal, r.key, r.owner, int(r.level), sorted(r.children), sorted(r.rests_on)]
                for r in self.recent
            ],
            "waiting": [[signal, key, on.isoformat()] for (signal, key), on in sorted(self.waiting.items())],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Memory:
        """The memory that ``to_plain`` wrote; empty data give an empty memory."""
        day = dt.date.fromisoformat
        return cls(
            {
                (signal, key): Remembered(day(on), frozenset(triggers), Level(level), stage, ended)
                for signal, key, on, triggers, level, stage, ended in plain.get("patterns", ())
            },
            tuple(
                Recent(day(on), signal, key, owner, Level(level), frozenset(children), frozenset(rests_on))
                for on, signal, key, owner, level, children, rests_on in plain.get("recent", ())
            ),
            {(signal, key): day(on) for signal, key, on in plain.get("waiting", ())},
        )


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A reason that came on no more than a recent ask had cited: it is added to that ask."""

    asked_on: dt.date
    signal: str
    key: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Ended:
    """An alert whose pattern is no longer found, and why."""

    signal: str
    key: str
    on: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a day's findings come to."""

    asks: tuple[Ask, ...]
    notes: tuple[Finding, ...]
    swallowed: tuple[Swallowed, ...]
    ended: tuple[Ended, ...]
    memory: Memory
    look_again_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What asking has to know of the entries: their day, whether grace applies, words, what stands beside them."""

    day: Callable[[str], dt.date]
    can_wait: Callable[[Finding, str], bool]
    grace: Callable[[str], int]
    usual: Callable[[str], int]
    """Days in which the answer to an entry usually comes, where that is longer than the rule's own grace."""
    says: Callable[[Finding], str]
    beside: Callable[[Finding], Sequence[str]]
    rank: Callable[[str], int]
    why_ended: Callable[[], str]


def decide(findings: Iterable[Finding], memory: Memory, today: dt.date, around: Surroundings) -> Outcome:
    """The asks of one day for one circle of children."""
    patterns = _one_per_pattern(findings, memory)
    due: list[tuple[Finding, tuple[str, ...]]] = []
    waiting: dict[tuple[str, str], dt.date] = {}
    look_again: list[dt.date] = []
    for finding in patterns:
        new = _new_triggers(finding, memory)
        if new is None or finding.level is Level.NOTE:
            continue
        name = (finding.signal, finding.key)
        found_on = memory.waiting.get(name, today)
        until = found_on + dt.timedelta(days=_grace(finding, new, around))
        if until > today:
            waiting[name] = found_on
            look_again.append(until)
        else:
            due.append((finding, new))
    asks, swallowed, recent = _ask(due, memory, today, around)
    ended = _ended(patterns, memory, today, around)
    kept = {**memory.patterns}
    for item in ended:
        kept[item.signal, item.key] = replace(kept[item.signal, item.key], ended=True)
    for finding, _ in due:
        before = memory.patterns.get((finding.signal, finding.key))
        triggers = frozenset(finding.triggers) | (before.triggers if before else frozenset())
        kept[finding.signal, finding.key] = Remembered(today, triggers, finding.level, finding.stage)
    notes = tuple(finding for finding in patterns if finding.level is Level.NOTE)
    return Outcome(asks, notes, swallowed, ended, Memory(kept, recent, waiting), min(look_again, default=None))


def _one_per_pattern(findings: Iterable[Finding], memory: Memory) -> list[Finding]:
    """The same pattern found for brothers and sisters is one finding about all of them."""
    by_name: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_name.setdefault((finding.signal, finding.key), []).append(finding)
    return [those[0] if _is_old(those, memory) else _together(those) for those in by_name.values()]


def _is_old(those: list[Finding], memory: Memory) -> bool:
    """Whether one stands for all: it is alone, or none of them is a note or says anything new."""
    return len(those) == 1 or all(one.level is not Level.NOTE and _new_triggers(one, memory) is None for one in those)


def _together(those: list[Finding]) -> Finding:
    gravest = max(those, key=lambda finding: (finding.level, finding.stage))
    return Finding(
        gravest.signal,
        gravest.key,
        tuple(dict.fromkeys([child for finding in those for child in finding.children])),
        tuple(dict.fromkeys([entry for finding in those for entry in finding.triggers])),
        tuple(dict.fromkeys([entry for finding in those for entry in finding.context])),
        gravest.says,
        gravest.parts,
        gravest.consider,
        gravest.ref,
        gravest.level,
        gravest.owner,
        gravest.stage,
        any(finding.ask_now for finding in those),
    )


def _new_triggers(finding: Finding, memory: Memory) -> tuple[str, ...] | None:
    """Triggers that nobody was asked about; all of them where the pattern is graver than before; None if it is old."""
    before = memory.patterns.get((finding.signal, finding.key))
    if before is None:
        return finding.triggers
    new = tuple(trigger for trigger in finding.triggers if trigger not in before.triggers)
    if new:
        return new
    return finding.triggers if _is_graver(finding, memory) else None


def _is_graver(finding: Finding, memory: Memory) -> bool:
    """Whether the pattern was asked about when it was less grave, or at an earlier stage."""
    before = memory.patterns.get((finding.signal, finding.key))
    return before is not None and (finding.level > before.level or finding.stage > before.stage)


def _grace(finding: Finding, new: tuple[str, ...], around: Surroundings) -> int:
    """Days that a review waits for the answer that usually comes; 0 where it must not or need not wait.

    They count from the day on which the pattern was first found with something new, so that a row of
    triggers cannot put the question off.
    """
    days = around.grace(finding.signal)
    if not days or finding.ask_now or finding.level is Level.ACT or not new:
        return 0
    newest = max(around.day(trigger) for trigger in new)
    latest = [trigger for trigger in new if around.day(trigger) == newest]
    days = max(days, *(around.usual(trigger) for trigger in latest))
    return days if all(around.can_wait(finding, trigger) for trigger in latest) else 0


def _ask(
    due: list[tuple[Finding, tuple[str, ...]]], memory: Memory, today: dt.date, around: Surroundings
) -> tuple[tuple[Ask, ...], tuple[Swallowed, ...], tuple[Recent, ...]]:
    recent = [item for item in memory.recent if today - item.on <= RECENT]
    due.sort(key=lambda pair: (-pair[0].level, around.rank(pair[0].signal), pair[0].key))
    asks: list[Ask] = []
    swallowed: list[Swallowed] = []
    for group in _groups(due):
        reasons = tuple(_reason(finding, around) for finding, _ in group)
        children = tuple(dict.fromkeys(child for finding, _ in group for child in finding.children))
        own = frozenset().union(*(finding.evidence for finding, _ in group))
        first = group[0][0]
        graver = any(_is_graver(finding, memory) for finding, _ in group)
        covers = (r for r in reversed(recent) if not graver and _covers(r, own, first, frozenset(children)))
        covering = next(covers, None)
        if covering is not None:
            swallowed += [Swallowed(covering.on, covering.signal, covering.key, reason) for reason in reasons]
            continue
        again = any((finding.signal, finding.key) in memory.patterns for finding, _ in group)
        ask = Ask(today, first.level, first.owner, children, _cited(group, around), reasons, again)
        asks.append(ask)
        recent.append(
            Recent(today, ask.signal, ask.key, ask.owner, ask.level, frozenset(children), frozenset(ask.rests_on))
        )
    return tuple(asks), tuple(swallowed), tuple(recent)


def _covers(recent: Recent, own: frozenset[str], first: Finding, children: frozenset[str]) -> bool:
    return (
        own <= recent.rests_on
        and first.level <= recent.level
        and first.owner == recent.owner
        and children <= recent.children
    )


def _groups(due: list[tuple[Finding, tuple[str, ...]]]) -> list[list[tuple[Finding, tuple[str, ...]]]]:
    """Findings on the same new evidence, for the same team, as long as twelve entries hold them."""
    groups: list[list[tuple[Finding, tuple[str, ...]]]] = []
    for shares in (_shares_trigger, _shares_evidence):
        merged: list[list[tuple[Finding, tuple[str, ...]]]] = []
        for group in groups or [[pair] for pair in due]:
            into = next((other for other in merged if _fit(other, group) and shares(other, group)), None)
            if into is None:
                merged.append(group)
            else:
                into += group
        groups = merged
    return groups


def _fit(one: list[tuple[Finding, tuple[str, ...]]], two: list[tuple[Finding, tuple[str, ...]]]) -> bool:
    """Whether two groups ask the same team, and twelve entries hold what is new and what it rests on."""
    cited = {entry for finding, new in (*one, *two) for entry in (*new, *finding.context)}
    return one[0][0].owner == two[0][0].owner and len(cited) <= CITED_AT_MOST


def _shares_trigger(one: list[tuple[Finding, tuple[str, ...]]], two: list[tuple[Finding, tuple[str, ...]]]) -> bool:
    return not {e for _, new in one for e in new}.isdisjoint(e for _, new in two for e in new)


def _shares_evidence(one: list[tuple[Finding, tuple[str, ...]]], two: list[tuple[Finding, tuple[str, ...]]]) -> bool:
    return not {e for f, _ in one for e in f.evidence}.isdisjoint(e for f, _ in two for e in f.evidence)


def _cited(group: list[tuple[Finding, tuple[str, ...]]], around: Surroundings) -> tuple[str, ...]:
    """Triggers first, newest first; then what they rest on; then what else stands open, up to twelve."""

    def newest(ids: Iterable[str]) -> list[str]:
        return sorted(dict.fromkeys(ids), key=around.day, reverse=True)

    new = newest(trigger for _, triggers in group for trigger in triggers)
    old = newest(trigger for finding, _ in group for trigger in finding.triggers)
    context = [entry for finding, _ in group for entry in finding.context]
    beside = [entry for finding, _ in group for entry in around.beside(finding)]
    ordered = dict.fromkeys((*new, *(context if len(context) <= CITED_AT_MOST else newest(context)), *old, *beside))
    return tuple(ordered)[:CITED_AT_MOST]


def _reason(finding: Finding, around: Surroundings) -> Reason:
    return Reason(finding.signal, finding.key, around.says(finding), finding.consider, finding.ref)


def _ended(patterns: list[Finding], memory: Memory, today: dt.date, around: Surroundings) -> tuple[Ended, ...]:
    found = {(finding.signal, finding.key) for finding in patterns}
    gone = [name for name, kept in memory.patterns.items() if not kept.ended and name not in found]
    why = around.why_ended() if gone else ""
    return tuple(Ended(signal, key, today, why) for signal, key in gone)
