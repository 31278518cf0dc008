"""Alerts and open promises as things that wait for somebody, in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from onestory.arrive.chronology.saying import PERIOD_WORDS, code_words
from onestory.oversee.signals.models import Alert
from onestory.oversee.signals.presenters import alert_title, children_of, level_words, says_of
from onestory.platform.commitments.models import Commitment, Sort
from onestory.platform.history.dates import When
from onestory.platform.notices.kinds import kind_or_plain
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words, due_words, listed, moment_words, sentence, when_words
from onestory.web.inbox.presenters import who_words


@dataclass(frozen=True, slots=True)
class Child:
    """A child with the address of their page."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for somebody: what, for whom, by when, and where to go for it."""

    tag: str
    tone: str
    words: str
    more: str
    children: tuple[Child, ...]
    due: str
    overdue: bool
    owner: str
    source: str
    alert: str
    entry: str
    address: str = ""
    who: str = ""
    acknowledge: str = ""
    acknowledge_words: str = ""


def from_notice(notice: Notice, *, for_me: bool, now: dt.datetime) -> Item:
    """A notice as something that waits. Where it only wants to be acknowledged, that is done on the list."""
    kind, due = kind_or_plain(notice.kind), notice.acknowledge_by
    to = f"{notice.to_team.name}, {notice.for_user}" if notice.for_user else notice.to_team.name
    return Item(
        tag="For you" if for_me else "Taken further" if notice.step else "Message",
        tone="act" if notice.step else kind.tone,
        words=kind.label,
        more=notice.words,
        children=(),
        due=moment_words(due) + (", overdue" if due < now else "") if due else "",
        overdue=bool(due and due < now),
        owner=f"{to}: now with {notice.with_words}" if notice.with_words else to,
        source="",
        alert="",
        entry="",
        address=notice.address if kind.asks == "answer" else f"/notices/{notice.id}",
        who=listed(who_words(notice.who)),
        acknowledge="" if kind.asks == "answer" else str(notice.id),
        acknowledge_words="Acknowledge" if kind.asks == "acknowledge" else "Noted",
    )


def from_alert(alert: Alert, today: dt.date) -> Item:
    """An alert as something that waits for an answer."""
    return Item(
        tag=level_words(alert.level),
        tone="act" if alert.level > 1 else "review",
        words=alert_title(alert),
        more=says_of(alert),
        children=tuple(Child(str(id), name) for id, name in children_of(alert)),
        due=due_words(alert.due_on, today),
        overdue=alert.due_on < today,
        owner=alert.team.name,
        source="",
        alert=str(alert.id),
        entry="",
    )


def from_commitment(promise: Commitment, theirs: Mapping[UUID, dict[UUID, AgencyRecord]], today: dt.date) -> Item:
    """A promise as something that waits. ``theirs``: an adult's children, with whom the promise then stands."""
    made = promise.made_in
    return Item(
        tag=Sort(promise.sort).label,
        tone="promise",
        words=sentence(code_words(promise.what)) or Sort(promise.sort).label,
        more=_more(promise),
        children=_children(promise, theirs),
        due="" if promise.sort == Sort.CONDITION else _due(promise, today),
        overdue=promise.due_on is not None and promise.due_on < today,
        owner=_owner(promise),
        source=f"{made.agency.name}, {when_words(cast('When', made.happened))}",
        alert="",
        entry=str(made.id),
    )


def _more(promise: Commitment) -> str:
    every = PERIOD_WORDS.get(promise.every, promise.every)
    return sentence(every) if every else ""


def _due(promise: Commitment, today: dt.date) -> str:
    if promise.until_on and not promise.due_on:
        return f"Until {day_words(promise.until_on)}"
    if promise.sort == Sort.AFTERCARE:
        return ""
    return due_words(promise.due_on, today)


def _owner(promise: Commitment) -> str:
    if promise.owner_team:
        return promise.owner_team.name
    if promise.owner_agency:
        return promise.owner_agency.name
    return promise.owner_person.label if promise.owner_person else ""


def _children(promise: Commitment, theirs: Mapping[UUID, dict[UUID, AgencyRecord]]) -> tuple[Child, ...]:
    """The children for whom it was promised, each once; else the children of the adults whom it concerns."""
    people = [one.record for one in promise.people.all()]
    named = {record.person_id: record for record in people if record.person.is_child}
    for record in people if not named else ():
        named |= theirs.get(record.person_id, {})
    return tuple(Child(str(id), record.label) for id, record in named.items())
