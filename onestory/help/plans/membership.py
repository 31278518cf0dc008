"""Teams in a plan: who sees it, which ties begin with it and end with it, and who is told that they were left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from onestory.help.plans.models import Plan, PlanAgency
from onestory.help.plans.relied_on import relied_on
from onestory.help.plans.states import PlanState
from onestory.platform.access.facts import LeadProfessional, TeamAnswers
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties, end_ties
from onestory.platform.access.ties import Because, Tie
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.holders import manager_of
from onestory.platform.people.models import AgencyRecord


def people_of(plan: Plan) -> list[UUID]:
    """The children of the plan, by their anchors."""
    return list(plan.children.order_by("id").values_list("record__person", flat=True))


def records_of(plan: Plan) -> list[AgencyRecord]:
    """The children's records, for whom a notice is about."""
    return list(AgencyRecord.objects.filter(id__in=plan.children.values("record")).order_by("id"))


def invite_relied_on(plan: Plan, *, at: dt.datetime) -> list[PlanAgency]:
    """Have every agency that must be there in the plan, unless it is there or was left out with a reason (L2)."""
    known = {(one.agency_id, one.team_id) for one in plan.agencies.all()}
    agencies = {agency for agency, _ in known}
    new = [
        PlanAgency(plan=plan, agency_id=one.agency_id, team_id=one.team_id, because=one.because, invited_at=at)
        for one in relied_on(people_of(plan), at=at, besides=plan.id)
        if (one.agency_id, one.team_id) not in known and not (one.agency_id in agencies and not _by_tie(one.because))
    ]
    added = PlanAgency.objects.bulk_create(new)
    keep_teams(plan)
    return added


def _by_tie(because: str) -> bool:
    """Whether it must be there by a team's own tie: another team of its agency does not stand in for it."""
    return because.endswith("now")


def keep_teams(plan: Plan) -> None:
    """Bring up to date which teams see the plan."""
    members = plan.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False)
    plan.teams = sorted(members.values_list("team_id", flat=True))
    plan.save(update_fields=["teams"])


def tie_members(plan: Plan, *, by: User, at: dt.datetime) -> None:
    """Teams in an open plan answer for its children; the lead leads. Ties that were there before are not the plan's."""
    people = people_of(plan)
    for member in plan.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False):
        there = _tied(people, at, team=member.team_id, because=Because.DUTY)
        new = [one for one in people if one not in there]
        begin_ties(facts=_answers(member, new, at), by=by, at=at)
        PlanAgency.objects.filter(pk=member.pk).update(tied=[*member.tied, *new])
    there = _tied(people, at, user=plan.lead_id, because=Because.LEAD)
    new = [one for one in people if one not in there]
    begin_ties(facts=_leads(plan, new, at), by=by, at=at)
    plan.lead_tied = [*plan.lead_tied, *new]
    plan.save(update_fields=["lead_tied"])


def _answers(member: PlanAgency, people: Collection[UUID], at: dt.datetime) -> list[TeamAnswers]:
    return [TeamAnswers(since=at, team=str(member.team_id), person=str(one)) for one in people]


def _leads(plan: Plan, people: Collection[UUID], at: dt.datetime) -> list[LeadProfessional]:
    return [LeadProfessional(since=at, user=str(plan.lead_id), person=str(one)) for one in people]


def _tied(people: Collection[UUID], at: dt.datetime, *, because: str, **holder: UUID | None) -> set[UUID]:
    open_ties = Tie.objects.filter(person__in=people, because=because, until_at=None, since_at__lte=at)
    names = {f"{name}_id": value for name, value in holder.items()}
    return set(open_ties.filter(**names).values_list("person", flat=True))


def untie_lead(plan: Plan, *, by: User, at: dt.datetime) -> None:
    """End the lead's ties that rest on this plan, where no other open plan has them lead."""
    others = Plan.objects.filter(state=PlanState.OPEN, lead=plan.lead_id).exclude(pk=plan.pk)
    still = set(others.values_list("children__record__person", flat=True))
    ending = [one for one in plan.lead_tied if one not in still]
    end_ties(facts=_leads(plan, ending, at), by=by, at=at)
    plan.lead_tied = []
    plan.save(update_fields=["lead_tied"])


def untie_member(member: PlanAgency, *, by: User, at: dt.datetime) -> None:
    """End a team's ties that rest on its being in this plan, where it is in no other open plan for the child."""
    others = PlanAgency.objects.filter(team=member.team_id, how=PlanAgency.How.MEMBER, plan__state=PlanState.OPEN)
    still = set(others.exclude(plan=member.plan_id).values_list("plan__children__record__person", flat=True))
    ending = [one for one in member.tied if one not in still]
    end_ties(facts=_answers(member, ending, at), by=by, at=at)
    PlanAgency.objects.filter(pk=member.pk).update(tied=[])


def tell_left_out(plan: Plan, *, by: User, at: dt.datetime) -> None:
    """Tell each team that was left out of an open plan, and the owner's manager: once each (L2, F5.37)."""
    for one in plan.agencies.filter(how=PlanAgency.How.LEFT_OUT, told_at=None).select_related("agency", "team__agency"):
        kind = plan.get_kind_display().lower()
        if one.team:
            send_notice(
                to_team=one.team,
                from_team=plan.owner_team,
                about=records_of(plan),
                kind="plan",
                words=f"{plan.owner_team} has a {kind} without you. Why: {one.reason}",
                address=f"/plans/{plan.id}/without-us",
                by=by,
                at=at,
            )
        manager = manager_of(plan.owner_team, timezone.localdate(at))
        send_notice(
            to_team=manager.team if manager else plan.owner_team,
            from_team=plan.owner_team,
            for_user=manager.user if manager else None,
            about=records_of(plan),
            kind="left_out",
            words=f"{one.agency} is left out of a {kind}. {one.because}. Why it is left out: {one.reason}",
            address=f"/plans/{plan.id}",
            by=by,
            at=at,
        )
        PlanAgency.objects.filter(pk=one.pk).update(told_at=at)


def tell_members(plan: Plan, words: str, *, by: User, at: dt.datetime, kind: str = "plan") -> None:
    """Put a message into the inbox of every team in the plan; it is acknowledged and chased (L12, F5.36)."""
    about = records_of(plan)
    members = plan.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False).select_related("team__agency")
    for member in members.order_by("id"):
        assert member.team
        send_notice(
            to_team=member.team,
            from_team=plan.owner_team,
            about=about,
            kind=kind,
            words=words,
            address=f"/plans/{plan.id}",
            by=by,
            at=at,
        )
