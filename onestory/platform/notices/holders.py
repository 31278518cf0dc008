"""Who hears next of a notice that nobody acknowledged: the steps of escalation.csv, as far as there is somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.platform.agencies.models import Membership, Team
from onestory.platform.notices.kinds import Step, manager_roles, steps
from onestory.platform.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Holder:
    """To whom a notice is taken at a step: the team in whose inbox it then stands, and who that is in words."""

    step: int
    team: Team
    words: str


def holder_of_step(notice: Notice, today: dt.date) -> Holder | None:
    """The next holder after the notice's last step; steps at which there is nobody are passed over. None: no more."""
    for step in steps():
        if step.number > notice.step and (holder := _holder(step, notice, today)):
            return holder
    return None


def _holder(step: Step, notice: Notice, today: dt.date) -> Holder | None:
    match step.to:
        case "manager":
            return _managed(step, notice.to_team, today)
        case "agency":
            team = Team.objects.filter(agency=notice.to_team.agency_id, answers_for_agency=True).first()
            return Holder(step.number, team, step.words) if team and team != notice.to_team else None
        case "sender":
            return _managed(step, notice.from_team, today) if notice.from_team else None
    raise LookupError(step.to)


def _managed(step: Step, team: Team, today: dt.date) -> Holder | None:
    manager = manager_of(team, today)
    return Holder(step.number, manager.team, f"{manager.user}, {step.words}") if manager else None


def manager_of(team: Team, today: dt.date) -> Membership | None:
    """Who manages the team: somebody in it whose role manages, else somebody in another team of the agency.

    Whoever is away today is passed over where somebody else is there.
    """
    roles = manager_roles().get(team.agency.sector, frozenset())
    held = Membership.objects.filter(team__agency=team.agency_id, role__in=roles, user__is_active=True)
    held = held.filter(since_on__lte=today).exclude(until_on__lt=today).select_related("user", "team__agency")
    posts = sorted(held.order_by("since_on", "id"), key=lambda post: post.team_id != team.id)
    away = set(
        held.filter(user__absences__since_on__lte=today, user__absences__until_on__gte=today).values_list(
            "user_id", flat=True
        )
    )
    return next((post for post in posts if post.user_id not in away), posts[0] if posts else None)
