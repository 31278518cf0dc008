"""Drawing up a plan, opening it, naming who leads, closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.plans import policies
from onestory.help.plans.family import Relative, relatives_of
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import (
    invite_relied_on,
    keep_teams,
    tell_left_out,
    tell_members,
    tie_members,
    untie_lead,
    untie_member,
)
from onestory.help.plans.models import Plan, PlanAgency, PlanChild, PlanReason, PlanRelative
from onestory.help.plans.recording import children_of, opening_words, plan_entry, record_required
from onestory.help.plans.states import ActionState, Kind, PlanState, plan_after
from onestory.platform.access.guarding import keys_for, keys_that_only_close
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.answering import name_teams
from onestory.platform.deadlines import due_on
from onestory.platform.history.actions import record_entries
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import record_of

FIRST_REVIEW = {
    Kind.EARLY_HELP: "taf_review",
    Kind.CHILD_IN_NEED: "first_cin_review",
    Kind.CHILD_PROTECTION: "first_review_conference",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a plan, with the needs and risks that it names."""

    words: str
    factors: tuple[str, ...] = ()


@transaction.atomic
def draft_plan(
    *,
    kind: str,
    children: Collection[UUID],
    reasons: Sequence[Why],
    team: Team,
    role: str,
    agreement: str = "",
    lead: User | None = None,
    lead_team: Team | None = None,
    by: User,
    at: dt.datetime,
) -> Plan:
    """Begin to draw up a plan for these children, by their anchors. Raises CannotPlan.

    Every agency that was relied on before or works with a child now is in it from the start, and every parent is
    asked for: whoever is not to be there is taken out with a reason (L2, P7, F5.33, F5.37).
    """
    words = [one for one in reasons if one.words.strip()]
    policies.check_may_start(
        kind=kind, role=role, children=len(children), reasons=[one.words for one in words], agreement=agreement
    )
    with keeping():
        records = [record_of(person_id=one, agency_id=team.agency_id, by=by, at=at) for one in children]
        relatives = relatives_of(children)
        family = [record_of(person_id=one.person, agency_id=team.agency_id, by=by, at=at) for one in relatives]
        plan = Plan.objects.create(
            kind=kind,
            owner_team=team,
            lead=lead,
            lead_team=lead_team if lead else None,
            agreement=agreement.strip(),
            started_by=by,
            started_at=at,
            info=InfoClass.PLANS.number,
            agency_id=team.agency_id,
            keys=[*keys_for(one.id for one in records), *keys_that_only_close(one.id for one in family)],
        )
        PlanChild.objects.bulk_create(
            PlanChild(plan=plan, record=one, label=one.label, born=str(one.born or ""), known_as=one.person_id)
            for one in records
        )
        PlanReason.objects.bulk_create(
            PlanReason(plan=plan, number=number, words=one.words.strip(), factors=list(one.factors))
            for number, one in enumerate(words, 1)
        )
        PlanRelative.objects.bulk_create(
            _relative(plan, one, record.id) for one, record in zip(relatives, family, strict=True)
        )
        _put_in(plan, team, "Draws up the plan", at)
        if lead and lead_team:
            _put_in(plan, lead_team, "Leads", at)
        invite_relied_on(plan, at=at)
    return plan


def _relative(plan: Plan, one: Relative, record: UUID) -> PlanRelative:
    return PlanRelative(
        plan=plan, record_id=record, label=one.label, relation=one.words()[:200], is_parent=one.is_parent
    )


def _put_in(plan: Plan, team: Team, because: str, at: dt.datetime) -> None:
    """Have the team in the plan, whether it was left out or not known before."""
    member = PlanAgency.How.MEMBER
    row, new = PlanAgency.objects.get_or_create(
        plan=plan, agency_id=team.agency_id, team=team, defaults={"because": because, "invited_at": at}
    )
    if not new and row.how != member:
        PlanAgency.objects.filter(pk=row.pk).update(how=member, reason="", invited_at=at, told_at=None)


@transaction.atomic
def name_lead(plan_id: UUID, *, lead: User, lead_team: Team, team: Team, by: User, at: dt.datetime) -> Plan:
    """Name who leads for the children (P5); their team is in the plan from then on, and every member is told.

    Raises CannotPlan, CannotHappen.
    """
    with keeping():
        plan = locked(plan_id)
        policies.check_may_change(plan, team_id=team.id, user_id=by.id)
        was_open = plan.state == PlanState.OPEN
        if was_open and plan.lead_id != lead.id:
            untie_lead(plan, by=by, at=at)
        plan.lead, plan.lead_team = lead, lead_team
        plan.save(update_fields=["lead", "lead_team"])
        _put_in(plan, lead_team, "Leads", at)
        keep_teams(plan)
        if was_open:
            tie_members(plan, by=by, at=at)
            tell_members(plan, f"{lead}, {lead_team}, is now the lead professional.", by=by, at=at)
    return plan


