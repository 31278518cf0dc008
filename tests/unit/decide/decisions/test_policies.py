"""What a decision needs, each gap named with its field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onestory.decide.decisions.conditions import CONCERNS, condition_test
from onestory.decide.decisions.framework import levels, needs_approval, outcomes
from onestory.decide.decisions.policies import CannotDecide, Footing, check_decision
from onestory.decide.decisions.wording import decision_words, reply_words

WRITTEN = {
    "outcome": "assessment",
    "level": "3",
    "rationale": "Three reports in a year.",
    "considered": "An accident; nothing speaks for it.",
    "analysis": "The same since the plan closed.",
}
CLOSED = WRITTEN | {"outcome": "no_further_action", "verified": "no", "relied_on": "School, 3 May, two weeks old"}
FULL = Footing(checks_made=True, chronology_opened=True)
NO_CHECKS = Footing(checks_made=False, chronology_opened=True)


def gap(answers: dict, footing: Footing = FULL) -> str:
    with pytest.raises(CannotDecide) as refused:
        check_decision(answers, footing)
    return refused.value.field


def test_a_whole_decision_passes():
    check_decision(WRITTEN, NO_CHECKS)
    check_decision(CLOSED, NO_CHECKS)


@pytest.mark.parametrize("field", ["outcome", "level", "rationale", "considered", "analysis"])
def test_nothing_is_decided_without(field):
    assert gap(WRITTEN | {field: "  "}) == field


def test_the_chronology_must_have_been_opened():
    assert gap(WRITTEN, Footing(checks_made=True, chronology_opened=False)) == "analysis"


def test_closing_without_new_checks_says_on_which_old_ones_it_relies():
    without = {name: value for name, value in CLOSED.items() if name != "relied_on"}
    assert gap(without, NO_CHECKS) == "relied_on"
    check_decision(without, FULL)


def test_closing_says_whether_the_content_was_tested():
    assert gap(CLOSED | {"verified": ""}) == "verified"


def test_malicious_needs_source_and_content_graded_apart_and_what_was_verified():
    graded = CLOSED | {"outcome": "malicious", "verified": "yes"}
    assert gap(graded) == "source"
    graded |= {"source": "wrong_before"}
    assert gap(graded) == "content"
    assert gap(graded | {"content": "not_tested"}) == "content"
    graded |= {"content": "untrue"}
    assert gap(graded) == "verified_how"
    graded |= {"verified_how": "A visit the same day; school saw both children."}
    assert gap(graded | {"verified": "no"}) == "verified"
    check_decision(graded, FULL)


def test_information_only_needs_a_day_on_which_it_is_looked_at_again():
    assert gap(CLOSED | {"outcome": "information_only"}) == "review_on"
    check_decision(CLOSED | {"outcome": "information_only", "review_on": "1/2/2027"}, FULL)


def test_a_condition_says_what_is_to_happen():
    assert gap(WRITTEN | {"condition_when": "any_concern"}) == "condition_then"


@given(
    answers=some.fixed_dictionaries(
        {},
        optional={
            "outcome": some.sampled_from([*outcomes(), "", "other"]),
            "level": some.sampled_from([*levels(), "", "9"]),
            "rationale": some.sampled_from(["", " ", "Because"]),
            "considered": some.sampled_from(["", "Much"]),
            "analysis": some.sampled_from(["", "A pattern"]),
            "verified": some.sampled_from(["", "yes", "no"]),
            "relied_on": some.sampled_from(["", "Old ones"]),
        },
    ),
    footing=some.builds(Footing, checks_made=some.booleans(), chronology_opened=some.booleans()),
)
def test_whatever_is_written_nothing_passes_without_decision_reason_analysis_and_an_opened_chronology(answers, footing):
    try:
        check_decision(answers, footing)
    except CannotDecide:
        return
    assert answers["outcome"] in outcomes()
    assert answers["level"] in levels()
    assert all(answers[name].strip() for name in ("rationale", "considered", "analysis"))
    assert footing.chronology_opened
    if outcomes()[answers["outcome"]].closes:
        assert answers["verified"]
        assert footing.checks_made or answers["relied_on"]


def test_who_approves_is_data():
    assert needs_approval("1", "malicious")
    assert needs_approval("3", "no_further_action")
    assert not needs_approval("2", "no_further_action")
    assert not needs_approval("3", "assessment")
    assert needs_approval("4", "assessment")


def test_conditions_are_built_from_what_people_choose():
    assert condition_test({}, "child") is None
    anything = condition_test({"condition_when": "any_concern"}, "child")
    assert anything is not None
    assert (anything.kinds, anything.about) == (CONCERNS, {"child"})
    met = condition_test({"condition_when": "together", "condition_people": ["m", "f"]}, "child")
    assert met is not None
    assert met.together == {"m", "f"}
    entry = condition_test({"condition_when": "entry", "condition_factors": ["drugs_parent"]}, "child")
    assert entry is not None
    assert entry.factors == {"drugs_parent"}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"condition_when": "together", "condition_people": ["m"]}, "condition_people"),
        ({"condition_when": "entry"}, "condition_kinds"),
    ],
)
def test_a_condition_that_nothing_could_meet_is_refused(answers, field):
    with pytest.raises(CannotDecide) as refused:
        condition_test(answers, "child")
    assert refused.value.field == field


def test_what_is_told_back_is_the_outcome_and_not_the_reasons():
    said = reply_words(WRITTEN | {"reply": "Please keep a note of absences."}, outcomes())
    assert said == "Child and family assessment. Please keep a note of absences."
    assert "Three reports" in decision_words(WRITTEN, outcomes(), levels())
