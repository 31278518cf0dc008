"""Alerts in words. Pure, given the rows that were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.arrive.chronology.narrowing import Family, newest_first
from onestory.arrive.chronology.rows import Day, days, names_of
from onestory.oversee.signals.models import Alert, Answer, Asking, AskingReason, Sort
from onestory.oversee.signals.rule import Level, Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.states import State
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.wording import day_words, due_words, moment_words, plural

RULES: dict[str, Rule] = {rule.signal: rule for rule in ALL_RULES}

LEVEL_WORDS = {Level.ACT: "Act now", Level.REVIEW: "Review", Level.NOTE: "Note"}
STATE_TONES = {State.WAITING: "review", State.ACTING: "contact", State.NOT_NOW: "promise", State.DECLINED: "other"}


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """What one rule saw, what to consider, and where that was learnt."""

    signal: str
    title: str
    says: str
    consider: str
    why: str
    ref: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer: what, who, when, and until when."""

    sort: str
    words: str
    by: str
    at: str
    until: str


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """One earlier time that somebody was asked, and what was answered."""

    on: str
    says: tuple[str, ...]
    answers: tuple[AnswerShown, ...]


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert, ready to be shown."""

    id: str
    asking: str
    child: str
    identities: tuple[Identity, ...]
    title: str
    level: str
    level_tone: str
    state: str
    state_tone: str
    team: str
    asked: str
    due: str
    reasons: tuple[ReasonShown, ...]
    entries: tuple[Day, ...]
    rests_on: str
    answers: tuple[AnswerShown, ...]
    before: tuple[AskedBefore, ...]
    can_answer: bool
    waiting: bool
    why_ended: str


def alert_page(alert: Alert, family: Family, today: dt.date) -> AlertPage:
    """The page of an alert: what was asked last first, what was asked before below."""
    latest, *earlier = alert.askings.all()
    cited = {str(one.entry_id) for one in latest.entries.all()}
    entries = newest_first(entry for entry in family.history.entries if entry.id in cited)
    state = State(alert.state)
    return AlertPage(
        id=str(alert.id),
        asking=str(latest.id),
        child=family.child,
        identities=tuple(_identities(alert, family, today)),
        title=alert_title(alert),
        level=level_words(alert.level),
        level_tone="act" if alert.level == Level.ACT else "review",
        state=state.label,
        state_tone=STATE_TONES.get(state, "other"),
        team=f"{alert.team.name}, {alert.team.agency.name}",
        asked=day_words(latest.asked_on),
        due=due_words(alert.due_on, today) if state in (State.WAITING, State.NOT_NOW) else "",
        reasons=tuple(reason_shown(one) for one in latest.reasons.all()),
        entries=tuple(days(entries, names_of(family.history))),
        rests_on=f"It rests on {plural(len(entries), 'entry', 'entries')}",
        answers=tuple(_answers(latest.answers.all())),
        before=tuple(_asked_before(one) for one in earlier),
        can_answer=state != State.ENDED,
        waiting=state == State.WAITING,
        why_ended=alert.why_ended,
    )


def _identities(alert: Alert, family: Family, today: dt.date) -> Iterable[Identity]:
    people = family.history.people
    ids = [str(one.child_id) for one in alert.children.all()]
    return (identity_of(people[one], today) for one in ids if one in people)


def reason_shown(reason: AskingReason) -> ReasonShown:
    """One reason of an ask with the rule's own words about why it exists."""
    rule = RULES.get(reason.signal)
    return ReasonShown(
        signal=reason.signal if rule else "",
        title=rule.title if rule else reason.signal,
        says=reason.says,
        consider=reason.consider,
        why=rule.why if rule else "",
        ref=reason.ref,
    )


def _asked_before(asking: Asking) -> AskedBefore:
    says = tuple(reason.says for reason in asking.reasons.all())
    return AskedBefore(day_words(asking.asked_on), says, tuple(_answers(asking.answers.all())))


def _answers(answers: Iterable[Answer]) -> list[AnswerShown]:
    """Answers, the latest first."""
    ordered = sorted(answers, key=lambda one: one.answered_at, reverse=True)
    return [
        AnswerShown(
            sort=Sort(one.sort).label,
            words=one.words,
            by=one.by.display_name,
            at=moment_words(one.answered_at),
            until=f"until {day_words(one.until_on)}" if one.until_on else "",
        )
        for one in ordered
    ]


def alert_title(alert: Alert) -> str:
    """What an alert is called: the title of its rule."""
    rule = RULES.get(alert.signal)
    return rule.title if rule else alert.signal


def level_words(level: int) -> str:
    """How urgent it is, in words."""
    return LEVEL_WORDS[Level(level)]


def says_of(alert: Alert) -> str:
    """What was seen the last time that somebody was asked, in one sentence."""
    latest = next(iter(alert.askings.all()), None)
    reason = next(iter(latest.reasons.all()), None) if latest else None
    return reason.says if reason else ""


def children_of(alert: Alert) -> list[tuple[str, str]]:
    """The children whom an alert is about: id and the name that was recorded last."""
    found = []
    for one in alert.children.all():
        records = sorted(one.child.records.all(), key=lambda record: (record.recorded_at, record.id))
        found.append((str(one.child_id), records[-1].label if records else "A child"))
    return sorted(found, key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule of the catalogue."""

    signal: str
    title: str
    why: str
    consider: str
    source: str
    level: str
    owner: str
    parameters: tuple[tuple[str, str, str], ...]


def rule_page(rule: Rule, settings: Settings | None = None) -> RulePage:
    """A rule in words, with what a partnership may tune; ``settings`` is what it has set."""
    return RulePage(
        signal=rule.signal,
        title=rule.title,
        why=rule.why,
        consider=rule.consider,
        source=rule.source,
        level=level_words(rule.level),
        owner=rule.owner.replace("_", " "),
        parameters=tuple(
            (one.meaning, f"{one.default} {one.unit}", f"{(settings or {}).get(one.name, one.default)} {one.unit}")
            for one in rule.parameters
        ),
    )


def rule_pages() -> list[RulePage]:
    """Every rule, by its title."""
    return sorted((rule_page(rule) for rule in ALL_RULES), key=lambda one: one.title)
