"""Writing down what one look came to: alerts, what was asked on them, what was added, what ended."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from onestory.oversee.signals.asking import Ask, Ended, Reason, Swallowed
from onestory.oversee.signals.guarding import guard_alert
from onestory.oversee.signals.looking import Look
from onestory.oversee.signals.models import Alert, AlertChild, Asking, AskingEntry, AskingReason, Circle
from onestory.oversee.signals.owning import team_for
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.states import State, after
from onestory.platform.deadlines.working_days import after_working_days
from onestory.platform.history.record import History

ANSWER_WITHIN = {Level.ACT: 1, Level.REVIEW: 5}
"""Working days in which an answer is owed."""


def keep(circle: Circle, taken: Look, history: History, *, on: dt.date, at: dt.datetime) -> list[Asking]:
    """Write one look's asks, added reasons and endings; returns what was asked."""
    asked = [_ask(circle, ask, history, at) for ask in taken.asks]
    for added in taken.swallowed:
        _add_reason(circle, added, on)
    for ended in taken.ended:
        _end(circle, ended, taken)
    return asked


def _ask(circle: Circle, ask: Ask, history: History, at: dt.datetime) -> Asking:
    alert = _alert(circle, ask, history, at)
    asking = Asking.objects.create(alert=alert, asked_on=ask.on, level=ask.level, recorded_at=at)
    AskingReason.objects.bulk_create([_reason(asking, reason, ask.on) for reason in ask.reasons])
    AskingEntry.objects.bulk_create([AskingEntry(asking=asking, entry_id=UUID(entry)) for entry in ask.rests_on])
    children = [AlertChild(alert=alert, child_id=UUID(child)) for child in ask.children]
    AlertChild.objects.filter(alert=alert).update(alert=alert)  # takes on the class that the alert has now
    AlertChild.objects.bulk_create(children, ignore_conflicts=True)
    return asking


def _alert(circle: Circle, ask: Ask, history: History, at: dt.datetime) -> Alert:
    """The pattern's one alert, waiting for an answer (again)."""
    due_on = after_working_days(ask.on, ANSWER_WITHIN[ask.level])
    alert = Alert.objects.filter(circle=circle, signal=ask.signal, key=ask.key).first()
    if alert is None:
        alert = Alert(circle=circle, signal=ask.signal, key=ask.key, first_asked_on=ask.on)
    else:
        alert.state = after(alert.state, "ask")
    alert.team = team_for(ask.owner, history, at=at)
    alert.level, alert.last_asked_on, alert.due_on = ask.level, ask.on, due_on
    alert.ended_on, alert.why_ended = None, ""
    alert.is_over = circle.is_over
    named = {UUID(child) for child in ask.children}
    guard_alert(alert, rests_on=[UUID(entry) for entry in ask.rests_on], children=named)
    alert.save()
    return alert


def _reason(asking: Asking, reason: Reason, on: dt.date) -> AskingReason:
    return AskingReason(
        asking=asking,
        signal=reason.signal,
        key=reason.key,
        says=reason.says,
        consider=reason.consider,
        ref=reason.ref,
        added_on=on,
    )


def _add_reason(circle: Circle, item: Swallowed, on: dt.date) -> None:
    """A further reason on the same evidence joins the ask that stands."""
    asking = Asking.objects.filter(
        alert__circle=circle, alert__signal=item.signal, alert__key=item.key, asked_on=item.asked_on
    ).last()
    if asking is not None:
        _reason(asking, item.reason, on).save()


def _end(circle: Circle, item: Ended, taken: Look) -> None:
    """End the alerts in which the pattern was a reason, where no other reason of theirs still stands."""
    named = Q(askings__reasons__signal=item.signal, askings__reasons__key=item.key)
    for alert in Alert.objects.filter(named, circle=circle).exclude(state=State.ENDED).distinct():
        reasons = set(AskingReason.objects.filter(asking__alert=alert).values_list("signal", "key"))
        kept = [taken.memory.patterns.get(pattern) for pattern in reasons]
        if all(one is None or one.ended for one in kept):
            alert.state, alert.ended_on, alert.why_ended = after(alert.state, "end"), item.on, item.why
            alert.save(update_fields=["state", "ended_on", "why_ended"])
