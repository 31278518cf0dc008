"""What goes on record from the answers, and what goes to the tables of its own class."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.arrive.concerns.questionnaires import ALL, CONCERN, POLICE, PUBLIC, SAFER_SLEEP
from onestory.arrive.concerns.telling import telling_of

TODAY = dt.date(2026, 11, 23)
SAID = {
    "what": "He said that nobody was home all night.",
    "means": "He is alone and afraid.",
    "who_saw": "child",
    "safe": "not_known",
    "where": "At his uncle's in Bow Street",
    "parents": "risk",
    "parents_say": "Mother may take him away.",
    "factors": ["neglect", "supervision"],
}


def test_the_words_hold_question_and_answer_and_nothing_that_is_kept_apart():
    told = telling_of(CONCERN, SAID | {"who_name": "Aunt Jo, 07700 900123"}, agency="school", today=TODAY)
    assert "What was seen or said?\nHe said that nobody was home all night." in told.text
    assert "They do not know: telling them could put the child at risk" in told.text
    assert "Bow Street" not in told.text
    assert "900123" not in told.text
    assert told.location == "Where is the child now, if you know? At his uncle's in Bow Street"
    assert told.reporter.label == "Aunt Jo, 07700 900123"


def test_a_child_who_told_was_seen_and_is_the_source():
    told = telling_of(CONCERN, SAID, agency="school", today=TODAY)
    assert (told.reporter.role, told.reporter.agency, told.seen) == ("child", None, True)
    assert told.factors == {"neglect", "supervision"}
    assert told.unsafe


def test_what_a_professional_saw_names_their_agency():
    told = telling_of(CONCERN, SAID | {"who_saw": "professional"}, agency="school", today=TODAY)
    assert (told.reporter.role, told.reporter.agency) == ("professional", "school")


def test_a_police_notification_says_whether_officers_attended_and_saw_the_child():
    answers = {"what": "Shouting", "attended": "no", "child_seen": "no", "safe": "yes"}
    told = telling_of(POLICE, answers, agency="police", today=TODAY)
    assert (told.kind, dict(told.own), told.seen, told.unsafe) == ("incident", {"attended": False}, False, False)


@pytest.mark.parametrize(
    ("name", "answer", "unsafe"),
    [("own_place", "no", True), ("shared", "yes", True), ("shared", "no", False), ("smoke_drink", "not_known", False)],
)
def test_a_safer_sleep_notice_names_the_factor_that_the_rules_read(name, answer, unsafe):
    told = telling_of(SAFER_SLEEP, {name: answer, "safe": "yes"}, agency="police", today=TODAY)
    assert ("unsafe_sleep" in told.factors) is unsafe


def test_a_day_that_has_not_come_is_taken_for_today():
    assert telling_of(CONCERN, SAID | {"happened": "1/1/2030"}, agency="x", today=TODAY).happened.last == TODAY
    assert telling_of(CONCERN, SAID | {"happened": "1/1/2026"}, agency="x", today=TODAY).happened.first.year == 2026


def test_the_short_forms_ask_seven_questions_at_most():
    assert all(len(ALL[one].questions) <= 7 for one in ("police", "safer_sleep"))


def test_nobody_of_the_public_is_offered_people_to_choose_from():
    assert all(question.sort != "people" for question in PUBLIC.questions)


def test_every_form_needs_words_of_what_happened_or_answers_in_their_place():
    for form in ALL.values():
        assert any(question.needed for question in form.questions), form.code
