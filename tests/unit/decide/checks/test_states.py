"""Every transition of a check, allowed and forbidden, from the table."""

from __future__ import annotations

import pytest

from onestory.decide.checks.bands import band_of, bands
from onestory.decide.checks.states import OPEN, TRANSITIONS, Sort, State, after
from onestory.platform.deadlines import clock
from onestory.platform.moves import CannotHappen

EVENTS = sorted({event for table in TRANSITIONS.values() for events in table.values() for event in events})


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", EVENTS)
def test_only_what_the_table_allows_happens(sort: Sort, state: State, event: str) -> None:
    allowed = TRANSITIONS[sort].get(state, {})
    if event in allowed:
        assert after(sort, state, event) == allowed[event]
    else:
        with pytest.raises(CannotHappen, match="answered already"):
            after(sort, state, event)


@pytest.mark.parametrize("sort", Sort)
def test_every_state_is_reached_and_left_or_final(sort: Sort) -> None:
    reached = {State.ASKED} | {to for events in TRANSITIONS[sort].values() for to in events.values()}
    assert set(TRANSITIONS[sort]) <= reached
    assert set(OPEN) & reached == set(TRANSITIONS[sort])


def test_every_band_has_a_clock() -> None:
    assert [clock(one.clock).code for one in bands()] == [one.clock for one in bands()]
    assert band_of("check", "1").choice() == "A child may be at risk now (4 working hours)"
    with pytest.raises(KeyError):
        band_of("check", "today")
