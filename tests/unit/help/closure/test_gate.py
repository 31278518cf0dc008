"""The gate: no reason, action, child or receiver is passed over, save by a manager who says why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onestory.help.closure.gate import (
    RECORD_FIELDS,
    ActionAsked,
    AgencyAsked,
    ChildAsked,
    Evidence,
    Ground,
    Key,
    Part,
    ReasonAsked,
    ReceiverAsked,
    StillOpen,
    check_may_close,
    check_may_send,
    left,
    points,
)

DAY = dt.date(2018, 4, 3)
RECORD = dict.fromkeys(RECORD_FIELDS, "Written.")


def ground(**what: Any) -> Ground:
    """A plan that may end, but for what is given."""
    whole: dict[str, Any] = {
        "reasons": (ReasonAsked("contact", "Contact with Father goes on."),),
        "actions": (ActionAsked("tests", "Mother completes a set of drug tests.", "done", "Four of four, negative."),),
        "children": (ChildAsked("f", "F", DAY, True),),
        "agencies": (AgencyAsked("hv", "Health Visiting", "Named in a plan, December 2017", True),),
        "receivers": (ReceiverAsked("r", "Health Visiting East", "accepted"),),
        "record": RECORD,
        "analysis": "The same since the first plan.",
        "chronology_opened": True,
        "said": {("reason", "contact"): Evidence(True, "None since January.", "Police", DAY)},
        "overridden": (),
    }
    return Ground(**whole | what)


def still(what: Ground) -> list[str]:
    return [one.why_not for one in left(what, closing=True)]


def test_a_plan_with_everything_answered_may_end():
    check_may_send(ground())
    check_may_close(ground())


def test_the_second_plan_is_stopped_by_the_tests_the_contact_and_health():
    second = ground(
        actions=(ActionAsked("tests", "Mother completes a set of drug tests.", "required"),),
        agencies=(AgencyAsked("hv", "Health Visiting", "Promised after-care, December 2017", False),),
        said={},
    )
    assert still(second) == [
        "Nobody has answered: Contact with Father goes on.",
        "Required, and not recorded as done: Mother completes a set of drug tests.",
        "Health Visiting is not told: Promised after-care, December 2017.",
    ]
    with pytest.raises(StillOpen, match="drug tests") as refused:
        check_may_send(second)
    assert [one.part for one in refused.value.points] == [Part.REASON, Part.ACTION, Part.AGENCY]


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(False, "It went on.", "Police", DAY),
        Evidence(True, "", "Police", DAY),
        Evidence(True, "None.", " ", DAY),
        Evidence(True, "None.", "Police", None),
    ],
)
def test_a_reason_needs_words_with_a_source_and_a_day(evidence: Evidence):
    assert len(still(ground(said={("reason", "contact"): evidence}))) == 1


def test_an_entry_is_evidence_by_itself():
    assert still(ground(said={("reason", "contact"): Evidence(True, entry=True)})) == []


@pytest.mark.parametrize(("state", "said"), [("required", "not recorded as done"), ("dropped", "Given up")])
def test_giving_an_action_up_does_not_open_the_gate(state: str, said: str):
    asked = ground(actions=(ActionAsked("tests", "Drug tests.", state, "Too costly."),))
    assert said in still(asked)[0]


def test_done_without_evidence_is_not_done():
    assert len(still(ground(actions=(ActionAsked("tests", "Drug tests.", "done", " "),)))) == 1


def test_a_child_must_have_been_seen_lately():
    assert still(ground(children=(ChildAsked("f", "F", DAY, False), ChildAsked("s", "S", None, False)))) == [
        "F was last seen too long ago.",
        "No entry says that S was seen.",
    ]


def test_the_chronology_is_opened_and_then_analysed():
    assert still(ground(chronology_opened=False)) == ["Whoever ends the plan has not opened the chronology."]
    assert still(ground(analysis="  ")) == ["Nobody has written what the chronology shows."]


@pytest.mark.parametrize("answer", ["waiting", "declined", "differs"])
def test_the_record_may_be_sent_before_the_answers_and_not_closed(answer: str):
    asked = ground(receivers=(ReceiverAsked("r", "Health Visiting East", answer),))
    check_may_send(asked)
    with pytest.raises(StillOpen, match="Health Visiting East has not"):
        check_may_close(asked)


@pytest.mark.parametrize("name", RECORD_FIELDS)
def test_nobody_can_end_a_plan_without_the_record(name: str):
    asked = ground(record=RECORD | {name: ""}, overridden={("record", name)})
    assert [one.may_be_overridden for one in left(asked, closing=False)] == [False]


def test_a_record_for_nobody_is_none():
    assert still(ground(receivers=(), overridden={("record", "receivers")})) == ["Say who goes on, and with what."]


TRUTH = some.booleans()
STATES = some.sampled_from(["done", "required", "dropped"])
ANSWERS = some.sampled_from(["accepted", "waiting", "declined", "differs"])


@given(
    reasons=some.lists(TRUTH, max_size=4),
    actions=some.lists(STATES, max_size=4),
    children=some.lists(TRUTH, max_size=4),
    receivers=some.lists(ANSWERS, max_size=4),
    data=some.data(),
)
def test_no_plan_ends_with_an_unanswered_point_save_by_a_managers_override(reasons, actions, children, receivers, data):
    """Told apart from the gate: a list of what is answered, made beside it."""
    answered = {
        **{("reason", str(number)): met for number, met in enumerate(reasons)},
        **{("action", str(number)): state == "done" for number, state in enumerate(actions)},
        **{("child", str(number)): seen for number, seen in enumerate(children)},
        **{("receiver", str(number)): one == "accepted" for number, one in enumerate(receivers)},
        ("record", "receivers"): bool(receivers),
    }
    overridden: Collection[Key] = data.draw(some.sets(some.sampled_from(sorted(answered))))
    asked = ground(
        reasons=tuple(ReasonAsked(str(number), "A reason") for number in range(len(reasons))),
        actions=tuple(ActionAsked(str(number), "An action", state, "How.") for number, state in enumerate(actions)),
        children=tuple(ChildAsked(str(number), "A child", DAY, seen) for number, seen in enumerate(children)),
        receivers=tuple(ReceiverAsked(str(number), "A team", one) for number, one in enumerate(receivers)),
        said={("reason", str(number)): Evidence(met, "Said.", "School", DAY) for number, met in enumerate(reasons)},
        overridden=overridden,
    )
    kept = {
        key
        for key, is_answered in answered.items()
        if not is_answered and (key not in overridden or key[0] == "record")
    }
    assert {one.key for one in left(asked, closing=True)} == kept
    if kept:
        with pytest.raises(StillOpen):
            check_may_close(asked)
    else:
        check_may_close(asked)


def test_every_sort_of_point_is_asked_for():
    assert {one.part for one in points(ground())} == set(Part)
    assert dataclasses.is_dataclass(points(ground())[0])
