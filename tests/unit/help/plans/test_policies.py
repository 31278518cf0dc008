"""Who draws up which plan, when an action is agreed, when a meeting's next day needs a reason: truth tables."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4

import pytest

from onestory.help.plans.policies import (
    CannotPlan,
    check_may_agree,
    check_may_start,
    check_nobody_forgotten,
    check_outcome,
    may_change,
    may_draw_up,
)
from onestory.help.plans.states import (
    ACTION_TRANSITIONS,
    PLAN_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    ActionState,
    CannotHappen,
    Kind,
    PlanState,
    ProposalState,
    action_after,
    plan_after,
    proposal_after,
)
from onestory.platform.access.roles import ROLES

TODAY = dt.date(2026, 11, 22)
SOCIAL_CARE = {"duty_social_worker", "out_of_hours_social_worker", "social_worker", "social_work_manager"}
NO_CONTENT = {"partnership_administrator", "privacy_officer", "audit_reader", "board_member"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_social_care_draws_up_statutory_plans_and_whoever_sees_cases_early_help(role: str) -> None:
    assert may_draw_up(Kind.CHILD_IN_NEED, role) is (role in SOCIAL_CARE)
    assert may_draw_up(Kind.CHILD_PROTECTION, role) is (role in SOCIAL_CARE)
    assert may_draw_up(Kind.EARLY_HELP, role) is (role not in NO_CONTENT)


def test_a_role_that_nobody_knows_draws_up_nothing() -> None:
    assert not any(may_draw_up(kind, "stranger") for kind in Kind)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"kind": "holiday"}, "kind"),
        ({"role": "teacher"}, "kind"),
        ({"children": 0}, "children"),
        ({"reasons": [" "]}, "reasons"),
        ({"kind": "early_help"}, "agreement"),
        ({"kind": "early_help", "agreement": "Her mother"}, None),
    ],
)
def test_what_a_plan_needs_to_begin(given: dict, field: str | None) -> None:
    whole = {"kind": "child_in_need", "role": "social_worker", "children": 1, "reasons": ["Why"], "agreement": ""}
    assert refused(check_may_start, **whole | given) == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - dt.timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY}, None),
        ({"measure": " "}, "measure"),
        ({"if_not": ""}, "if_not"),
    ],
)
def test_what_an_action_needs_to_be_agreed(given: dict, field: str | None) -> None:
    whole = {"due_on": TODAY + dt.timedelta(days=9), "measure": "Four visits.", "if_not": "A review.", "today": TODAY}
    assert refused(check_may_agree, **whole | given) == field


@pytest.mark.parametrize(("domain", "field"), [("safety", None), ("astrology", "domain")])
def test_an_outcome_stands_in_a_part_of_the_childs_life(domain: str, field: str | None) -> None:
    given = {"domain": domain, "domains": {"safety"}, "worry": "Noise", "wanted": "Quiet"}
    assert refused(check_outcome, **given) == field


@pytest.mark.parametrize("state", list(PlanState))
@pytest.mark.parametrize(("owns", "leads"), [(True, False), (False, True), (False, False)])
def test_the_owner_and_the_lead_change_a_plan_until_it_ends(state: PlanState, owns: bool, leads: bool) -> None:
    team, user = uuid4(), uuid4()
    plan = SimpleNamespace(state=state, owner_team_id=team if owns else uuid4(), lead_id=user if leads else uuid4())
    expected = state != PlanState.CLOSED and (owns or leads)
    assert may_change(plan, team_id=team, user_id=user) is expected  # type: ignore[arg-type]


def test_every_parent_is_answered_for_and_wider_family_need_not_be() -> None:
    how = SimpleNamespace(UNANSWERED="unanswered")
    mother = SimpleNamespace(label="Mother", is_parent=True, how="unanswered", How=how)
    aunt = SimpleNamespace(label="Aunt", is_parent=False, how="unanswered", How=how)
    assert refused(check_nobody_forgotten, [], [aunt]) is None  # type: ignore[list-item]
    assert refused(check_nobody_forgotten, [], [mother, aunt]) == "relatives"  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("table", "states", "move"),
    [
        (PLAN_TRANSITIONS, PlanState, plan_after),
        (ACTION_TRANSITIONS, ActionState, action_after),
        (PROPOSAL_TRANSITIONS, ProposalState, proposal_after),
    ],
)
def test_every_state_stands_in_its_table_and_leads_on_or_is_an_end(table, states, move) -> None:
    assert set(table) == set(states)
    events = {event for moves in table.values() for event in moves}
    for state in states:
        for event in events:
            if event in table[state]:
                assert move(state, event) == table[state][event]
            else:
                with pytest.raises(CannotHappen):
                    move(state, event)


def refused(check, *args, **given) -> str | None:
    try:
        check(*args, **given)
    except CannotPlan as problem:
        return problem.field
    return None
