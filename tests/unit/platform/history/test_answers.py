"""What answers evidence and how firmly, at the edge of each window; what an entry says of harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onestory.platform.history.answers import Answered
from onestory.platform.history.dates import parse_when
from onestory.platform.history.earlier import evidence_among
from onestory.platform.history.evidence import Weight
from onestory.platform.history.record import Entry
from onestory.platform.history.story import build_story
from tests.unit.oversee.signals.family import day_of, e, history

OPEN, SOFT, UP, FIRM = Answered.OPEN, Answered.SOFT, Answered.TAKEN_UP, Answered.FIRM
HURT = e("a", "2021-03-01", "concern", told_by="family:aunt", factors="physical_abuse_adult")
NEGLECT = e("a", "2021-03-01", "concern", told_by="family:aunt", factors="neglect")
SAID = e("a", "2021-03-20", "voice", by="school", factors="physical_abuse_adult")


def answered(*entries: Entry, on: str = "2022-12-31") -> Answered:
    """How firmly the evidence called ``a`` is answered on a day."""
    story = build_story(history(entries), "c", day_of(on))
    return story.answered(next(item for item in story.evidence if item.id == "a"))


@pytest.mark.parametrize(
    ("evidence", "entry", "firmness"),
    [
        (NEGLECT, e("b", "2021-08-31", "tool", tool="neglect"), FIRM),
        (NEGLECT, e("b", "2021-09-01", "tool", tool="neglect"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "tool", about="s", tool="neglect"), OPEN),
        (HURT, e("b", "2021-04-01", "tool", tool="neglect"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "assessment", type="early_help", stage="started", tools="neglect"), FIRM),
        (NEGLECT, e("b", "2021-06-29", "assessment", type="child_and_family", stage="completed"), SOFT),
        (NEGLECT, e("b", "2021-06-30", "assessment", type="child_and_family", stage="completed"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "assessment", type="child_and_family", stage="started"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "assessment", type="early_help", stage="completed", covers="neglect"), SOFT),
        (NEGLECT, e("b", "2021-04-01", "assessment", type="early_help", stage="completed", covers="hunger"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "assessment", type="court_report", stage="completed"), OPEN),
        (NEGLECT, e("b", "2021-04-01", "assessment", by="hosp", type="medical", stage="completed"), OPEN),
        (HURT, e("b", "2021-03-03", "assessment", by="hosp", type="medical", stage="completed"), FIRM),
        (HURT, e("b", "2021-03-03", "assessment", by="hosp", about="s", type="medical", stage="completed"), OPEN),
        (
            HURT,
            e("b", "2021-03-03", "assessment", by="hosp", type="medical", stage="completed", factors="bruising"),
            OPEN,
        ),
        (HURT, e("b", "2021-04-12", "meeting", type="strategy"), UP),
        (HURT, e("b", "2021-04-13", "meeting", type="strategy"), OPEN),
        (HURT, e("b", "2021-04-12", "meeting", type="taf"), OPEN),
        (HURT, e("b", "2021-08-31", "plan", type="child_in_need", stage="opened"), UP),
        (HURT, e("b", "2021-09-01", "plan", type="child_in_need", stage="opened"), OPEN),
        (HURT, e("b", "2021-04-01", "plan", about="s", type="child_in_need", stage="opened"), OPEN),
        (HURT, e("b", "2021-04-12", "visit", outcome="seen", seen="c", seen_alone="c"), FIRM),
        (HURT, e("b", "2021-04-13", "visit", outcome="seen", seen="c", seen_alone="c"), OPEN),
        (HURT, e("b", "2021-03-05", "visit", outcome="seen", seen="c"), OPEN),
        (HURT, e("b", "2021-03-05", "visit", by="hv", outcome="seen", seen="c"), SOFT),
        (HURT, e("b", "2021-03-05", "attendance", by="hosp", seen="c", seen_alone="c"), OPEN),
        (NEGLECT, e("b", "2021-03-05", "visit", outcome="seen", seen="s", about="c s"), OPEN),
        (NEGLECT, e("b", "2021-04-12", "check", asked="school", answered="school", result="nothing_adverse"), SOFT),
        (NEGLECT, e("b", "2021-04-13", "check", asked="school", answered="school", result="nothing_adverse"), OPEN),
        (NEGLECT, e("b", "2021-03-05", "check", asked="school", answered="school", result="adverse"), OPEN),
        (NEGLECT, e("b", "2021-03-05", "check", asked="school"), OPEN),
        (NEGLECT, e("b", "2021-03-05", "decision", outcome="advice", verified=True), FIRM),
        (NEGLECT, e("b", "2021-03-05", "decision", outcome="section_47"), UP),
        (NEGLECT, e("b", "2021-03-05", "decision", outcome="advice", checks_done=True), SOFT),
        (NEGLECT, e("b", "2021-03-05", "decision", outcome="advice"), OPEN),
        (NEGLECT, e("b", "2021-04-12", "decision", outcome="advice", checks_done=True), SOFT),
        (NEGLECT, e("b", "2021-04-13", "decision", outcome="advice", checks_done=True), OPEN),
        (NEGLECT, e("b", "2021-03-05", "decision", about="s", outcome="advice", checks_done=True), OPEN),
        (NEGLECT, e("b", "2021-03-05", "decision", outcome="advice", on_entries="z", checks_done=True), OPEN),
        (NEGLECT, e("b", "2022-03-05", "decision", outcome="advice", on_entries="a", checks_done=True), SOFT),
        (SAID, e("b", "2021-03-01", "meeting", type="strategy"), UP),
        (SAID, e("b", "2021-02-20", "meeting", type="strategy"), UP),
        (SAID, e("b", "2021-02-19", "meeting", type="strategy"), OPEN),
        (SAID, e("b", "2021-03-01", "meeting", type="conference"), OPEN),
        (SAID, e("b", "2021-03-01", "meeting", about="s", type="strategy"), OPEN),
        (HURT, e("b", "2021-02-20", "meeting", type="strategy"), OPEN),
    ],
    ids=lambda one: f"{one.kind}-{one.known}" if isinstance(one, Entry) else str(one),
)
def test_an_entry_answers_as_firmly_as_it_can(evidence: Entry, entry: Entry, firmness: Answered) -> None:
    assert answered(evidence, entry) is firmness


def test_an_answer_counts_from_the_day_on_which_it_is_known() -> None:
    seen = e("b", "2021-03-05", "visit", known="2021-04-01", outcome="seen", seen="c", seen_alone="c")
    assert answered(NEGLECT, seen, on="2021-03-31") is OPEN
    assert answered(NEGLECT, seen, on="2021-04-01") is FIRM


def test_what_was_closed_untested_is_not_answered_softly() -> None:
    soft = e("b", "2021-03-05", "decision", outcome="advice", on_entries="a", checks_done=True)
    untested = e("d", "2021-03-06", "decision", outcome="closed", on_entries="a", verified=False)
    firm = e("f", "2021-03-07", "visit", outcome="seen", seen="c", seen_alone="c")
    assert answered(NEGLECT, soft, untested) is OPEN
    assert answered(NEGLECT, soft, untested, firm) is FIRM


def test_soft_answers_do_not_count_under_a_plan_because_of_harm_or_after_a_breach() -> None:
    plan = e("p", "2021-01-01", "plan", type="child_in_need", stage="opened")
    breach = e("x", "2020-04-01", "breach", against="f")
    old = e("x", "2020-02-29", "breach", against="f")
    soft = e("b", "2021-03-05", "decision", outcome="advice", checks_done=True)
    assert answered(plan, NEGLECT, soft) is OPEN
    assert answered(breach, NEGLECT, soft) is OPEN
    assert answered(old, NEGLECT, soft) is SOFT


def test_a_medical_cause_is_softer_in_a_child_with_reports_within_a_year() -> None:
    cleared = e("b", "2021-03-03", "assessment", by="hosp", type="medical", stage="completed")
    earlier = e("r", "2020-03-01", "concern", told_by="public:neighbour", factors="neglect")
    older = e("r", "2020-02-29", "concern", told_by="public:neighbour", factors="neglect")
    assert answered(earlier, HURT, cleared) is SOFT
    assert answered(older, HURT, cleared) is FIRM


@pytest.mark.parametrize(
    ("entry", "weight"),
    [
        (e("a", "2021-01-01", "disclosure", told_by="child", factors="bruising"), Weight.HARM),
        (e("a", "2021-01-01", "disclosure", told_by="child"), Weight.REPORT),
        (e("a", "2021-01-01", "disclosure", factors="bruising"), Weight.HARM),
        (e("a", "2021-01-01", "disclosure", about="m", factors="alcohol_parent"), Weight.SIGN),
        (e("a", "2021-01-01", "disclosure", about="m", told_by="self", factors="alcohol_parent"), Weight.SIGN),
        (e("a", "2021-01-01", "disclosure", about="m", told_by="family:aunt", factors="alcohol_parent"), Weight.REPORT),
        (e("a", "2021-01-01", "disclosure", about="m", told_by="self", factors="mental_health_parent"), None),
        (e("a", "2021-01-01", "injury", explained="consistent"), Weight.SIGN),
        (e("a", "2021-01-01", "injury", explained="unexplained"), Weight.HARM),
        (e("a", "2021-01-01", "injury", about="m"), Weight.SIGN),
        (e("a", "2021-01-01", "injury", about="m", factors="domestic_abuse_parent"), Weight.REPORT),
        (e("a", "2021-01-01", "incident", about="m"), None),
        (e("a", "2021-01-01", "incident", about="m", factors="alcohol_parent"), Weight.REPORT),
        (e("a", "2021-01-01", "concern", told_by="self:mother", factors="neglect"), None),
        (e("a", "2021-01-01", "appointment", outcome="kept", factors="neglect"), None),
        (e("a", "2021-01-01", "appointment", outcome="kept", factors="hunger"), Weight.SIGN),
        (e("a", "2021-01-01", "appointment", outcome="not_brought", factors="neglect"), Weight.SIGN),
        (e("a", "2021-01-01", "note", by="police", factors="other"), Weight.SIGN),
        (e("a", "2021-01-01", "note", by="school", factors="other"), None),
        (e("a", "2021-01-01", "check", asked="police", result="adverse"), Weight.SIGN),
        (e("a", "2021-01-01", "assessment", type="medical", factors="bruising"), Weight.HARM),
        (e("a", "2021-01-01", "assessment", type="early_help", factors="bruising"), None),
    ],
    ids=lambda one: f"{one.kind}-{one.known}" if isinstance(one, Entry) else str(one),
)
def test_an_entry_weighs_what_it_says_of_harm(entry: Entry, weight: Weight | None) -> None:
    story = build_story(history([entry]), "c", day_of("2022-01-01"))
    assert [item.weight for item in story.evidence] == ([] if weight is None else [weight])


def test_under_a_protection_plan_another_conference_takes_nothing_up_and_a_strategy_discussion_does() -> None:
    plan = e("p", "2021-01-01", "plan", type="child_protection", stage="opened")
    conference, strategy = (e("b", "2021-03-05", "meeting", type=one) for one in ("conference", "strategy"))
    assert answered(HURT, conference) is UP
    assert answered(plan, HURT, conference) is OPEN
    assert answered(plan, HURT, strategy) is UP


def test_a_decision_written_down_just_before_what_it_names_answers_it_and_one_that_names_nothing_does_not() -> None:
    naming = e("d", "2021-03-01", "decision", outcome="advice", on_entries="a", verified=True)
    silent = e("d", "2021-03-01", "decision", outcome="advice", verified=True)
    assert answered(naming, NEGLECT) is FIRM
    assert answered(silent, NEGLECT) is OPEN
    assert answered(NEGLECT, silent) is FIRM


HUNGRY = e("a", "2021-03-01", "observation", by="school", factors="hunger")
MEDICAL = e("m", "2021-03-03", "assessment", by="hosp", type="medical", stage="completed")


@pytest.mark.parametrize(
    ("evidence", "entry", "by"),
    [
        (e("a", "2021-03-01", "injury", by="nursery", explained="consistent"), None, "a"),
        (NEGLECT, e("b", "2021-04-01", "tool", tool="neglect"), "b"),
        (HUNGRY, MEDICAL, "m"),
        (e("a", "2021-03-08", "voice", factors="neglect"), e("t", "2021-03-01", "meeting", type="strategy"), "t"),
    ],
)
def test_an_answer_says_which_entry_it_is(evidence: Entry, entry: Entry | None, by: str) -> None:
    told = build_story(history([evidence, *([entry] if entry else [])]), "c", day_of("2022-12-31"))
    answer = told.answer(next(item for item in told.evidence if item.id == "a"))
    assert answer is not None
    assert answer.by == by


def test_a_medical_answers_hunger_too_which_is_a_mere_sign() -> None:
    assert answered(HUNGRY, MEDICAL) is FIRM
    assert answered(e("a", "2021-03-01", "observation", by="school", factors="hygiene"), MEDICAL) is OPEN


def test_of_answers_that_are_equally_firm_the_first_is_named() -> None:
    told = build_story(history([NEGLECT, *(e(n, "2021-04-01", "tool", tool="neglect") for n in "bd")]), "c", LATER)
    answer = told.answer(told.evidence[0])
    assert answer is not None
    assert answer.by == "b"


def test_evidence_is_found_among_ids_also_where_something_was_corrected() -> None:
    told = (NEGLECT, HURTS_LATER, e("n", "2021-06-01", "note"), e("n2", "2021-06-01", "note", known="2021-07-01"))
    corrected = (*told[:3], replace(told[3], supersedes="n"))
    for entries in (told, corrected):
        story = build_story(history(entries), "c", LATER)
        assert [item.id for item in evidence_among(story, ["h", "n"])] == ["h"]
        assert [item.id for item in evidence_among(story, ["h", "a"])] == ["a", "h"]


HURTS_LATER = replace(HURT, id="h", known=parse_when("2021-05-01"), happened=parse_when("2021-05-01"))
LATER = day_of("2022-12-31")
