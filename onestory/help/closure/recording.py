"""The entries of a closure: what was sent to all, what each promised: the rules read them in the chronology."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.closure.wording import receiver_words, sending_words
from onestory.help.plans.models import Plan
from onestory.platform.access.models import User
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry


def about_of(plan: Plan) -> tuple[UUID, ...]:
    """The records of the plan's children."""
    return tuple(plan.children.order_by("id").values_list("record_id", flat=True))


def record_sending(closure: Closure, receivers: list[ClosureReceiver], *, by: User, at: dt.datetime) -> Entry:
    """One notice for all of them: each agency's acknowledgement is a promise of its own (F5.36)."""
    agencies = list(dict.fromkeys(one.team.agency_id for one in receivers))
    own = {"stage": "sent", "of": str(closure.plan.entry_id), "to": tuple(str(one) for one in agencies)}
    tasks = [(str(one.team), receiver_words(one)) for one in receivers]
    text = sending_words(closure.plan_words, closure.who, tasks)
    return _entry(closure, "notice", own, about_of(closure.plan), text, set(agencies), by, at)


def record_promise(
    closure: Closure, receiver: ClosureReceiver, told: Iterable[UUID], *, by: User, at: dt.datetime
) -> Entry:
    """What a receiver goes on with: after-care with its rhythm, which becomes a commitment of its agency (L7)."""
    return _promise(closure, receiver, set(told), receiver.until_on, by, at)


def record_promise_ended(closure: Closure, receiver: ClosureReceiver, *, by: User, at: dt.datetime) -> Entry:
    """That what a receiver went on with ends today, because the plan carries it on: in the place of its promise."""
    today = timezone.localdate(at)
    until = min(receiver.until_on, today) if receiver.until_on else today
    supersedes = receiver.promised_in_id
    return _promise(closure, receiver, set(closure_agencies(closure)), until, by, at, supersedes=supersedes)


def closure_agencies(closure: Closure) -> list[UUID]:
    """The agencies that received the record."""
    return list(dict.fromkeys(closure.receivers.values_list("team__agency_id", flat=True)))


def _promise(
    closure: Closure,
    receiver: ClosureReceiver,
    told: set[UUID],
    until: dt.date | None,
    by: User,
    at: dt.datetime,
    **more: Any,
) -> Entry:
    own: dict[str, Any] = {"who": str(receiver.team.agency_id), "what": receiver.watches, "every": receiver.every}
    if until:
        own["until"] = day(until)
    about = tuple(receiver.children) or about_of(closure.plan)
    return _entry(closure, "aftercare", own, about, receiver_words(receiver), told, by, at, **more)


def record_undertaking(closure: Closure, parent: UUID, told: Iterable[UUID], *, by: User, at: dt.datetime) -> Entry:
    """What a parent undertakes is a promise like any other (L11)."""
    own = {"who": str(parent), "what": closure.parents_will}
    return _entry(closure, "aftercare", own, about_of(closure.plan), closure.parents_will, set(told), by, at)


def _entry(
    closure: Closure,
    kind: str,
    own: dict[str, Any],
    about: tuple[UUID, ...],
    text: str,
    told: set[UUID],
    by: User,
    at: dt.datetime,
    **more: Any,
) -> Entry:
    return record_entry(
        agency=closure.owner_team.agency_id,
        kind=kind,
        happened=day(timezone.localdate(at)),
        about=about,
        own=own,
        text=text,
        shared_with=told,
        weight="key",
        by=by,
        at=at,
        **more,
    )
