"""The concern under decision, and where its decision stands, in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.rows import Row, names_of, row
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.states import State
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import Footing
from onestory.platform.history.record import Entry
from onestory.platform.ui.wording import moment_words, span_words

CLOCK_TONES = {"over": "act", "soon": "review", "time": "other"}
SOON = dt.timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long there is: in words, with a tone."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class OldCheck:
    """An earlier check: who was asked, when, how old it is."""

    words: str


@dataclass(frozen=True, slots=True)
class UnderDecision:
    """The concern on the decision page."""

    id: str
    reference: str
    title: str
    source: str
    received: str
    clock: Clock
    state: str
    waits_for_manager: bool
    is_open: bool
    entry: Row | None
    unsafe: bool
    checks_made: bool
    chronology_opened: bool
    old_checks: tuple[OldCheck, ...]
    sent_back: str
    proposed_by: str
    version: int


def clock_of(due_at: dt.datetime, now: dt.datetime) -> Clock:
    """How much time is left, or by how much it is over."""
    if due_at <= now:
        return Clock(f"Overdue since {moment_words(due_at)}", CLOCK_TONES["over"])
    soon = due_at - now <= SOON
    return Clock(f"Due {moment_words(due_at)}", CLOCK_TONES["soon" if soon else "time"])


def under_decision(
    concern: Concern, family: Family, footing: Footing, written: Decision | None, now: dt.datetime
) -> UnderDecision:
    """Everything about this concern that the page shows."""
    entry = next((one for one in family.history.entries if one.id == str(concern.entry_id)), None)
    return UnderDecision(
        id=str(concern.id),
        reference=concern.reference,
        title=concern.get_form_display(),
        source=str(concern.from_team) if concern.from_team else "The public or a family",
        received=moment_words(concern.received_at),
        clock=clock_of(concern.due_at, now),
        state=State(concern.state).label,
        waits_for_manager=concern.state == State.APPROVAL,
        is_open=concern.state == State.WAITING,
        entry=row(entry, names_of(family.history)) if entry else None,
        unsafe=concern.unsafe,
        checks_made=footing.checks_made,
        chronology_opened=footing.chronology_opened,
        old_checks=tuple(_old_checks(family.history.entries, family, entry, timezone.localdate(now))),
        sent_back=written.sent_back if written else "",
        proposed_by=written.proposed_by.display_name if written and written.proposed_by else "",
        version=written.version if written else 0,
    )


def _old_checks(entries: Iterable[Entry], family: Family, concern: Entry | None, today: dt.date) -> Iterable[OldCheck]:
    """Checks that were made before this concern, the latest first, each with its age (F5.18, F5.19)."""
    names = names_of(family.history)
    held = [one for one in entries if one.kind == "check"]
    for one in sorted(held, key=lambda entry: entry.happened.last, reverse=True)[:5]:
        asked = ", ".join(names.each(one.own.get("asked", ()))) or names.party(one.by)
        age = span_words(max((today - one.happened.last).days, 0))
        yield OldCheck(f"{asked}, {one.happened.words()}, {age} old")
