"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from onestory.help.plans.states import STANDING, ActionState, CannotHappen, Kind, PlanState
from onestory.platform.access.policies import NotNow
from onestory.platform.access.roles import ROLES

if TYPE_CHECKING:
    from onestory.help.plans.models import Plan, PlanAction, PlanAgency, PlanOutcome, PlanRelative

STATUTORY = (Kind.CHILD_IN_NEED, Kind.CHILD_PROTECTION)


class CannotPlan(NotNow):
    """It cannot be done as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_words(words: str, field: str, message: str) -> None:
    """Something has to be written in this field."""
    if not words.strip():
        raise CannotPlan(field, message)


def check_may_start(*, kind: str, role: str, children: int, reasons: Collection[str], agreement: str) -> None:
    """Social care draws up the statutory plans; early help rests on the family's agreement (T3.4)."""
    if kind not in Kind.values:
        raise CannotPlan("kind", "Select which plan")
    if kind in STATUTORY and not may_draw_up(kind, role):
        raise CannotPlan("kind", "Children’s social care draws up this plan. You can draw up an early help plan.")
    if not children:
        raise CannotPlan("children", "Select the children whom the plan is for")
    if not any(one.strip() for one in reasons):
        raise CannotPlan("reasons", "Enter why the plan is needed")
    if kind == Kind.EARLY_HELP and not agreement.strip():
        raise CannotPlan("agreement", "Enter who in the family agreed to early help, and how")


def may_draw_up(kind: str, role: str) -> bool:
    """Whether somebody in this role may draw up a plan of this kind."""
    groups = ROLES[role].groups if role in ROLES else frozenset({"no_case_content"})
    return "social_care" in groups if kind in STATUTORY else "no_case_content" not in groups


def may_change(plan: Plan, *, team_id: UUID, user_id: UUID) -> bool:
    """The lead professional and the team that owns the plan change it; everybody else in it proposes."""
    return plan.state in STANDING and (plan.owner_team_id == team_id or plan.lead_id == user_id)


def check_may_change(plan: Plan, *, team_id: UUID, user_id: UUID) -> None:
    """As may_change, with the sentence for whoever may not."""
    if plan.state not in STANDING:
        raise CannotHappen("This plan has ended. Nothing in it can be changed.")
    if not may_change(plan, team_id=team_id, user_id=user_id):
        raise CannotHappen("The lead professional or the team that owns the plan changes it. You can propose a change.")


def check_in_plan(plan: Plan, *, team_id: UUID) -> None:
    """Only a team that is in the plan proposes changes to it (L2)."""
    if plan.state not in STANDING:
        raise CannotHappen("This plan has ended. Nothing in it can be changed.")
    if team_id not in plan.teams:
        raise CannotHappen("Your team is not in this plan")


def check_leads(plan: Plan, *, user_id: UUID) -> None:
    """The lead professional answers what is proposed."""
    if plan.lead_id != user_id:
        raise CannotHappen("The lead professional answers what is proposed")


def check_unchanged(version: int, seen: int, what: str) -> None:
    """Of two who change the same thing the second is told, and nothing is overwritten."""
    if version != seen:
        raise CannotPlan("version", f"Somebody changed this {what} while you were writing. Read it again below.")


def check_outcome(*, domain: str, domains: Collection[str], worry: str, wanted: str) -> None:
    """An outcome says for which part of the child's life, what the worry is and what is wanted."""
    if domain not in domains:
        raise CannotPlan("domain", "Select which part of the child’s life")
    check_words(worry, "worry", "Enter what the worry is")
    check_words(wanted, "wanted", "Enter what is wanted for the child")


def check_action(*, what: str, has_owner: bool) -> None:
    """Even a draft of an action says what, and who."""
    check_words(what, "what", "Enter what is to be done")
    if not has_owner:
        raise CannotPlan("owner", "Select who does it")


def check_may_agree(*, due_on: dt.date | None, measure: str, if_not: str, today: dt.date) -> None:
    """What is agreed has a day, a measure, and what happens if the risk does not fall (L1, F5.38)."""
    if due_on is None:
        raise CannotPlan("due_on", "Enter by when. Without a day it can be saved as a draft only.")
    if due_on < today:
        raise CannotPlan("due_on", "The day by which it is done must not be in the past")
    check_words(measure, "measure", "Enter how you will know that it worked. Without it this can only be a draft.")
    check_words(if_not, "if_not", "Enter what happens if the risk does not fall")


def check_may_open(
    plan: Plan,
    *,
    children: Collection[UUID],
    outcomes: Iterable[PlanOutcome],
    actions: Iterable[PlanAction],
    agencies: Iterable[PlanAgency],
    relatives: Iterable[PlanRelative],
) -> None:
    """A plan opens when somebody leads, each child has an outcome with agreed actions, and nobody is forgotten."""
    if plan.lead_id is None:
        raise CannotPlan("lead", "Name the lead professional first")
    wanted, doing = list(outcomes), list(actions)
    if {one.record_id for one in wanted} < set(children):
        raise CannotPlan("outcomes", "Add at least one outcome for each child")
    if any(not one.how_known.strip() for one in wanted):
        raise CannotPlan("outcomes", "Say of each outcome how you will know that it is reached")
    if any(one.state == ActionState.DRAFT for one in doing):
        raise CannotPlan("actions", "Some actions are not agreed yet: give each a day and a measure, or give it up")
    if {one.id for one in wanted} - {one.outcome_id for one in doing if one.state == ActionState.REQUIRED}:
        raise CannotPlan("actions", "Add an agreed action for each outcome")
    check_nobody_forgotten(agencies, relatives)


def check_nobody_forgotten(agencies: Iterable[PlanAgency], relatives: Iterable[PlanRelative]) -> None:
    """Each agency that was relied on is in or left out with a reason; each parent was invited, or why not (P7, L2)."""
    unanswered = [one.label for one in relatives if one.is_parent and one.how == one.How.UNANSWERED]
    if unanswered:
        raise CannotPlan("relatives", f"Say whether you invited, or why not: {'; '.join(unanswered)}")
    silent = [one.agency.name for one in agencies if one.how == one.How.LEFT_OUT and not one.reason.strip()]
    if silent:
        raise CannotPlan("agencies", f"Say why they are left out: {'; '.join(silent)}")


def check_may_end_action(action: PlanAction, *, team_id: UUID, user_id: UUID) -> None:
    """Whoever does it, or whoever may change the plan, says that it is done; the plan has begun."""
    plan = action.plan
    if plan.state != PlanState.OPEN:
        raise CannotHappen("This plan is not open")
    if action.owner_team_id != team_id and not may_change(plan, team_id=team_id, user_id=user_id):
        raise CannotHappen("The team that does it, or the lead professional, says that it is done")


def check_agreement(
    *, terms: str, breach_leads_to: str, agreed_on: dt.date | None, signed: int, today: dt.date
) -> None:
    """An agreement says what is agreed, what a breach leads to, and who signed (L3, F5.8)."""
    check_words(terms, "terms", "Enter what is agreed")
    check_words(breach_leads_to, "breach_leads_to", "Enter what a breach leads to")
    if agreed_on is None or agreed_on > today:
        raise CannotPlan("agreed_on", "Enter the day on which it was agreed, not in the future")
    if not signed:
        raise CannotPlan("signatures", "Select who signed it")


def check_may_end(*, ended: bool, reason: str) -> None:
    """An agreement ends once, with a reason: nobody finds later that it had gone in silence (L3, F5.8)."""
    check_words(reason, "reason", "Enter the reason")
    if ended:
        raise CannotHappen("It has ended already")
