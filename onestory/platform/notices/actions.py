"""Sending, delivering, acknowledging and taking further: all writes of notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.agencies.queries import posts_of
from onestory.platform.database.together import together
from onestory.platform.deadlines import due_at
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.acknowledging import record_acknowledgement
from onestory.platform.notices.holders import holder_of_step
from onestory.platform.notices.kinds import NoticeKind, kind_of, kind_or_plain
from onestory.platform.notices.letters import queue_letters
from onestory.platform.notices.models import Absence, Notice, NoticeEvent
from onestory.platform.notices.queueing import queue_delivery
from onestory.platform.notices.states import OPEN, State, after
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.told import records_told_of, told_of
from onestory.platform.queue.failpoints import reach


@together()
def send_notice(
    *,
    to_team: Team,
    about: Iterable[AgencyRecord],
    kind: str,
    words: str,
    address: str,
    by: User | None,
    at: dt.datetime,
    entry: Entry | None = None,
    acknowledge_by: dt.datetime | None = None,
    from_team: Team | None = None,
    for_user: User | None = None,
    once: str | None = None,
) -> Notice:
    """Put a message into a team's inbox, and queue what else it takes, in the transaction of what it tells of (F5.36).

    ``kind`` as in kinds.csv, whose clock says by when it is to be acknowledged unless ``acknowledge_by`` does.
    ``address``: the path of the page on which it is answered. ``for_user``: whom in the team it concerns first; the
    team sees it all the same. ``from_team``: who hears of the answer; the team in which ``by`` works longest where it
    is not named. ``once``: a name under which it is sent one time only, however often this is called. UnknownKind.
    """
    laid_down, records = kind_of(kind), list(about)
    if acknowledge_by is None and laid_down.acknowledge:
        acknowledge_by = due_at(laid_down.acknowledge, at)
    fields: dict[str, Any] = {
        "kind": kind,
        "words": words,
        "who": [told_of(record) for record in records],
        "address": address,
        "to_team": to_team,
        "from_team": from_team or _team_of(by, at),
        "for_user": for_user,
        "entry": entry,
        "by": by,
        "sent_at": at,
        "acknowledge_by": acknowledge_by,
        "next_at": acknowledge_by,
        "agency_id": to_team.agency_id,
        "info": InfoClass.PLANS.number,
        "keys": keys_for(record.id for record in records),
    }
    with keeping():
        return _keep(fields, once)


def _keep(fields: dict[str, Any], once: str | None) -> Notice:
    if once is None:
        notice, sent = Notice.objects.create(**fields), True
    else:
        notice, sent = Notice.objects.get_or_create(once=once, defaults=fields)
    if sent:
        _note(notice, "sent", by=notice.by, at=notice.sent_at)
        reach("write")
        queue_delivery(notice.id)
        reach("queue")
    return notice


def _team_of(by: User | None, at: dt.datetime) -> Team | None:
    post = posts_of(by, timezone.localdate(at)).first() if by else None
    return post.team if post else None


@transaction.atomic
def lead_notices_to(address: str, *, entry: Entry, to_team: Team, by: User | None, at: dt.datetime) -> int:
    """Let the notices of this entry to this team open another page, where what was told has one now; how many."""
    with keeping():
        return Notice.objects.filter(entry=entry, to_team=to_team).update(address=address)


@transaction.atomic
def deliver_notice(notice_id: UUID, *, by: User | None, at: dt.datetime) -> None:
    """Say that the notice stands in the inbox, and queue its letters. Doing it again changes nothing."""
    with keeping():
        notice = _locked(notice_id)
        if notice.state != State.QUEUED:
            return
        notice.state, notice.delivered_at = after(notice.state, "deliver"), at
        notice.save(update_fields=["state", "delivered_at"])
        _note(notice, "delivered", by=by, at=at)
        queue_letters(notice, [notice.to_team], at=at)
        reach("delivery")


@transaction.atomic
def acknowledge_notice(notice_id: UUID, *, by: User, at: dt.datetime, answer: str = "") -> Notice:
    """Say that the team has it, and where it asks for one the answer. The second of two changes nothing (L6).

    A notice that stands in the chronology is acknowledged by an entry. Nobody is chased any more.
    """
    with keeping():
        notice = _locked(notice_id)
        if notice.state == State.ACKNOWLEDGED:
            return notice
        _settle(notice, by=by, at=at, answer=answer)
        record_acknowledgement(notice, by=by, at=at)
        reach("acknowledgement")
    return notice


@transaction.atomic
def acknowledge_for_entry(entry: Entry, *, by: User, at: dt.datetime, to_team: Team | None = None) -> int:
    """What an entry told is answered on a page of its own: its notices (to one team) wait no more; returns how many."""
    with keeping():
        waiting = Notice.objects.filter(entry=entry, state__in=OPEN)
        if to_team is not None:
            waiting = waiting.filter(to_team=to_team)
        ids = list(waiting.values_list("id", flat=True))
        for one in ids:
            acknowledge_notice(one, by=by, at=at)
    return len(ids)


@transaction.atomic
def take_back_for_entry(entry: Entry, *, words: str, by: User, at: dt.datetime) -> int:
    """What an entry told no longer stands: its open notices wait no more, and say why; returns how many.

    Nothing is recorded in the chronology: no agency has acknowledged what was taken back.
    """
    with keeping():
        waiting = Notice.objects.filter(entry=entry, state__in=OPEN).order_by("id")
        ids = list(waiting.values_list("id", flat=True))
        for one in ids:
            notice = _locked(one)
            if notice.state in OPEN:
                _settle(notice, by=by, at=at, answer=words)
    return len(ids)


def _settle(notice: Notice, *, by: User, at: dt.datetime, answer: str) -> None:
    notice.state, notice.next_at = after(notice.state, "acknowledge"), None
    notice.acknowledged_at, notice.acknowledged_by, notice.answer = at, by, answer
    notice.save(update_fields=["state", "next_at", "acknowledged_at", "acknowledged_by", "answer"])
    _note(notice, "acknowledged", by=by, at=at)


@transaction.atomic
def take_further(notice_id: UUID, *, by: User | None, at: dt.datetime) -> Notice:
    """Take a notice that nobody acknowledged in time to the next named role; its sender hears of it (F5.36).

    The next step comes by the kind's clock. After the last one it stays where it is, overdue. Before its time nothing
    happens, so that two sweeps at once take one step.
    """
    with keeping():
        notice = _locked(notice_id)
        if notice.next_at is None or notice.next_at > at or notice.state not in (State.DELIVERED, State.ESCALATED):
            return notice
        holder = holder_of_step(notice, timezone.localdate(at))
        if holder is None:
            notice.next_at = None
            notice.save(update_fields=["next_at"])
            return notice
        notice.state, notice.step = after(notice.state, "escalate"), holder.step
        notice.with_team, notice.with_words = holder.team, holder.words
        notice.next_at = _next(kind_or_plain(notice.kind), at)
        notice.save(update_fields=["state", "step", "with_team", "with_words", "next_at"])
        _note(notice, "taken further", by=by, at=at, words=holder.words)
        queue_letters(notice, [holder.team], at=at)
        _tell_sender(notice, at=at)
    return notice


def _next(kind: NoticeKind, at: dt.datetime) -> dt.datetime | None:
    return due_at(kind.escalates, at) if kind.escalates else None


def _tell_sender(notice: Notice, *, at: dt.datetime) -> None:
    """The team that sent it learns that it waits; one message for each step."""
    if notice.from_team is None:
        return
    send_notice(
        to_team=notice.from_team,
        about=records_told_of(notice.who),
        kind="not_acknowledged",
        words=f"{notice.to_team} has not acknowledged: {_label(notice)}. Now with {notice.with_words}.",
        address=f"/notices/{notice.id}",
        once=f"{notice.id} step {notice.step}",
        by=None,
        at=at,
    )


@transaction.atomic
def park_notice(notice_id: UUID, *, by: User | None, at: dt.datetime) -> None:
    """Put aside a notice whose delivery failed for good, and tell its sender. It stays in the inbox."""
    with keeping():
        notice = _locked(notice_id)
        if notice.state != State.QUEUED:
            return
        notice.state = after(notice.state, "park")
        notice.save(update_fields=["state"])
        _note(notice, "parked", by=by, at=at)
        if notice.from_team:
            send_notice(
                to_team=notice.from_team,
                about=records_told_of(notice.who),
                kind="parked",
                words=f"To {notice.to_team}: {_label(notice)}. Ring them, and try again.",
                address=f"/notices/{notice.id}",
                once=f"{notice.id} parked",
                by=None,
                at=at,
            )


@transaction.atomic
def try_again(notice_id: UUID, *, by: User, at: dt.datetime) -> None:
    """Queue a parked notice once more. Raises CannotHappen for one that is not parked."""
    with keeping():
        notice = _locked(notice_id)
        notice.state = after(notice.state, "try again")
        notice.save(update_fields=["state"])
        _note(notice, "tried again", by=by, at=at)
        queue_delivery(notice.id)


@transaction.atomic
def say_absent(
    user: User, *, since_on: dt.date, until_on: dt.date, by: User, at: dt.datetime, cover: User | None = None
) -> Absence:
    """Say that somebody is away, and who looks after what is addressed to them. Raises CannotHappen."""
    if until_on < since_on:
        raise CannotHappen("The last day away must not be before the first.")
    if cover == user:
        raise CannotHappen("Somebody else has to cover.")
    return Absence.objects.create(user=user, since_on=since_on, until_on=until_on, cover=cover, said_by=by, said_at=at)


def _locked(notice_id: UUID) -> Notice:
    """The row, held until the transaction ends."""
    notices = Notice.objects.select_for_update(of=("self",))
    return notices.select_related("to_team__agency", "from_team__agency", "entry").get(id=notice_id)


def _label(notice: Notice) -> str:
    return kind_or_plain(notice.kind).label


def _note(notice: Notice, what: str, *, by: User | None, at: dt.datetime, words: str = "") -> None:
    NoticeEvent.objects.create(notice=notice, what=what, by=by, at=at, words=words)
