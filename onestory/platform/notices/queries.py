"""Reading notices: a team's inbox, what it sent, one notice."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import F, Q, QuerySet

from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.notices.guards import not_shut
from onestory.platform.notices.models import Absence, Notice
from onestory.platform.notices.states import OPEN


def notices_for(sight: Sight) -> QuerySet[Notice]:
    """Notices of the reader's team: sent to it, taken further to it, sent by it; none that is closed to the reader."""
    mine = Q(to_team=sight.team_id) | Q(with_team=sight.team_id) | Q(from_team=sight.team_id)
    rows = Notice.objects.filter(mine & not_shut(sight))
    return rows.select_related("to_team__agency", "from_team__agency", "with_team", "for_user", "acknowledged_by")


def inbox(sight: Sight) -> QuerySet[Notice]:
    """What waits for the reader's team, what is due first first; without a day last."""
    waiting = notices_for(sight).filter(Q(to_team=sight.team_id) | Q(with_team=sight.team_id), state__in=OPEN)
    return waiting.order_by(F("acknowledge_by").asc(nulls_last=True), "sent_at", "id")


def sent(sight: Sight) -> QuerySet[Notice]:
    """What the reader's team sent and nobody has acknowledged yet, the oldest first."""
    return notices_for(sight).filter(from_team=sight.team_id, state__in=OPEN).order_by("sent_at", "id")


def notice_of(sight: Sight, notice_id: UUID) -> Notice | None:
    """One notice with what happened to it; None where the reader's team has none of this number."""
    return notices_for(sight).filter(id=notice_id).prefetch_related("events__by").first()


def concerns_me(notice: Notice, user: User, today: dt.date) -> bool:
    """Whether it is addressed to the user, or to somebody for whom the user covers today."""
    if notice.for_user_id is None:
        return False
    return notice.for_user_id == user.id or notice.for_user_id in covered_by(user.id, today)


def covered_by(user_id: UUID, today: dt.date) -> frozenset[UUID]:
    """Whom the user covers today."""
    away = Absence.objects.filter(cover=user_id, since_on__lte=today, until_on__gte=today)
    return frozenset(away.values_list("user_id", flat=True))


def absences_of(user: User, today: dt.date) -> QuerySet[Absence]:
    """When the user is away from today on, the next first."""
    return Absence.objects.filter(user=user, until_on__gte=today).select_related("cover").order_by("since_on")
