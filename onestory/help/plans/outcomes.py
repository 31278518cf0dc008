"""What is wanted for a child, and who does what for it: writing, agreeing, doing, giving up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.plans import policies
from onestory.help.plans.domains import domains
from onestory.help.plans.holding import locked
from onestory.help.plans.membership import records_of
from onestory.help.plans.models import Plan, PlanAction, PlanOutcome
from onestory.help.plans.recording import action_entry, record_required
from onestory.help.plans.states import ActionState, PlanState, action_after
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.answering import name_teams
from onestory.platform.history.actions import record_entries
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice


@dataclass(frozen=True, slots=True)
class Wanted:
    """An outcome as it is written: which part of the child's life, the worry, what is wanted, how one will know."""

    domain: str
    worry: str
    wanted: str
    how_known: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """An action as it is written. Exactly one of ``owner_team`` and ``owner_person`` (an agency's record) does it."""

    what: str
    owner_team: UUID | None = None
    owner_person: UUID | None = None
    due_on: dt.date | None = None
    measure: str = ""
    if_not: str = ""


@transaction.atomic
def add_outcome(plan_id: UUID, *, child: UUID, wanted: Wanted, team: Team, by: User, at: dt.datetime) -> PlanOutcome:
    """Write what is wanted for a child of the plan, by the record it is in the plan with. Raises CannotPlan."""
    with keeping():
        plan = _changing(plan_id, team, by)
        _check(wanted)
        if not plan.children.filter(record=child).exists():
            raise policies.CannotPlan("child", "Select a child of this plan")
        return PlanOutcome.objects.create(plan=plan, record_id=child, written_at=at, **_fields(wanted))


@transaction.atomic
def change_outcome(
    outcome_id: UUID, *, wanted: Wanted, seen: int, team: Team, by: User, at: dt.datetime
) -> PlanOutcome:
    """Write it anew. ``seen``: the version that the writer had before them. Raises CannotPlan, CannotHappen."""
    with keeping():
        outcome = PlanOutcome.objects.select_for_update().get(pk=outcome_id)
        _changing(outcome.plan_id, team, by)
        policies.check_unchanged(outcome.version, seen, "outcome")
        _check(wanted)
        for name, value in {**_fields(wanted), "version": seen + 1}.items():
            setattr(outcome, name, value)
        outcome.save()
    return outcome


def _check(wanted: Wanted) -> None:
    policies.check_outcome(domain=wanted.domain, domains=domains(), worry=wanted.worry, wanted=wanted.wanted)


def _fields(wanted: Wanted) -> dict[str, str]:
    return {
        "domain": wanted.domain,
        "worry": wanted.worry.strip(),
        "wanted": wanted.wanted.strip(),
        "how_known": wanted.how_known.strip(),
    }


@transaction.atomic
def add_action(outcome_id: UUID, *, doing: Doing, agreed: bool, team: Team, by: User, at: dt.datetime) -> PlanAction:
    """Write an action, as a draft or as agreed; agreed it needs a day, a measure and what happens if not (L1).

    In an open plan it is required from now on, and whoever does it is told. Raises CannotPlan, CannotHappen.
    """
    with keeping():
        outcome = PlanOutcome.objects.get(pk=outcome_id)
        plan = _changing(outcome.plan_id, team, by)
        action = PlanAction(plan=plan, outcome=outcome, written_at=at)
        return _write(action, doing, agreed, by, at)


@transaction.atomic
def change_action(
    action_id: UUID, *, doing: Doing, agreed: bool, seen: int, team: Team, by: User, at: dt.datetime
) -> PlanAction:
    """Write an action anew that does not stand in the chronology yet, as a draft or as agreed.

    Raises CannotPlan, CannotHappen: what was required of somebody is moved or given up, not rewritten.
    """
    with keeping():
        action = _locked(action_id)
        _changing(action.plan_id, team, by)
        policies.check_unchanged(action.version, seen, "action")
        if action.entry_id:
            raise policies.CannotHappen(
                "This stands in the chronology. Give it a new day or give it up, with a reason."
            )
        action.version = seen + 1
        return _write(action, doing, agreed, by, at)


