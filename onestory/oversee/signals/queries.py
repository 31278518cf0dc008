"""Reading alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from onestory.oversee.signals.models import Alert, AlertChild, Answer, Asking, AskingEntry, AskingReason, Circle
from onestory.oversee.signals.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.people.models import AgencyRecord


def asked_before(sight: Sight) -> Prefetch[Any]:
    """Every time that somebody was asked, with reasons, answers and what it rests on, as far as the reader sees it."""
    askings = visible_to(sight, Asking.objects.order_by("-asked_on", "-id"))
    return Prefetch(
        "askings",
        askings.prefetch_related(
            Prefetch("reasons", visible_to(sight, AskingReason.objects.all())),
            Prefetch("entries", visible_to(sight, AskingEntry.objects.all())),
            Prefetch("answers", visible_to(sight, Answer.objects.select_related("by"))),
        ),
    )


def children_named(sight: Sight) -> Prefetch[Any]:
    """The children of alerts with the records by which the reader knows them."""
    records = Prefetch("child__records", visible_to(sight, AgencyRecord.objects.all()))
    children = AlertChild.objects.select_related("child").order_by("id")
    return Prefetch("children", visible_to(sight, children).prefetch_related(records))


def whom_the_reader_knows(alert: Alert) -> UUID:
    """The child of the alert whose story its page shows: the first of whom the reader knows any record."""
    children = list(alert.children.all())
    return next((one for one in children if one.child.records.all()), children[0]).child_id


def alerts_of_team(sight: Sight) -> QuerySet[Alert]:
    """Alerts of the reader's team that they may know of; nobody else learns that they exist (S4)."""
    return visible_to(sight, Alert.objects.filter(team=sight.team_id))


def waiting(sight: Sight) -> QuerySet[Alert]:
    """What the reader's team must answer, in the order in which it is due; nothing of histories that are over."""
    living = alerts_of_team(sight).filter(state=State.WAITING, is_over=False)
    alerts = living.order_by("due_on", "-level", "first_asked_on", "id")
    return alerts.select_related("team__agency").prefetch_related(asked_before(sight), children_named(sight))


def alert_of(sight: Sight, alert_id: UUID) -> Alert | None:
    """One alert with all that was asked and answered; None where there is none for this reader."""
    alerts = alerts_of_team(sight).filter(id=alert_id).select_related("team__agency")
    return alerts.prefetch_related(asked_before(sight), children_named(sight)).first()


def about_children(sight: Sight, child_ids: Collection[UUID]) -> QuerySet[Alert]:
    """Alerts about these children that the reader may know of and that have not ended, latest first."""
    alerts = alerts_of_team(sight).filter(children__child__in=child_ids).exclude(state=State.ENDED).distinct()
    return alerts.order_by("-last_asked_on", "id").prefetch_related(asked_before(sight))


def due_circles(today: dt.date) -> int:
    """How many circles a sweep of this day would visit."""
    with keeping():
        return Circle.objects.filter(next_check_on__lte=today).count()


def records_of_children(alert: Alert) -> tuple[UUID, ...]:
    """One agency record for each child of the alert: that of the asked agency where it has one."""
    records = AgencyRecord.objects.filter(person__alerts__alert=alert).order_by("recorded_at")
    chosen: dict[UUID, AgencyRecord] = {}
    for record in records:
        if record.person_id not in chosen or record.agency_id == alert.team.agency_id:
            chosen[record.person_id] = record
    return tuple(record.id for record in chosen.values())
