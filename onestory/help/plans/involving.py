"""Who is in the plan: agencies in or left out with a reason; the family invited, seen, in their words, or why not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.plans import policies
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import keep_teams, tell_left_out, tie_members, untie_member
from onestory.help.plans.models import Plan, PlanAgency, PlanRelative
from onestory.help.plans.states import ActionState, PlanState
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.actions import record_of
from onestory.platform.people.models import AgencyRecord


@transaction.atomic
def invite_team(
    plan_id: UUID, *, invited: Team, because: str = "", team: Team, by: User, at: dt.datetime
) -> PlanAgency:
    """Have a team in the plan, also one that was left out before. It is told where the plan is open (L2)."""
    with keeping():
        plan = _changing(plan_id, team, by)
        row, new = PlanAgency.objects.get_or_create(
            plan=plan, agency_id=invited.agency_id, team=invited, defaults={"because": because, "invited_at": at}
        )
        if not new and row.how == PlanAgency.How.MEMBER:
            return row
        row.how, row.reason, row.invited_at, row.told_at = PlanAgency.How.MEMBER, "", at, None
        row.save()
        keep_teams(plan)
        if plan.state == PlanState.OPEN:
            tie_members(plan, by=by, at=at)
            _tell(plan, invited, "You are in this plan now.", by, at)
    return row


@transaction.atomic
def leave_out(row_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> PlanAgency:
    """Leave an agency out, with a reason; it and the manager are told (L2, F5.37). Raises CannotPlan, CannotHappen.

    An agency that still owes an action of the plan cannot be left out, nor can the team that owns it or leads.
    """
    policies.check_words(reason, "reason", "Enter why this agency is not needed")
    with keeping():
        row = PlanAgency.objects.select_for_update().get(pk=row_id)
        plan = _changing(row.plan_id, team, by)
        if row.team_id and row.team_id in (plan.owner_team_id, plan.lead_team_id):
            raise policies.CannotPlan("reason", "The team that owns the plan or leads cannot be left out")
        owed = plan.actions.filter(owner_team=row.team_id, state__in=(ActionState.DRAFT, ActionState.REQUIRED))
        if row.team_id and owed.exists():
            raise policies.CannotPlan("reason", "This agency has actions to do. Give them to somebody else first.")
        row.how, row.reason, row.told_at = PlanAgency.How.LEFT_OUT, reason.strip(), None
        row.save()
        keep_teams(plan)
        if plan.state == PlanState.OPEN:
            untie_member(row, by=by, at=at)
            tell_left_out(plan, by=by, at=at)
    return row


@transaction.atomic
def object_to_being_left_out(row_id: UUID, *, words: str, team: Team, by: User, at: dt.datetime) -> PlanAgency:
    """Say as the team that was left out why it should be there: whoever leads hears of it. Raises CannotPlan."""
    policies.check_words(words, "words", "Enter why you should be in the plan")
    with keeping():
        row = PlanAgency.objects.select_for_update().get(pk=row_id, team=team)
        if row.how != PlanAgency.How.LEFT_OUT:
            raise policies.CannotPlan("words", "You are in this plan")
        row.objection = words.strip()
        row.save(update_fields=["objection"])
        plan = locked(row.plan_id)
        said = f"{team} says that it should be in the plan: {row.objection}"
        _tell(plan, plan.lead_team or plan.owner_team, said, by, at)
    return row


@transaction.atomic
def say_of_relative(
    row_id: UUID,
    *,
    invited: bool,
    reason: str = "",
    seen_on: dt.date | None = None,
    not_seen_because: str = "",
    words: str = "",
    team: Team,
    by: User,
    at: dt.datetime,
) -> PlanRelative:
    """Say whether somebody of the family was invited and seen, or why not, and in their words what they say (P7)."""
    if not invited:
        policies.check_words(reason, "reason", "Enter why they were not invited")
    if seen_on and seen_on > timezone.localdate(at):
        raise policies.CannotPlan("seen_on", "The day on which they were seen must not be in the future")
    if invited and not seen_on:
        policies.check_words(not_seen_because, "not_seen_because", "Enter when they were seen, or why they were not")
    with keeping():
        row = PlanRelative.objects.select_for_update().get(pk=row_id)
        _changing(row.plan_id, team, by)
        how = PlanRelative.How
        row.how, row.reason = (how.INVITED, "") if invited else (how.NOT_INVITED, reason.strip())
        row.seen_on, row.words = seen_on, words.strip()
        row.not_seen_because = "" if seen_on else not_seen_because.strip()
        row.save()
    return row


@transaction.atomic
def add_relative(plan_id: UUID, *, person: UUID, relation: str, team: Team, by: User, at: dt.datetime) -> PlanRelative:
    """Have somebody else of the family in the plan, by the anchor: wider family who help, or might (P7)."""
    policies.check_words(relation, "relation", "Enter who they are to the children")
    with keeping():
        plan = _changing(plan_id, team, by)
        record: AgencyRecord = record_of(person_id=person, agency_id=plan.agency_id, by=by, at=at)
        row, _ = PlanRelative.objects.get_or_create(
            plan=plan, record=record, defaults={"label": record.label, "relation": relation.strip()[:200]}
        )
    return row


def _changing(plan_id: UUID, team: Team, by: User) -> Plan:
    plan = locked(plan_id)
    policies.check_may_change(plan, team_id=team.id, user_id=by.id)
    return plan


def _tell(plan: Plan, to_team: Team, words: str, by: User, at: dt.datetime) -> None:
    records = AgencyRecord.objects.filter(id__in=plan.children.values("record")).order_by("id")
    send_notice(
        to_team=to_team,
        from_team=plan.owner_team,
        about=records,
        kind="plan",
        words=words,
        address=f"/plans/{plan.id}",
        by=by,
        at=at,
    )
