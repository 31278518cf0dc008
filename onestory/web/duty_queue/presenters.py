"""The duty queue in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.states import State
from onestory.platform.ui.wording import day_words, plural
from onestory.web.decision_page.deciding import Clock, clock_of
from onestory.web.duty_queue.queries import Facts

AT_MOST = 25
"""A page of noise helps nobody; what is due first stands on it."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that makes a concern stand out, in words with a tone."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One concern that waits."""

    id: str
    child: str
    born: str
    title: str
    source: str
    reference: str
    clock: Clock
    state: str
    flags: tuple[Flag, ...]


def queue_rows(
    concerns: Iterable[Concern], facts: Mapping[UUID, Facts], now: dt.datetime, today: dt.date
) -> list[QueueRow]:
    """The rows, in the order given."""
    rows = []
    for one in concerns:
        known = facts.get(one.child_id, Facts()) if one.child_id else Facts()
        rows.append(
            QueueRow(
                id=str(one.id),
                child=known.name or ("A question for advice" if one.child_id is None else "A child"),
                born=f"Born {known.born}" if known.born else "",
                title=one.get_form_display(),
                source=str(one.from_team) if one.from_team else "The public or a family",
                reference=one.reference,
                clock=clock_of(one.due_at, now),
                state=State(one.state).label if one.state != State.WAITING else "",
                flags=tuple(_flags(one, known, today)),
            )
        )
    return rows


def _flags(concern: Concern, known: Facts, today: dt.date) -> Iterator[Flag]:
    if concern.unsafe:
        yield Flag("Not said to be safe now", "act")
    if known.born_first and known.born_first > today:
        yield Flag("Not yet born", "review")
    if known.told_before:
        yield Flag(f"{plural(known.told_before, 'earlier contact')} in twelve months", "worry")
    if known.plan_closed_on:
        yield Flag(f"Plan closed {day_words(known.plan_closed_on)}", "review")
    if known.conditions:
        yield Flag(f"{plural(known.conditions, 'standing condition')}", "act")
    if concern.child_id and not known.asked:
        yield Flag("No agency asked yet", "other")
