"""Every step from every stage by every role, and the stage and clocks as the child's entries tell them."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.decide.protection.reading import running, standing_of
from onestory.decide.protection.states import MAY, TRANSITIONS, Stage, after
from onestory.platform.access.roles import ROLES
from onestory.platform.history.dates import day
from onestory.platform.history.record import Entry
from onestory.platform.moves import CannotHappen

SOCIAL_CARE = {"duty_social_worker", "out_of_hours_social_worker", "social_worker", "social_work_manager"}
MANAGER = {"social_work_manager"}
ALLOWED = {
    (Stage.NONE, "step up"): SOCIAL_CARE,
    (Stage.NONE, "discuss: enquiry"): SOCIAL_CARE,
    (Stage.NONE, "discuss: no enquiry"): MANAGER,
    (Stage.ASKED, "discuss: enquiry"): SOCIAL_CARE,
    (Stage.ASKED, "discuss: no enquiry"): MANAGER,
    (Stage.ENQUIRY, "discuss: enquiry"): SOCIAL_CARE,
    (Stage.ENQUIRY, "conference: plan"): MANAGER,
    (Stage.ENQUIRY, "conference: no plan"): MANAGER,
    (Stage.ENQUIRY, "end enquiry"): MANAGER,
    (Stage.PLAN, "step up"): SOCIAL_CARE,
    (Stage.PLAN, "discuss: enquiry"): SOCIAL_CARE,
    (Stage.PLAN, "discuss: no enquiry"): MANAGER,
}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("event", sorted(MAY))
@pytest.mark.parametrize("stage", list(Stage))
def test_every_step_by_every_role(stage, event, role):
    if role in ALLOWED.get((stage, event), set()):
        assert after(stage, event, role) is TRANSITIONS[stage][event]
        return
    with pytest.raises(CannotHappen):
        after(stage, event, role)


def entry(kind: str, on: str, **own: str) -> Entry:
    when = day(dt.date.fromisoformat(on))
    return Entry(f"{kind}-{on}", when, when, "csc", kind, ("child",), own=own)


ASKED = entry("request", "2026-05-01", type="strategy_discussion", stage="asked")
DECIDED = entry("decision", "2026-05-01", outcome="strategy_discussion")
HELD = entry("meeting", "2026-05-02", type="strategy")
BEGUN = entry("assessment", "2026-05-18", type="section_47", stage="started")
ENDED = entry("assessment", "2026-06-01", type="section_47", stage="completed")
PLAN = entry("plan", "2026-06-01", type="child_protection", stage="opened")
CLOSED = entry("plan", "2026-09-01", type="child_protection", stage="closed")


@pytest.mark.parametrize(
    ("entries", "stage"),
    [
        ((), Stage.NONE),
        ((ASKED,), Stage.ASKED),
        ((ASKED, HELD), Stage.NONE),
        ((ASKED, HELD, BEGUN), Stage.ENQUIRY),
        ((BEGUN, ENDED), Stage.NONE),
        ((BEGUN, ENDED, PLAN), Stage.PLAN),
        ((PLAN, BEGUN), Stage.PLAN),
        ((PLAN, CLOSED), Stage.NONE),
        ((DECIDED,), Stage.ASKED),
        ((DECIDED, HELD), Stage.NONE),
        ((PLAN, DECIDED), Stage.PLAN),
        ((BEGUN, DECIDED), Stage.ENQUIRY),
    ],
)
def test_the_stage_is_read_from_the_entries(entries, stage):
    assert standing_of(entries, "child").stage is stage
    assert standing_of(entries, "somebody else").stage is Stage.NONE


def test_the_clocks_of_an_enquiry_are_those_of_the_day_on_which_it_began():
    due = {one.what: (one.due_on, one.edition) for one in running(standing_of((BEGUN,), "child"))}
    # 18 May 2026 and 15 working days, over the bank holiday of 25 May; and 45.
    assert due["Child protection conference"] == (dt.date(2026, 6, 9), "Working Together 2023")
    assert due["Assessment completed"][0] == dt.date(2026, 7, 21)
