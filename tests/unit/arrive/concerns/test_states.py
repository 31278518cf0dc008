"""Every move from every state by every role, against the table written down a second time."""

from __future__ import annotations

import pytest

from onestory.arrive.concerns.states import FINAL, MAY, TRANSITIONS, State, after, check_role
from onestory.platform.access.roles import ROLES
from onestory.platform.moves import CannotHappen

FRONT_DOOR = {"duty_social_worker", "out_of_hours_social_worker", "social_work_manager"}
ALLOWED = {
    ("waiting", "decide"): (FRONT_DOOR, "decided"),
    ("waiting", "propose"): (FRONT_DOOR, "approval"),
    ("waiting", "advise"): (FRONT_DOOR, "advised"),
    ("approval", "approve"): ({"social_work_manager"}, "decided"),
    ("approval", "send back"): ({"social_work_manager"}, "waiting"),
}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("event", sorted(MAY))
@pytest.mark.parametrize("state", sorted(State.values))
def test_every_move_by_every_role_from_every_state(state, event, role):
    roles, then = ALLOWED.get((state, event), (set(), None))
    if role in roles:
        check_role(role, event)
        assert after(state, event) == then
        return
    with pytest.raises(CannotHappen):
        moved(state, event, role)


def moved(state: str, event: str, role: str) -> State:
    check_role(role, event)
    return after(state, event)


def test_nothing_leaves_a_final_state_and_every_other_state_has_a_way_out():
    assert {state for state in State if not TRANSITIONS[state]} == FINAL


def test_every_move_has_an_owner():
    assert {event for moves in TRANSITIONS.values() for event in moves} == set(MAY)
    assert all(MAY[event] <= set(ROLES) for event in MAY)
