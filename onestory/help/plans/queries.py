"""Reading plans: of children, of a team, one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from onestory.help.plans.models import Agreement, Plan, PlanAction, PlanAgency, PlanOutcome, PlanProposal, PlanRelative
from onestory.help.plans.states import PlanState
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.commitments.models import Commitment, Sort, State
from onestory.platform.commitments.queries import open_for_people
from onestory.platform.notices.guards import not_shut


def visible_plans(sight: Sight) -> QuerySet[Plan]:
    """The plans that the reader may see: by a tie that shows plans in full, or because their team is in it."""
    by_tie = visible_to(sight, Plan.objects.all()).values("id")
    in_it = Q(teams__contains=[sight.team_id]) & not_shut(sight)
    rows = Plan.objects.filter(Q(id__in=by_tie) | in_it)
    return rows.select_related("owner_team__agency", "lead", "lead_team__agency")


def plan_of(sight: Sight, plan_id: UUID) -> Plan | None:
    """One plan with its children; None where there is none for this reader."""
    return visible_plans(sight).filter(pk=plan_id).prefetch_related("children__record").first()


def whole_plan(sight: Sight, plan_id: UUID) -> Plan | None:
    """One plan with all that belongs to it. A fixed number of queries, however much that is.

    People are named by the plan itself: a team without a tie sees no agency's records of them.
    """
    actions = PlanAction.objects.select_related("owner_team__agency")
    outcomes = PlanOutcome.objects.prefetch_related(Prefetch("actions", actions))
    agencies = PlanAgency.objects.select_related("agency", "team__agency").order_by("how", "agency__name", "id")
    return (
        visible_plans(sight)
        .filter(pk=plan_id)
        .prefetch_related(
            "children",
            "reasons",
            Prefetch("outcomes", outcomes),
            Prefetch("agencies", agencies),
            Prefetch("relatives", PlanRelative.objects.order_by("-is_parent", "label", "id")),
            "proposals__team__agency",
            "proposals__by",
            "proposals__decided_by",
            Prefetch("agreements", Agreement.objects.select_related("ended_by")),
            "agreements__signatures",
        )
        .first()
    )


def plans_about(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Plan]:
    """The plans for any of these children: open ones first, then what is drawn up, then the latest that ended."""
    found = visible_plans(sight).filter(children__record__person__in=person_ids).distinct()
    return found.order_by("-state", "-started_at", "id").prefetch_related("children", "reasons")


def open_plans_of_team(sight: Sight) -> QuerySet[Plan]:
    """The open plans in which the reader's team is: every agency has them on its own list the same day (L12, F5.36)."""
    found = visible_plans(sight).filter(teams__contains=[sight.team_id], state=PlanState.OPEN)
    return found.order_by("review_due", "id").prefetch_related("children")


def left_undone(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Commitment]:
    """What was required for these children, by plans of whatever source, and is neither done nor given up (F5.39)."""
    return open_for_people(sight, person_ids).filter(sort=Sort.ACTION, state=State.OPEN)


def left_out_of(sight: Sight, plan_id: UUID) -> PlanAgency | None:
    """That the reader's own team was left out of a plan, and why; None where it was not."""
    rows = PlanAgency.objects.filter(plan=plan_id, team=sight.team_id, how=PlanAgency.How.LEFT_OUT)
    return rows.select_related("agency", "team").first()


def outcome_in(plan: Plan, outcome_id: UUID) -> PlanOutcome | None:
    """An outcome of a plan that the reader was found to see; None where it has none of this number."""
    return plan.outcomes.filter(pk=outcome_id).first()


def action_in(plan: Plan, action_id: UUID) -> PlanAction | None:
    """An action of a plan that the reader was found to see; None where it has none of this number."""
    return plan.actions.select_related("owner_team__agency").filter(pk=action_id).first()


def agency_in(plan: Plan, row_id: UUID) -> PlanAgency | None:
    """An agency's place in a plan that the reader was found to see, or that it was left out."""
    return plan.agencies.select_related("agency", "team__agency").filter(pk=row_id).first()


def relative_in(plan: Plan, row_id: UUID) -> PlanRelative | None:
    """Somebody of the family in a plan that the reader was found to see."""
    return plan.relatives.filter(pk=row_id).first()


def proposal_in(plan: Plan, proposal_id: UUID) -> PlanProposal | None:
    """A proposed change of a plan that the reader was found to see."""
    return plan.proposals.select_related("team__agency", "by").filter(pk=proposal_id).first()


def agreement_in(plan: Plan, agreement_id: UUID) -> Agreement | None:
    """An agreement that stands in a plan that the reader was found to see; None where it ended, or is none of its."""
    return plan.agreements.filter(pk=agreement_id, ended_on=None).first()
