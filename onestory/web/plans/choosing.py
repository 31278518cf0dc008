"""Whom one can choose from: children for a plan, who leads, which team does something, who signs."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.help.plans.models import Plan
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.agencies.queries import everybody_who_works_here
from onestory.platform.people.models import AgencyRecord
from onestory.web.checks.queries import NOT_ASKED

type Choices = list[tuple[str, str]]


def children_around(sight: Sight, child_id: UUID) -> Choices:
    """The child and the children near whom the reader may know of, by their anchors; the child first."""
    among = sight.among or frozenset({child_id})
    rows = visible_to(sight, AgencyRecord.objects.filter(person__in=among, person__is_child=True))
    names = {one.person_id: one.label for one in rows.order_by("recorded_at", "id")}
    ordered = sorted(names, key=lambda one: (one != child_id, names[one]))
    return [(str(one), names[one]) for one in ordered]


def posts_that_lead(plan: Plan, today: dt.date) -> dict[str, Membership]:
    """Who can lead: everybody who works today in a team that is in the plan."""
    held = everybody_who_works_here(today).filter(Q(team__in=plan.teams))
    return {str(one.id): one for one in held.order_by("user__display_name", "id")}


def teams_in(plan: Plan) -> QuerySet[Team]:
    """The teams that are in the plan."""
    return Team.objects.filter(id__in=plan.teams).select_related("agency").order_by("agency__name", "name")


def teams_to_invite(plan: Plan) -> dict[str, Team]:
    """Teams that are not in the plan and could be."""
    teams = Team.objects.exclude(id__in=plan.teams).exclude(agency__sector__in=NOT_ASKED)
    return {str(one.id): one for one in teams.select_related("agency").order_by("agency__name", "name")}


def owners(plan: Plan) -> Choices:
    """Who can do something: the teams in the plan, and the family; what parents undertake counts as much (L11)."""
    teams = [(f"team:{one.id}", str(one)) for one in teams_in(plan)]
    family = [
        (f"person:{one.record_id}", f"{one.label}, {one.relation}")
        for one in plan.relatives.exclude(how="not_invited").order_by("-is_parent", "label")
    ]
    return [*teams, *family]


def people_in(plan: Plan) -> Choices:
    """Everybody of the family who is in the plan, by their records."""
    relatives = [
        (str(one.record_id), f"{one.label}, {one.relation}") for one in plan.relatives.order_by("-is_parent", "label")
    ]
    return [*relatives, *((str(one.record_id), one.label) for one in plan.children.all())]