def _write(action: PlanAction, doing: Doing, agreed: bool, by: User, at: dt.datetime) -> PlanAction:
    policies.check_action(what=doing.what, has_owner=(doing.owner_team is None) != (doing.owner_person is None))
    if doing.owner_team and doing.owner_team not in action.plan.teams:
        raise policies.CannotPlan("owner", "Select a team that is in the plan")
    if agreed:
        policies.check_may_agree(
            due_on=doing.due_on, measure=doing.measure, if_not=doing.if_not, today=timezone.localdate(at)
        )
    action.what, action.measure, action.if_not = doing.what.strip(), doing.measure.strip(), doing.if_not.strip()
    action.owner_team_id, action.owner_person_id = doing.owner_team, doing.owner_person
    action.due_on, action.state = doing.due_on, ActionState.REQUIRED if agreed else ActionState.DRAFT
    action.save()
    if agreed and action.plan.state == PlanState.OPEN:
        _require(action, by=by, at=at)
    return action


def _require(action: PlanAction, *, by: User, at: dt.datetime) -> None:
    """Have it in the chronology and in the inbox of whoever does it."""
    entry = record_required([action], action.plan, by=by, at=at)[0]
    name_teams({entry.id: action.owner_team_id}, by=by, at=at)
    _tell_owner(action, entry, by=by, at=at)


def _tell_owner(action: PlanAction, entry: Entry, *, by: User, at: dt.datetime) -> None:
    if action.owner_team:
        send_notice(
            to_team=action.owner_team,
            from_team=action.plan.owner_team,
            about=records_of(action.plan),
            kind="action",
            words=action.what,
            address=f"/plans/{action.plan_id}/actions/{action.id}",
            entry=entry,
            by=by,
            at=at,
        )


@transaction.atomic
def move_action(
    action_id: UUID, *, due_on: dt.date | None, reason: str, seen: int, team: Team, by: User, at: dt.datetime
) -> PlanAction:
    """Give what is required a new day, with a reason that stands in the chronology. Raises CannotPlan, CannotHappen."""
    with keeping():
        action = _locked(action_id)
        plan = _changing(action.plan_id, team, by)
        policies.check_unchanged(action.version, seen, "action")
        if action.state != ActionState.REQUIRED or not action.entry_id:
            raise policies.CannotHappen("Only what is still to be done gets a new day")
        if due_on is None or due_on < timezone.localdate(at):
            raise policies.CannotPlan("due_on", "Enter the new day, not in the past")
        policies.check_words(reason, "reason", "Enter why it gets a new day")
        action.due_on, action.version = due_on, seen + 1
        words = f"{action.what} New day. Why: {reason.strip()}"
        record_entries([action_entry(action, "required", words, agency=plan.agency_id, at=at)], by=by, at=at)
        action.save(update_fields=["due_on", "version"])
    return action


@transaction.atomic
def complete_action(action_id: UUID, *, evidence: str, team: Team, by: User, at: dt.datetime) -> PlanAction:
    """Say that it was done, and how one knows (L5). The commitment is kept by the same entry.

    By the team that does it, the owner of the plan, or the lead professional. Raises CannotPlan, CannotHappen.
    """
    policies.check_words(evidence, "evidence", "Enter what was done, and how you know")
    return _end(action_id, "complete", "done", evidence, team, by, at)


@transaction.atomic
def drop_action(action_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> PlanAction:
    """Give it up, with a reason that stands in the chronology. Raises CannotPlan, CannotHappen."""
    policies.check_words(reason, "reason", "Enter why it is given up")
    return _end(action_id, "drop", "dropped", reason, team, by, at)


def _end(action_id: UUID, event: str, stage: str, words: str, team: Team, by: User, at: dt.datetime) -> PlanAction:
    with keeping():
        action = _locked(action_id)
        state = action_after(action.state, event)
        if event == "drop":
            policies.check_may_change(action.plan, team_id=team.id, user_id=by.id)
        else:
            policies.check_may_end_action(action, team_id=team.id, user_id=by.id)
        if action.entry_id:
            entry = action_entry(action, stage, words.strip(), agency=team.agency_id, at=at)
            record_entries([entry], by=by, at=at)  # the row follows (following.py)
            action.refresh_from_db()
        else:
            action.state, action.evidence, action.ended_on = state, words.strip(), timezone.localdate(at)
            action.save()
    return action


def _changing(plan_id: UUID, team: Team, by: User) -> Plan:
    plan = locked(plan_id)
    policies.check_may_change(plan, team_id=team.id, user_id=by.id)
    return plan


def _locked(action_id: UUID) -> PlanAction:
    actions: Any = PlanAction.objects.select_for_update(of=("self",))
    return actions.select_related("plan__owner_team", "outcome", "owner_team__agency").get(pk=action_id)
