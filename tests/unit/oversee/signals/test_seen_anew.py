"""What histories that no rule had seen taught: each reasoning speaks, stays silent though close, and knows its edge."""

import datetime as dt

import pytest

from onestory.oversee.replay import replay
from onestory.platform.history.record import Relationship
from tests.unit.oversee.signals.family import TIES, Case, check, e, history

HELP = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", factors="disability_child")
HARMED = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", factors="disability_child neglect")
BRUISE = e("b", "2021-05-10", "observation", by="school", seen="c", factors="bruising")
NURSE = e("n", "2021-05-11", "visit", by="hv", outcome="seen", seen="c")
GREAT_AUNT = (*TIES, Relationship("g", "great_aunt_uncle", "c"), Relationship("g", "carer", "c"))
NEAR = tuple(row for row in GREAT_AUNT if row.relation != "grandparent")
MOVED_IN = e("h", "2021-03-01", "household", about="c m g", joined="c")
CASES = (
    Case(
        "living_with_others_not_assessed",
        "six weeks at a great-aunt's",
        (MOVED_IN,),
        speaks_on="2021-04-12",
        silent_on="2021-04-11",
        rests_on="h",
        ties=NEAR,
    ),
    Case("living_with_others_not_assessed", "a grandmother is close family", (MOVED_IN,), silent_on="2021-06-01"),
    Case(
        "living_with_others_not_assessed",
        "home again",
        (MOVED_IN, e("i", "2021-04-01", "household", about="c m", joined="c")),
        silent_on="2021-06-01",
        ties=NEAR,
    ),
    Case(
        "living_with_others_not_assessed",
        "a court has placed the child there",
        (e("o", "2021-02-20", "order", type="care", stage="made"), MOVED_IN),
        silent_on="2021-06-01",
        ties=NEAR,
    ),
    Case(
        "plan_not_carried_out",
        "a court required a test before there was a plan",
        (
            e("d", "2021-01-05", "appointment", by="sub", about="f", outcome="kept", factors="drugs_parent"),
            e("a", "2021-02-01", "action", action="test", stage="required", due="2021-03-01", factors="drugs_parent"),
            e("j", "2021-02-28", "household", joined="c"),
        ),
        speaks_on="2021-03-02",
        silent_on="2021-03-01",
        rests_on="a d j",
    ),
    Case(
        "plan_not_carried_out",
        "what an ended plan required is for the rule on closing",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened"),
            e("a", "2021-02-01", "action", action="test", stage="required", due="2021-03-01"),
            e("q", "2021-02-20", "plan", type="child_in_need", stage="closed"),
        ),
        silent_on="2021-04-01",
    ),
    Case(
        "plan_closed_with_matters_open",
        "nobody saw the child in the last months of the plan",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened"),
            e("v", "2021-02-01", "visit", outcome="seen", seen="c"),
            e("x", "2021-04-01", "appointment", by="hosp", outcome="cancelled"),
            e("q", "2021-06-04", "plan", type="child_in_need", stage="closed"),
        ),
        speaks_on="2021-06-04",
        rests_on="q v x",
    ),
    Case(
        "plan_closed_with_matters_open",
        "seen four months before the closing",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened"),
            e("v", "2021-02-02", "visit", outcome="seen", seen="c"),
            e("q", "2021-06-04", "plan", type="child_in_need", stage="closed"),
        ),
        silent_on="2021-06-04",
    ),
    Case(
        "not_shared_with_social_care",
        "a mother's beliefs about the child, told to her therapist",
        (
            e("r", "2020-11-01", "concern", told_by="family:aunt", factors="emotional_abuse"),
            e("d", "2021-01-05", "disclosure", by="amh", about="m c", told_by="self", factors="mental_health_parent"),
        ),
        speaks_on="2021-01-12",
        silent_on="2021-01-11",
        rests_on="d r",
    ),
    Case(
        "not_shared_with_social_care",
        "of her own state alone she may speak in confidence",
        (
            e("r", "2020-11-01", "concern", told_by="family:aunt", factors="emotional_abuse"),
            e("d", "2021-01-05", "disclosure", by="amh", about="m", told_by="self", factors="mental_health_parent"),
        ),
        silent_on="2021-02-01",
    ),
    Case(
        "child_out_of_view_after_concern",
        "the next school has the child",
        (
            e("r", "2020-11-01", "concern", told_by="public:neighbour", factors="neglect"),
            e("w", "2021-01-05", "withdrawal", by="school", from_="school"),
            e("a", "2021-01-07", "notice", by="nursery", stage="acknowledged", of="file", to="school"),
        ),
        silent_on="2021-01-08 2021-03-01",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_case(case: Case) -> None:
    check(case)


def asked(*entries: object, born: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """The day and the first signal of every ask."""
    asks = replay(history(entries, born)).asks  # type: ignore[arg-type]
    return [(ask.on.isoformat(), reason.signal) for ask in asks for reason in ask.reasons]


def test_a_mark_seen_to_by_a_nurse_is_no_question_under_a_plan_of_help() -> None:
    assert asked(HELP, BRUISE, NURSE, e("z", "2021-07-01", "note")) == []


def test_the_same_mark_is_a_question_under_a_plan_because_of_harm() -> None:
    signals = {signal for _, signal in asked(HARMED, BRUISE, NURSE, e("z", "2021-07-01", "note"))}
    assert "harm_continues_under_plan" in signals


def test_a_child_who_was_missing_has_four_days_for_the_return_interview() -> None:
    row = (
        e("a", "2021-01-05", "concern", told_by="public:neighbour", factors="missing"),
        e("d", "2021-01-06", "decision", outcome="no_further_action", on_entries="a"),
        e("b", "2021-03-19", "incident", by="police", factors="missing"),
    )
    spoken = e("i", "2021-03-22", "request", by="eh", stage="answered", type="return_interview", seen="c")
    late = e("z", "2021-06-01", "note")
    assert "new_harm_after_closure" in {signal for day, signal in asked(*row, late) if day == "2021-03-23"}
    assert not [day for day, _ in asked(*row, spoken, late) if day > "2021-03-10"]


def test_cancellations_are_cited_beside_what_was_missed() -> None:
    row = (
        e("v", "2020-10-14", "appointment", by="hosp", outcome="kept", seen="c"),
        e("a", "2021-01-22", "appointment", by="hosp", outcome="cancelled"),
        e("l", "2021-02-22", "absence", by="school", sessions_percent=46),
        e("b", "2021-03-05", "appointment", by="eh", outcome="declined", service="short_break"),
        e("d", "2021-06-10", "visit", by="hv", outcome="refused"),
    )
    found = Case("missed_repeatedly", "", row).found("2021-06-12")
    assert {"a", "l", "b", "d"} <= found[0].evidence


def test_a_report_dated_by_its_month_leaves_the_whole_month_in_which_the_answer_falls_due() -> None:
    concern = e("r", "2021-05", "concern", told_by="professional:school", factors="neglect")
    case = Case("child_not_seen", "", (e("v", "2020-01-10", "visit", outcome="seen", seen="c"), concern))
    assert case.found("2021-06-30") == ()
    assert case.found("2021-07-01")


def test_drink_after_advice_on_sleep_is_asked_about_again() -> None:
    row = (
        e("s", "2021-01-20", "visit", by="hv", outcome="seen", seen="c", factors="unsafe_sleep smoking"),
        e("n", "2021-02-01", "visit", by="hv", outcome="no_access"),
        e("a", "2021-02-10", "incident", by="police", about="c m", factors="alcohol_parent"),
    )
    history_of = history((*row, e("z", "2021-03-01", "note")), {"c": "2021-01-02"})
    days = [ask.on for ask in replay(history_of).asks if ask.signal == "infant_sleep"]
    assert days[0] == dt.date(2021, 1, 21)
    assert len(days) == 2
