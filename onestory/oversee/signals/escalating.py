"""Questions that nobody answered by their day go further: to the team's manager, then to who answers for the agency.

The steps are data (escalation.csv): ``after`` is working days after the day on which the answer was due. A notice that
is not acknowledged goes further by its own clock, like every notice.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import transaction

from onestory.oversee.signals.models import Alert, Asking
from onestory.oversee.signals.queries import records_of_children
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.deadlines.working_days import after_working_days
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Weight
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.holders import manager_of
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord

STEPS = Path(__file__).with_name("escalation.csv")


@dataclass(frozen=True, slots=True)
class Step:
    """One step further: how many working days after the due day, and to whom."""

    number: int
    after: int
    to: str
    words: str


@cache
def steps(level: Level) -> tuple[Step, ...]:
    """The steps of a question of this level, in order."""
    with STEPS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == level.name.lower()]
    return tuple(Step(int(row["step"]), int(row["after"]), row["to"], row["words"]) for row in rows)


def steps_due(level: Level, due_on: dt.date, today: dt.date) -> Iterator[Step]:
    """The steps whose day has come for an answer that was due on a day and has not come."""
    for step in steps(level):
        if today > after_working_days(due_on, step.after):
            yield step


def take_further(*, today: dt.date, at: dt.datetime) -> int:
    """Take every question that is past its day one step further, each in a transaction of its own; returns how many.

    Run it as often as one likes: a step is taken once for each time that somebody was asked.
    """
    with keeping():
        late = Alert.objects.filter(state=State.WAITING, is_over=False, due_on__lt=today).order_by("due_on", "id")
        ids = list(late.values_list("id", flat=True))
    return sum(_take_alert(one, today, at) for one in ids)


@transaction.atomic
@keeping()
def _take_alert(alert_id: UUID, today: dt.date, at: dt.datetime) -> int:
    waiting = Alert.objects.select_for_update(skip_locked=True, of=("self",)).select_related("team__agency")
    alert = waiting.filter(id=alert_id, state=State.WAITING).first()
    if alert is None:
        return 0
    asking = alert.askings.order_by("-asked_on", "-id")[0]
    for step in steps_due(Level(alert.level), alert.due_on, today):
        once = f"question:{asking.id}:{alert.due_on}:{step.number}"
        if not Notice.objects.filter(once=once).exists() and _take_step(alert, asking, step, once, today, at):
            return 1
    return 0


def _take_step(alert: Alert, asking: Asking, step: Step, once: str, today: dt.date, at: dt.datetime) -> bool:
    """Tell the next holder, and let the question stand on that team's list; False where there is nobody."""
    team, user = _holder(alert.team, step, today)
    if team is None:
        return False
    said = f"A question of {day(asking.asked_on).words()} has not been answered by {day(alert.due_on).words()}"
    records = AgencyRecord.objects.filter(id__in=records_of_children(alert))
    record_entry(
        agency=alert.team.agency_id,
        kind="note",
        happened=day(today),
        about=records_of_children(alert),
        text=f"{said}. Taken to {step.words}.",
        weight=Weight.SYSTEM,
        by=None,
        at=at,
    )
    before = alert.team
    send_notice(
        to_team=team,
        about=records,
        kind="overdue",
        words=f"{said}.",
        address=f"/alerts/{alert.id}",
        from_team=before,
        for_user=user,
        once=once,
        by=None,
        at=at,
    )
    if team != before:
        alert.team = team
        alert.save(update_fields=["team"])
    return True


def _holder(team: Team, step: Step, today: dt.date) -> tuple[Team | None, User | None]:
    if step.to == "manager":
        manager = manager_of(team, today)
        return (manager.team, manager.user) if manager else (None, None)
    answering = Team.objects.filter(agency=team.agency_id, answers_for_agency=True).first()
    return (answering, None) if answering and answering != team else (None, None)
