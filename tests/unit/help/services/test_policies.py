"""Who a service is for, what can come of it, and how a request moves."""

from __future__ import annotations

import pytest

from onestory.help.services.lists import results, results_of, service_types
from onestory.help.services.models import Service
from onestory.help.services.policies import fits
from onestory.help.services.states import OPEN, TRANSITIONS, WHO, State, after
from onestory.platform.history.vocabulary import FACTORS, RESTRICTIONS
from onestory.platform.moves import CannotHappen


@pytest.mark.parametrize(
    ("low", "high", "age", "says"),
    [
        (16, 19, 15, "This service is for people of 16 and over."),
        (16, 19, 16, ""),
        (16, 19, 19, ""),
        (16, 19, 20, "This service is for people of 19 and under."),
        (None, 19, 0, ""),
        (16, None, 99, ""),
        (None, None, 3, ""),
        (16, 19, None, ""),
    ],
)
def test_whether_somebody_is_of_an_age_for_it(low: int | None, high: int | None, age: int | None, says: str) -> None:
    assert fits(Service(minimum_age=low, maximum_age=high), age) == says


def test_a_request_moves_as_the_table_says_and_not_otherwise() -> None:
    assert after("asked", "wait") == State.WAITING
    assert after("waiting", "accept") == State.ACCEPTED
    assert after("accepted", "end") == State.ENDED
    with pytest.raises(CannotHappen, match="stands at: declined"):
        after("declined", "accept")
    with pytest.raises(CannotHappen):
        after("asked", "end")


def test_every_open_state_can_be_left_and_somebody_may_do_each_step() -> None:
    assert set(TRANSITIONS) == set(OPEN)
    assert {event for events in TRANSITIONS.values() for event in events} == WHO.keys()


def test_the_lists_name_what_the_record_knows() -> None:
    for one in service_types().values():
        assert not one.factor or one.factor in FACTORS
        assert not one.restricted or one.restricted in RESTRICTIONS
        assert results_of(one.code)
    assert {one.of for one in results().values()} == {"course", "test"}
    assert [one.code for one in results_of("drug_test") if one.adverse] == ["found"]
