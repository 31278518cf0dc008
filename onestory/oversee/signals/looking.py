"""One look at one circle of children on one day: every rule, every child, then what to ask.

The live system calls this when an entry comes in and when a sweep finds that ``look_again_on`` has come;
the replay calls it for each day of a history. There is no other way to an ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from onestory.oversee.signals.asking import CITED_AT_MOST, Ask, Ended, Memory, Surroundings, Swallowed, decide
from onestory.oversee.signals.rule import NOTHING, Evaluation, Finding, Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.rules.after_grave_harm import decided_after
from onestory.oversee.signals.wording import described, listed, sentence
from onestory.platform.history.evidence import HARMFUL, Weight
from onestory.platform.history.followed import Followed
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import History
from onestory.platform.history.story import Story, story_on


@dataclass(frozen=True, slots=True)
class Look:
    """What one look came to. ``look_again_on``: the next day on which time alone could change something."""

    asks: tuple[Ask, ...]
    notes: tuple[Finding, ...]
    swallowed: tuple[Swallowed, ...]
    ended: tuple[Ended, ...]
    memory: Memory
    look_again_on: dt.date | None


@dataclass(slots=True)
class _Kept:
    """One child's evaluations of the last look, in the order of the rules, and what each rule read for its own."""

    followed: Followed
    rules: Sequence[Rule] = ()
    kinds: Set[str] = frozenset()
    speaking: dict[str, Rule] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Of those, the ones whose evaluation is not known or stands no more."""
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    read: dict[str, Set[Hashable]] = field(default_factory=dict)
    soonest: dt.date = dt.date.max
    """No evaluation's next check comes before it."""

    def speak_of(self, rules: Sequence[Rule], kinds: Set[str]) -> None:
        """Settle which rules can see anything; evaluations by others are not kept."""
        if self.rules is rules and self.kinds == kinds:
            return
        if self.rules is not rules or not self.kinds <= kinds:
            self._begin(rules)
        new, self.kinds = kinds - self.kinds, kinds
        for rule in rules:
            if rule.signal not in self.speaking and (not rule.needs or not rule.needs.isdisjoint(new)):
                self.speaking[rule.signal] = rule
                self.unread.add(rule.signal)

    def _begin(self, rules: Sequence[Rule]) -> None:
        """As if nothing had been looked at yet."""
        self.rules, self.kinds = rules, frozenset()
        self.speaking, self.unread, self.read, self.soonest = {}, set(), {}, dt.date.max
        self.evaluations = {rule.signal: NOTHING for rule in rules}

    def forget(self, changed: Set[Hashable] | None) -> None:
        """Have the rules look again that read any of this; all of them for None."""
        if changed is None:
            self.unread.update(self.speaking)
        elif changed:
            self.unread.update([signal for signal, read in self.read.items() if not changed.isdisjoint(read)])

    def come_due(self, today: dt.date) -> Set[str]:
        """The rules whose day to check again has come."""
        if today < self.soonest:
            return frozenset()
        checks = {signal: check for signal, one in self.evaluations.items() if (check := one.next_check) is not None}
        self.soonest = min((check for check in checks.values() if check > today), default=dt.date.max)
        return {signal for signal, check in checks.items() if check <= today}


@dataclass(slots=True)
class Evaluated:
    """Evaluations kept between looks, so that a look asks only the rules that read something new or whose day has come.

    Nothing depends on it but the time taken: an evaluation is kept no longer than it says itself, and no longer than
    everything that the rule read of the story stays as it was.
    """

    kept: dict[str, _Kept] = field(default_factory=dict)

    def of(self, story: Story, rules: Sequence[Rule], settings: Mapping[str, Settings]) -> list[Evaluation]:
        """Each rule's evaluation of the story."""
        kept, today = self._still_standing(story), story.today
        kept.speak_of(rules, story.kinds)
        speaking, followed = kept.speaking, kept.followed
        kept.unread.update(kept.come_due(today))
        for signal in [one for one in speaking if one in kept.unread] if kept.unread else ():
            followed.begin()
            evaluation = speaking[signal].evaluate_anyhow(followed, today, settings.get(signal))
            kept.evaluations[signal], kept.read[signal] = evaluation, followed.read
            if evaluation.next_check is not None and evaluation.next_check < kept.soonest:
                kept.soonest = evaluation.next_check
        kept.unread.clear()
        return list(kept.evaluations.values())

    def _still_standing(self, story: Story) -> _Kept:
        """What is left of the last look: the evaluations whose readings all come out as they did then."""
        kept = self.kept.get(story.child)
        if kept is None:
            kept = self.kept[story.child] = _Kept(Followed(story, {}, {}))
            return kept
        kept.followed, changed = kept.followed.on(story)
        kept.forget(changed)
        return kept


