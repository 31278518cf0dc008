"""Reading alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from onestory.oversee.signals.models import Alert, Asking, Circle
from onestory.oversee.signals.states import State
from onestory.platform.access.models import User
from onestory.platform.people.models import AgencyRecord

ASKED_BEFORE = Prefetch(
    "askings", Asking.objects.order_by("-asked_on", "-id").prefetch_related("reasons", "entries", "answers__by")
)


def visible_to(user: User, today: dt.date) -> QuerySet[Alert]:
    """Alerts of the teams in which the user works today; everybody else does not learn that they exist (S4)."""
    teams = user.memberships.filter(since_on__lte=today).exclude(until_on__lt=today).values("team")
    return Alert.objects.filter(team__in=teams)


def waiting(user: User, today: dt.date) -> QuerySet[Alert]:
    """What the user's teams must answer, in the order in which it is due; nothing of histories that are over."""
    living = visible_to(user, today).filter(state=State.WAITING, circle__is_over=False)
    alerts = living.order_by("due_on", "-level", "first_asked_on", "id")
    return alerts.select_related("team__agency").prefetch_related(ASKED_BEFORE, "children__child__records")


def alert_of(user: User, alert_id: UUID, today: dt.date) -> Alert | None:
    """One alert with all that was asked and answered; None where there is none for this user."""
    alerts = visible_to(user, today).filter(id=alert_id).select_related("team__agency")
    return alerts.prefetch_related(ASKED_BEFORE, "children__child__records").first()


def about_children(user: User, child_ids: Collection[UUID], today: dt.date) -> QuerySet[Alert]:
    """Alerts about these children that the user may know of and that have not ended, latest first."""
    alerts = visible_to(user, today).filter(children__child__in=child_ids).exclude(state=State.ENDED).distinct()
    return alerts.order_by("-last_asked_on", "id").prefetch_related(ASKED_BEFORE)


def due_circles(today: dt.date) -> int:
    """How many circles a sweep of this day would visit."""
    return Circle.objects.filter(next_check_on__lte=today).count()


def records_of_children(alert: Alert) -> tuple[UUID, ...]:
    """One agency record for each child of the alert: that of the asked agency where it has one."""
    records = AgencyRecord.objects.filter(person__alerts__alert=alert).order_by("recorded_at")
    chosen: dict[UUID, AgencyRecord] = {}
    for record in records:
        if record.person_id not in chosen or record.agency_id == alert.team.agency_id:
            chosen[record.person_id] = record
    return tuple(record.id for record in chosen.values())
