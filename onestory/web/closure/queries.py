"""Which closure a page is about, in which capacity the reader acts on it, and to whom it could go."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from onestory.help.closure.acting import acting_on
from onestory.help.closure.models import Closure, ClosureAnswer, ClosureReceiver
from onestory.help.closure.queries import closure_of
from onestory.help.closure.states import Party
from onestory.help.plans.models import PlanChild
from onestory.help.plans.queries import plan_of
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.people.told import people_now
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.inbox.looking import note_look

NOT_TOLD = ("partnership", "safeguarding_partnership")


def found_closure(request: SignedInRequest, closure_id: UUID) -> Closure:
    """The closure, for whoever may see it, with the look on record; 404 alike for anybody else."""
    closure = closure_of(request.sight, closure_id)
    if closure is None:
        raise Http404
    note_look(request, "closure", people_now(closure.who).values())
    return closure


def acting_parties(request: SignedInRequest, plan_id: UUID) -> frozenset[Party]:
    """For whom the reader acts on the plan's ending; for nobody where they do not even see the plan."""
    plan = plan_of(request.sight, plan_id)
    return acting_on(plan, request.membership) if plan else frozenset()


def for_whoever_acts(request: SignedInRequest, closure_id: UUID) -> Closure:
    """The closure, for whoever ends the plan: its lead, its team, its manager; 404 alike for anybody else."""
    closure = found_closure(request, closure_id)
    if not acting_parties(request, closure.plan_id):
        raise Http404
    return closure


def answers_of(request: SignedInRequest, closure: Closure) -> dict[str, ClosureAnswer]:
    """What was answered to the reasons, by reason."""
    return {one.of: one for one in visible_to(request.sight, ClosureAnswer.objects.filter(closure=closure))}


def teams_to_tell(closure: Closure) -> dict[str, Team]:
    """Teams that could go on, by id; never the one that ends the plan."""
    teams = Team.objects.exclude(id=closure.owner_team_id).exclude(agency__sector__in=NOT_TOLD)
    return {str(one.id): one for one in teams.select_related("agency").order_by("agency__name", "name")}


def children_of(closure: Closure) -> list[tuple[str, str]]:
    """The children of the plan, by the record with which they are in it."""
    rows = PlanChild.objects.filter(plan=closure.plan_id).order_by("label")
    return [(str(one.record_id), one.label) for one in rows]


def receiver_in(closure: Closure, receiver_id: UUID) -> ClosureReceiver:
    """One of its receivers; 404 where it is none."""
    found = next((one for one in closure.receivers.all() if one.id == receiver_id), None)
    if found is None:
        raise Http404
    return found
