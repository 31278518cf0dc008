"""What is overdue: told to the team that owes it, and after a clock to its manager. By the clock, and once each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment, Sort, State
from onestory.platform.deadlines import due_on
from onestory.platform.history.dates import day
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.holders import manager_of
from onestory.platform.people.models import AgencyRecord

OLDEST = dt.timedelta(days=60)
"""What fell due earlier was never told, because it came in with a history."""
ESCALATES = "commitment_escalates"


def tell_overdue(*, at: dt.datetime, at_most: int = 1_000) -> int:
    """Tell of what is overdue today, each once; returns how many commitments were looked at."""
    today = timezone.localdate(at)
    with keeping():
        owed = Commitment.objects.filter(Q(owner_team__isnull=False) | Q(owner_agency__isnull=False), state=State.OPEN)
        late = owed.filter(due_on__lt=today, due_on__gte=today - OLDEST).exclude(made_in__agency__isnull=True)
        ids = list(late.order_by("due_on", "id").values_list("id", flat=True)[:at_most])
    for one in ids:
        _tell(one, today, at)
    return len(ids)


@transaction.atomic
def _tell(commitment_id: UUID, today: dt.date, at: dt.datetime) -> None:
    with keeping():
        commitment = Commitment.objects.select_related("owner_team__agency", "owner_agency").get(id=commitment_id)
        team = commitment.owner_team or _answering(commitment)
        if team is None or commitment.due_on is None:
            return
        _send(commitment, team, "", at)
        if due_on(ESCALATES, commitment.due_on) < today and (manager := manager_of(team, today)):
            _send(commitment, manager.team, str(manager.user), at)


def _answering(commitment: Commitment) -> Team | None:
    teams = Team.objects.filter(agency=commitment.owner_agency_id, answers_for_agency=True)
    return teams.select_related("agency").first()


def _send(commitment: Commitment, to_team: Team, manager: str, at: dt.datetime) -> None:
    assert commitment.due_on, "only what has a day is overdue"
    what = commitment.what or Sort(commitment.sort).label
    step = f"manager of {to_team.id}" if manager else f"{to_team.id}"
    about = AgencyRecord.objects.filter(commitments__commitment=commitment)
    send_notice(
        to_team=to_team,
        about=about,
        kind="overdue",
        words=f"{f'For {manager}: ' if manager else ''}{what} Due {day(commitment.due_on).words()}.",
        address=f"/commitments/{commitment.id}",
        once=f"overdue {commitment.id} {commitment.due_on} {step}",
        by=None,
        at=at,
    )