@transaction.atomic
def open_plan(plan_id: UUID, *, team: Team, by: User, at: dt.datetime) -> Plan:
    """Open a plan that is drawn up: it and its actions stand in the chronology, and every team in it is told (L1, L12).

    Teams that were left out are told why, and so is the manager. The first review is due by the clock. Raises
    CannotPlan, CannotHappen.
    """
    with keeping():
        plan = locked(plan_id)
        policies.check_may_change(plan, team_id=team.id, user_id=by.id)
        state = plan_after(plan.state, "open")
        invite_relied_on(plan, at=at)
        actions = list(plan.actions.select_related("outcome", "owner_team", "plan"))
        policies.check_may_open(
            plan,
            children=children_of(plan),
            outcomes=plan.outcomes.all(),
            actions=actions,
            agencies=plan.agencies.select_related("agency"),
            relatives=plan.relatives.all(),
        )
        today = timezone.localdate(at)
        plan.state, plan.opened_on, plan.opened_by = state, today, by
        plan.review_due = due_on(FIRST_REVIEW[Kind(plan.kind)], today)
        words = opening_words(plan, [one.words for one in plan.reasons.all()])
        plan.entry = record_entries([plan_entry(plan, "opened", words, at=at)], by=by, at=at)[0]
        plan.save()
        required = [one for one in actions if one.state == ActionState.REQUIRED]
        entries = record_required(required, plan, by=by, at=at)
        name_teams({entry.id: one.owner_team_id for one, entry in zip(required, entries, strict=True)}, by=by, at=at)
        tie_members(plan, by=by, at=at)
        said = f"A {plan.get_kind_display().lower()} is open. Lead: {plan.lead}, {plan.lead_team}."
        tell_members(plan, said, by=by, at=at)
        tell_left_out(plan, by=by, at=at)
    return plan


@transaction.atomic
def close_plan(*, plan: Plan, words: str, agency: UUID | None = None, by: User, at: dt.datetime) -> Plan:
    """End the plan, with what it came to in words. Only the closure calls this, after its gate (L5, F5.39).

    ``agency``: which agency records it; the plan's own where it is not named. Ties that rested on the plan end; what
    goes on afterwards is the closure's. Raises CannotHappen.
    """
    with keeping():
        ending = locked(plan.id)
        ending.state = plan_after(ending.state, "close")
        ending.closed_on, ending.closed_by = timezone.localdate(at), by
        ending.closed_in = record_entries([plan_entry(ending, "closed", words, at=at, agency=agency)], by=by, at=at)[0]
        ending.save()
        untie_lead(ending, by=by, at=at)
        for member in ending.agencies.filter(team__isnull=False):
            untie_member(member, by=by, at=at)
    return ending


@transaction.atomic
def record_review(plan: Plan, *, words: str, review_due: dt.date, by: User, at: dt.datetime) -> Entry:
    """Record that the plan was reviewed, and when it is next. Agencies that came to be relied on since are in it.

    Called by the meeting in which it was reviewed. Raises CannotHappen.
    """
    with keeping():
        held = locked(plan.id)
        if held.state != PlanState.OPEN:
            raise policies.CannotHappen("Only an open plan is reviewed")
        invite_relied_on(held, at=at)
        tie_members(held, by=by, at=at)
        held.review_due = review_due
        held.save(update_fields=["review_due"])
        entry = record_entries([plan_entry(held, "reviewed", words, at=at)], by=by, at=at)[0]
        tell_left_out(held, by=by, at=at)
    return entry


@transaction.atomic
def save_childs_words(plan_id: UUID, *, child: UUID, words: str, team: Team, by: User, at: dt.datetime) -> None:
    """Keep what a child says of the plan, or what was seen of a child who does not speak (LP8). Any team in it may."""
    with keeping():
        plan = locked(plan_id)
        policies.check_in_plan(plan, team_id=team.id)
        policies.check_words(words, "words", "Enter what the child says, or what you saw")
        if not PlanChild.objects.filter(plan=plan, pk=child).update(words=words.strip()):
            raise policies.CannotPlan("words", "This child is not in the plan")
