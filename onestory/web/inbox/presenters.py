"""Notices in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.platform.history.dates import parse_when
from onestory.platform.notices.kinds import kind_or_plain
from onestory.platform.notices.models import Notice
from onestory.platform.notices.states import State
from onestory.platform.ui.wording import listed, moment_words

EVENTS = {
    "sent": "Sent",
    "delivered": "Delivered",
    "taken further": "Taken further",
    "acknowledged": "Acknowledged",
    "parked": "Could not be delivered",
    "tried again": "Tried again",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a notice."""

    what: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice, ready to be shown."""

    id: str
    title: str
    tone: str
    state: str
    words: str
    who: tuple[str, ...]
    address: str
    asks: str
    to: str
    sender: str
    due: str
    late: bool
    answer: str
    waiting: bool
    mine: bool
    parked: bool
    events: tuple[Happened, ...]


def notice_page(notice: Notice, *, to_me: bool, now: dt.datetime) -> NoticePage:
    """The page of a notice; ``to_me``: the reader's team is to answer it, and did not merely send it."""
    kind, state = kind_or_plain(notice.kind), State(notice.state)
    waiting = state != State.ACKNOWLEDGED
    due = notice.acknowledge_by if waiting else None
    return NoticePage(
        id=str(notice.id),
        title=kind.label,
        tone=kind.tone,
        state=state.label + (f": with {notice.with_words}" if waiting and notice.with_words else ""),
        words=notice.words,
        who=who_words(notice.who),
        address="" if notice.address == f"/notices/{notice.id}" else notice.address,
        asks=kind.asks,
        to=str(notice.to_team),
        sender=sender_words(notice),
        due=moment_words(due) if due else "",
        late=bool(due and due < now),
        answer=notice.answer,
        waiting=waiting,
        mine=to_me,
        parked=state == State.PARKED,
        events=tuple(_happened(notice)),
    )


def _happened(notice: Notice) -> Iterable[Happened]:
    for event in notice.events.all():
        words = EVENTS[event.what] + (f" to {event.words}" if event.words else "")
        yield Happened(words, moment_words(event.at), str(event.by) if event.by else "")


def who_words(who: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Whom it is about, as they were told: ``Ada, born 3 May 2020``."""
    return tuple(
        f"{one['name']}, born {parse_when(one['born']).words()}" if one["born"] else one["name"] for one in who
    )


def sender_words(notice: Notice) -> str:
    """Who sent it: the person and the team, as far as there are any."""
    return listed([str(one) for one in (notice.by, notice.from_team) if one], ",") if notice.from_team else "Onestory"
