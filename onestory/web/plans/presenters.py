"""A plan as it is read: child by child, with what is overdue, what is missing, who is in it. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onestory.help.plans.domains import domain_words
from onestory.help.plans.models import Plan, PlanAction, PlanAgency, PlanChild, PlanOutcome, PlanRelative
from onestory.help.plans.policies import CannotPlan, check_may_open
from onestory.help.plans.states import ActionState, PlanState
from onestory.platform.ui.wording import day_words, due_words

TONES = {PlanState.DRAFT: "review", PlanState.OPEN: "contact", PlanState.CLOSED: "done"}
ACTION_TONES = {ActionState.DRAFT: "review", ActionState.REQUIRED: "", ActionState.DONE: "done"}


@dataclass(frozen=True, slots=True)
class ActionShown:
    """One action: who, by when, how it is measured, where it stands."""

    id: str
    what: str
    owner: str
    due: str
    late: bool
    measure: str
    if_not: str
    state: str
    tone: str
    evidence: str
    open: bool


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """One outcome with its actions."""

    id: str
    domain: str
    worry: str
    wanted: str
    how_known: str
    actions: tuple[ActionShown, ...]


@dataclass(frozen=True, slots=True)
class ChildShown:
    """One child: what they say, and what is planned for them."""

    id: str
    name: str
    words: str
    outcomes: tuple[OutcomeShown, ...]


@dataclass(frozen=True, slots=True)
class RelativeShown:
    """Somebody of the family: whether they take part, and what they undertook."""

    id: str
    name: str
    relation: str
    says: str
    words: str
    actions: int
    unanswered: bool


def children_shown(plan: Plan, today: dt.date) -> list[ChildShown]:
    """Each child with its outcomes, the eldest first."""
    names = names_in(plan)
    children = sorted(plan.children.all(), key=lambda one: (one.born, one.label))
    outcomes = list(plan.outcomes.all())
    return [ChildShown(str(one.id), one.label, one.words, _of(one, outcomes, names, today)) for one in children]


def names_in(plan: Plan) -> dict[str, str]:
    """How the plan names the people in it, by their records."""
    relatives = {str(one.record_id): one.label for one in plan.relatives.all()}
    return relatives | {str(one.record_id): one.label for one in plan.children.all()}


def _of(
    child: PlanChild, outcomes: list[PlanOutcome], names: Mapping[str, str], today: dt.date
) -> tuple[OutcomeShown, ...]:
    return tuple(
        OutcomeShown(
            str(one.id),
            domain_words(one.domain),
            one.worry,
            one.wanted,
            one.how_known,
            tuple(action_shown(action, names, today) for action in one.actions.all()),
        )
        for one in outcomes
        if one.record_id == child.record_id
    )


def action_shown(action: PlanAction, names: Mapping[str, str], today: dt.date) -> ActionShown:
    """One action as it is read."""
    state = ActionState(action.state)
    late = state == ActionState.REQUIRED and bool(action.due_on) and action.due_on < today  # type: ignore[operator]
    owner = str(action.owner_team) if action.owner_team else names.get(str(action.owner_person_id), "Somebody else")
    waits = state in (ActionState.DRAFT, ActionState.REQUIRED)
    return ActionShown(
        id=str(action.id),
        what=action.what,
        owner=owner,
        due=due_words(action.due_on, today) if waits else f"{state.label} {day_words(action.ended_on)}",
        late=late,
        measure=action.measure,
        if_not=action.if_not,
        state="Overdue" if late else state.label,
        tone="act" if late else ACTION_TONES.get(state, "other"),
        evidence=action.evidence,
        open=waits,
    )


def relatives_shown(plan: Plan) -> list[RelativeShown]:
    """Everybody of the family, parents first, with how they take part (P7, F5.30)."""
    own = [str(one.owner_person_id) for outcome in plan.outcomes.all() for one in outcome.actions.all()]
    return [
        RelativeShown(
            str(one.id),
            one.label,
            one.relation,
            _takes_part(one),
            one.words,
            own.count(str(one.record_id)),
            one.how == one.How.UNANSWERED,
        )
        for one in plan.relatives.all()
    ]


def _takes_part(one: PlanRelative) -> str:
    if one.how == one.How.UNANSWERED:
        return "Not answered yet: invited, or why not?" if one.is_parent else "Could be invited"
    if one.how == one.How.NOT_INVITED:
        return f"Not invited. {one.reason}"
    seen = f"seen {day_words(one.seen_on)}" if one.seen_on else f"not seen. {one.not_seen_because}"
    return f"Invited, {seen}"


def members(plan: Plan) -> list[PlanAgency]:
    """The agencies that are in the plan."""
    return [one for one in plan.agencies.all() if one.how == PlanAgency.How.MEMBER]


def left_out(plan: Plan) -> list[PlanAgency]:
    """The agencies that were left out, with the reasons."""
    return [one for one in plan.agencies.all() if one.how == PlanAgency.How.LEFT_OUT]


def missing(plan: Plan) -> str:
    """What has to be done before the plan can open: one sentence; nothing where it can."""
    outcomes = list(plan.outcomes.all())
    try:
        check_may_open(
            plan,
            children=[one.record_id for one in plan.children.all()],
            outcomes=outcomes,
            actions=[action for one in outcomes for action in one.actions.all()],
            agencies=plan.agencies.all(),
            relatives=plan.relatives.all(),
        )
    except CannotPlan as problem:
        return str(problem)
    return ""


def summary(plan: Plan, today: dt.date) -> list[tuple[str, str]]:
    """What is read first."""
    lead = f"{plan.lead}, {plan.lead_team}" if plan.lead else "Not named yet"
    rows = [("Lead professional", lead), ("Drawn up by", str(plan.owner_team))]
    if plan.opened_on:
        rows.append(("Opened", day_words(plan.opened_on)))
    if plan.state == PlanState.OPEN:
        rows.append(("Next review", due_words(plan.review_due, today)))
    if plan.closed_on:
        rows.append(("Ended", day_words(plan.closed_on)))
    if plan.agreement:
        rows.append(("The family’s agreement", plan.agreement))
    return rows