def look(
    stories: Sequence[Story],
    memory: Memory,
    today: dt.date,
    *,
    rules: Sequence[Rule] = ALL_RULES,
    settings: Mapping[str, Settings] | None = None,
    evaluated: Evaluated | None = None,
    since: dt.date | None = None,
) -> Look:
    """Read the stories of one circle's children as known on ``today`` and decide what to ask.

    ``settings`` holds a partnership's parameters by signal; ``since`` is the day of the look before, for
    saying why an alert ended. Children who are not known of yet are not looked at; of children who have died or were
    gravely harmed it is asked who decides what is safe now, and nothing else until somebody has.
    """
    evaluated = evaluated if evaluated is not None else Evaluated()
    settings = settings or {}
    by_child = {story.child: story for story in stories if story.exists}
    findings: list[Finding] = []
    next_checks: list[dt.date] = []
    for story in by_child.values():
        for evaluation in evaluated.of(story, _asked_of(story, rules), settings):
            findings += evaluation.findings
            if evaluation.next_check is not None:
                next_checks.append(evaluation.next_check)
    outcome = decide(findings, memory, today, _surroundings(by_child, rules, since))
    if outcome.look_again_on is not None:
        next_checks.append(outcome.look_again_on)
    return Look(
        outcome.asks,
        outcome.notes,
        outcome.swallowed,
        outcome.ended,
        outcome.memory,
        min(next_checks, default=None),
    )


def _asked_of(story: Story, rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules for this child: after a death none but those that speak then; after grave harm all of them again once
    somebody has decided."""
    harm = story.died_or_harmed
    if harm is None or (story.child not in harm.own.get("died", ()) and decided_after(story, harm) is not None):
        return rules
    return [rule for rule in rules if rule.speaks_after_harm]


def indexes_of(history: History) -> tuple[StoryIndex, ...]:
    """An index for every child whose story the history tells."""
    return tuple(StoryIndex(history, person.id) for person in history.people.values() if person.is_child)


def stories_on(indexes: Sequence[StoryIndex], today: dt.date) -> tuple[Story, ...]:
    """The stories of the day."""
    return tuple(story_on(index, today) for index in indexes)


def _surroundings(stories: Mapping[str, Story], rules: Sequence[Rule], since: dt.date | None) -> Surroundings:
    ranks = {rule.signal: rank for rank, rule in enumerate(rules)}
    grace = {rule.signal: rule.grace_days for rule in rules}

    days: dict[str, dt.date] = {}

    def day(entry_id: str) -> dt.date:
        if entry_id not in days:
            days[entry_id] = _day(stories.values(), entry_id)
        return days[entry_id]

    def can_wait(finding: Finding, trigger: str) -> bool:
        return _can_wait(stories[finding.children[0]], trigger)

    return Surroundings(
        day=day,
        can_wait=can_wait,
        grace=lambda signal: grace.get(signal, 0),
        usual=lambda trigger: _usual(stories.values(), trigger),
        says=lambda finding: sentence(stories[finding.children[0]], finding),
        beside=lambda finding: stand_beside(stories[finding.children[0]]),
        rank=lambda signal: ranks.get(signal, len(ranks)),
        why_ended=lambda: _why_ended(stories, since),
    )


def _day(stories: Iterable[Story], entry_id: str) -> dt.date:
    """The first day on which the entry counts in any of the stories."""
    found = ((story, story.entry(entry_id)) for story in stories)
    return min(story.day(entry) for story, entry in found if entry is not None)


def _can_wait(story: Story, trigger: str) -> bool:
    """A day-precise trigger may wait for its answer, unless a plan is open or somebody has decided on it already."""
    entry = story.entry(trigger)
    precise = entry is not None and entry.known is not None and entry.known.is_day
    plan = story.serious_plan
    return precise and (plan is None or plan.is_for_disability) and not story.decisions_on(trigger)


RETURN_INTERVIEW = 4
"""Days: a child who was missing is offered a return interview within 72 hours of coming back."""


def _usual(stories: Iterable[Story], trigger: str) -> int:
    """How long the answer to an entry usually takes: a child who was missing and nothing else is spoken with."""
    entry = next((found for story in stories if (found := story.entry(trigger)) is not None), None)
    only_missing = entry is not None and entry.kind == "incident" and entry.factors & HARMFUL == {"missing"}
    return RETURN_INTERVIEW if only_missing else 0


def _why_ended(stories: Mapping[str, Story], since: dt.date | None) -> str:
    for story in stories.values():
        new = story.since(since)
        if new:
            return f"No longer found since {listed(described(story, entry) for entry in new[-3:])}."
    return "No longer found: its time has passed."


TURNING_POINTS = ("household", "move", "agreement", "order", "withdrawal", "breach", "condition")


def stand_beside(story: Story) -> tuple[str, ...]:
    """What else stands in the child's story, newest first: the plan that is open or was closed last, reports not
    settled in the last year with what was decided on them, mere signs, turning points. No concern is shown alone."""
    return story.once("stand_beside", _beside)


def _beside(story: Story) -> tuple[str, ...]:
    year = [item for item in story.not_settled if (story.not_settled[-1].day - item.day).days <= 365]
    found = [plan.closed or plan.opened for plan in story.plans[-1:]]
    for item in reversed(year):
        if item.weight > Weight.SIGN:
            found += [item.entry, *story.decisions_on(item.id)]
    found += [item.entry for item in reversed(year)]
    turning = [e for e in story.of(*TURNING_POINTS) if story.bears_on_household(e) or not story.names_a_child(e)]
    found += reversed([e for e in turning if year and (year[-1].day - story.day(e)).days <= 365])
    return tuple(dict.fromkeys(entry.id for entry in found))[:CITED_AT_MOST]
