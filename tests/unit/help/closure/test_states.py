"""Every move of a closure by everybody, allowed and forbidden, from the tables."""

from __future__ import annotations

import itertools

import pytest

from onestory.help.closure.states import (
    EVENTS,
    LEADING,
    LIVE,
    MAY,
    TRANSITIONS,
    Party,
    State,
    after,
    check_may,
    parties,
)
from onestory.platform.access.roles import ROLES
from onestory.platform.moves import CannotHappen

MOVES = sorted({event for events in TRANSITIONS.values() for event in events})
SECTORS = ("childrens_social_care", "early_help", "health_visiting", "school")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", MOVES)
def test_only_what_the_table_allows_happens(state: State, event: str) -> None:
    if event in TRANSITIONS[state]:
        assert after(state, event) == TRANSITIONS[state][event]
    else:
        with pytest.raises(CannotHappen, match="cannot be done"):
            after(state, event)


def test_every_state_is_reached_and_left_or_final() -> None:
    reached = {State.DRAFT} | {to for events in TRANSITIONS.values() for to in events.values()}
    assert reached == set(State) == set(TRANSITIONS)
    assert {one for one in State if not TRANSITIONS[one]} == {State.CAME_BACK, State.WITHDRAWN}
    assert set(LIVE).isdisjoint({State.CLOSED, State.CAME_BACK, State.WITHDRAWN})


def test_every_move_says_who_may() -> None:
    assert set(MOVES) <= set(MAY)
    assert set(EVENTS) - set(MOVES) == {"override"}


def test_only_a_manager_overrides_and_only_a_receiver_answers() -> None:
    assert MAY["override"] == {Party.MANAGER}
    assert {event for event, who in MAY.items() if Party.RECEIVER in who} == {"accept", "decline", "differ"}
    assert all(MAY[event] == {Party.RECEIVER} for event in ("accept", "decline", "differ"))


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("party", [*Party, None])
def test_every_event_by_every_party(event: str, party: Party | None) -> None:
    acting = frozenset({party}) if party else frozenset()
    if party in MAY[event]:
        check_may(event, acting)
    else:
        with pytest.raises(CannotHappen):
            check_may(event, acting)


EXPECTED_MANAGERS = {
    "childrens_social_care": {"social_work_manager"},
    "early_help": {"early_help_lead", "social_work_manager"},
    "health_visiting": {"safeguarding_lead"},
    "school": {"safeguarding_lead"},
}


@pytest.mark.parametrize(
    ("role", "sector", "team", "agency", "leads"),
    [
        (role, sector, team, agency, leads)
        for role, sector, (team, agency), leads in itertools.product(
            sorted(ROLES), SECTORS, [(True, True), (False, True), (False, False)], [True, False]
        )
    ],
)
def test_in_which_capacity_every_role_acts(role: str, sector: str, team: bool, agency: bool, leads: bool) -> None:
    """The lead by name, whatever the role; of the team who carry plans; of the agency who manage in its sector."""
    found = parties(role=role, sector=sector, in_owner_team=team, in_owner_agency=agency, leads=leads)
    assert (Party.LEAD in found) == (leads or (team and role in LEADING))
    assert (Party.MANAGER in found) == (agency and role in EXPECTED_MANAGERS[sector])
    assert Party.RECEIVER not in found


@pytest.mark.parametrize("role", sorted(code for code, one in ROLES.items() if "no_case_content" in one.groups))
def test_whoever_sees_no_case_content_never_acts(role: str) -> None:
    assert not parties(role=role, sector="childrens_social_care", in_owner_team=True, in_owner_agency=True, leads=False)
