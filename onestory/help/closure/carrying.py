"""A plan that comes back: what the plan that ended held is carried into a new one of the same kind."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from onestory.help.closure.models import Closure
from onestory.help.plans.actions import FIRST_REVIEW, Why, draft_plan, open_plan
from onestory.help.plans.involving import invite_team
from onestory.help.plans.models import Plan, PlanAction, PlanAgency, PlanOutcome, PlanRelative
from onestory.help.plans.outcomes import Doing, Wanted, add_action, add_outcome
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.states import ActionState, Kind
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.agencies.queries import posts_of
from onestory.platform.deadlines import due_on

OF_RELATIVE = ("how", "reason", "seen_on", "not_seen_because", "words")


def carry_on(closure: Closure, reason: str, post: Membership, *, by: User, at: dt.datetime) -> Plan:
    """A new plan of the same kind, with the old reasons, what was left to be done, and everybody who was in it.

    It is opened at once; where something has to be asked first (a parent nobody has asked yet) it stays a draft.
    """
    old = closure.plan
    lead, lead_team = _lead(old, post, at)
    plan = draft_plan(
        kind=old.kind,
        children=list(old.children.order_by("label").values_list("record__person_id", flat=True)),
        reasons=[*(Why(one.words, tuple(one.factors)) for one in old.reasons.all()), Why(f"It came back: {reason}")],
        team=old.owner_team,
        role=post.role,
        agreement=old.agreement,
        lead=lead,
        lead_team=lead_team,
        by=by,
        at=at,
    )
    _everybody(old, plan, by, at)
    _what_is_wanted(closure, plan, by, at)
    return _opened(plan, by, at)


def _lead(old: Plan, post: Membership, at: dt.datetime) -> tuple[User, Team]:
    """Who led before, if they still work in that team; else whoever opens it again."""
    if old.lead and old.lead.is_active and old.lead_team:
        today = timezone.localdate(at)
        if posts_of(old.lead, today).filter(team=old.lead_team).exists():
            return old.lead, old.lead_team
    return post.user, post.team


def _everybody(old: Plan, plan: Plan, by: User, at: dt.datetime) -> None:
    members = old.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False).select_related("team__agency")
    for one in members.order_by("id"):
        assert one.team
        invite_team(plan.id, invited=one.team, because="Was in the plan before", team=old.owner_team, by=by, at=at)
    for before in old.relatives.all():
        said = {name: getattr(before, name) for name in OF_RELATIVE}
        PlanRelative.objects.filter(plan=plan, record=before.record_id).update(**said)
    for child in old.children.exclude(words=""):
        plan.children.filter(record=child.record_id).update(words=child.words)
    plan.refresh_from_db()


def _what_is_wanted(closure: Closure, plan: Plan, by: User, at: dt.datetime) -> None:
    """Each outcome with the actions that were left; where none was, somebody looks whether what was reached holds."""
    first = due_on(FIRST_REVIEW[Kind(plan.kind)], timezone.localdate(at))
    for old in closure.plan.outcomes.prefetch_related("actions"):
        wanted = Wanted(old.domain, old.worry, old.wanted, old.how_known or old.wanted)
        new = add_outcome(plan.id, child=old.record_id, wanted=wanted, team=plan.owner_team, by=by, at=at)
        left = [_left(one, first) for one in old.actions.all() if one.state == ActionState.REQUIRED]
        for doing in left or [_look_again(old, closure, first)]:
            add_action(new.id, doing=doing, agreed=True, team=plan.owner_team, by=by, at=at)


def _left(one: PlanAction, first: dt.date) -> Doing:
    """The same action, by its own day or by the first review where that day is over."""
    due = max(one.due_on, first) if one.due_on else first
    return Doing(one.what, one.owner_team_id, one.owner_person_id, due, one.measure, one.if_not)


def _look_again(old: PlanOutcome, closure: Closure, first: dt.date) -> Doing:
    return Doing(
        what=f"See whether what was reached still holds: {old.wanted}",
        owner_team=closure.owner_team_id,
        due_on=first,
        measure=old.how_known or old.wanted,
        if_not=closure.if_not or closure.would_reopen,
    )


def _opened(plan: Plan, by: User, at: dt.datetime) -> Plan:
    try:
        with transaction.atomic():
            return open_plan(plan.id, team=plan.owner_team, by=by, at=at)
    except CannotPlan:
        return plan
