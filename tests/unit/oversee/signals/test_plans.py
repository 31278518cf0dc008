"""Rules about plans, assessments and promises: each speaks, stays silent though close, and knows its edge."""

import pytest

from tests.unit.oversee.signals.family import Case, check, e

FIRST = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc hv school")
ENDED = e("q", "2021-06-10", "plan", type="child_in_need", stage="closed", agencies="csc hv school")
CASES = (
    Case(
        "same_level_plan_repeated",
        "a second child in need plan",
        (FIRST, ENDED, e("r", "2021-09-01", "plan", type="child_in_need", stage="opened")),
        speaks_on="2021-09-01",
        rests_on="p q r",
    ),
    Case(
        "same_level_plan_repeated",
        "the younger child was not in the first plan",
        (
            e("p", "2017-01-10", "plan", about="s", type="child_in_need", stage="opened"),
            e("q", "2017-06-10", "plan", about="s", type="child_in_need", stage="closed"),
            e("r", "2018-09-01", "plan", about="s c", type="child_in_need", stage="opened"),
        ),
        speaks_on="2018-09-01",
        rests_on="p q r",
    ),
    Case(
        "same_level_plan_repeated",
        "the next plan is a stronger one",
        (FIRST, ENDED, e("r", "2021-09-01", "plan", type="child_protection", stage="opened")),
        silent_on="2021-09-01",
    ),
    Case(
        "same_level_plan_repeated",
        "asked about for half a year",
        (FIRST, ENDED, e("r", "2023-06-10", "plan", type="child_in_need", stage="opened")),
        speaks_on="2023-12-10",
        silent_on="2023-12-11",
    ),
    Case(
        "same_level_plan_repeated",
        "two years later it is no repeat",
        (FIRST, ENDED, e("r", "2023-06-11", "plan", type="child_in_need", stage="opened")),
        silent_on="2023-06-11",
    ),
    Case(
        "agency_missing_from_next_plan",
        "the health visitor was in the last plan",
        (FIRST, ENDED, e("r", "2021-09-01", "plan", type="child_in_need", stage="opened", agencies="csc school")),
        speaks_on="2021-09-01",
        rests_on="r q",
    ),
    Case(
        "agency_missing_from_next_plan",
        "neither clinic nor treatment service is in the first plan",
        (
            e("x", "2020-11-01", "appointment", by="hosp", outcome="not_brought"),
            e("y", "2020-12-01", "appointment", by="sub", about="m", outcome="kept", factors="drugs_parent"),
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc school"),
        ),
        speaks_on="2021-01-10",
        rests_on="p x y",
    ),
    Case(
        "agency_missing_from_next_plan",
        "a step down may be smaller",
        (
            e("p", "2021-01-10", "plan", type="child_protection", stage="opened", agencies="csc hv police"),
            e("q", "2021-06-10", "plan", type="child_protection", stage="closed"),
            e("r", "2021-06-10", "plan", type="child_in_need", stage="opened", agencies="csc hv"),
        ),
        silent_on="2021-06-10",
    ),
    Case(
        "agency_missing_from_next_plan",
        "asked about for half a year",
        (FIRST, ENDED, e("r", "2021-09-01", "plan", type="child_in_need", stage="opened", agencies="csc school")),
        speaks_on="2022-03-03",
        silent_on="2022-03-04",
    ),
    Case(
        "plan_not_carried_out",
        "an action is past its day",
        (FIRST, e("x", "2021-02-01", "action", action="tests", stage="required", due="2021-03-01")),
        speaks_on="2021-03-02",
        rests_on="x p",
    ),
    Case(
        "plan_not_carried_out",
        "the action was done",
        (
            FIRST,
            e("x", "2021-02-01", "action", action="tests", stage="required", due="2021-03-01"),
            e("y", "2021-02-20", "action", action="tests", stage="done"),
        ),
        silent_on="2021-03-02",
    ),
    Case(
        "plan_not_carried_out",
        "on its day an action is not overdue",
        (FIRST, e("x", "2021-02-01", "action", action="tests", stage="required", due="2021-03-01")),
        silent_on="2021-03-01",
        speaks_on="2021-03-02",
    ),
    Case(
        "plan_not_carried_out",
        "a review has four weeks",
        (e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", review_due="2021-04-10"),),
        silent_on="2021-05-07",
        speaks_on="2021-05-08",
    ),
    Case(
        "plan_not_carried_out",
        "the review was held",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", review_due="2021-04-10"),
            e("r", "2021-04-12", "plan", type="child_in_need", stage="reviewed"),
        ),
        silent_on="2021-06-01",
    ),
    Case(
        "request_unanswered",
        "a welfare check that nobody answered",
        (e("x", "2021-02-01", "request", type="welfare_check", of="police", request="r1", stage="asked"),),
        speaks_on="2021-02-04",
        rests_on="x",
    ),
    Case(
        "request_unanswered",
        "declined, and nothing in its place",
        (
            e("x", "2021-02-01", "request", type="welfare_check", of="police", request="r1", stage="asked"),
            e("y", "2021-02-02", "request", by="police", type="welfare_check", request="r1", stage="declined"),
        ),
        speaks_on="2021-02-05",
        rests_on="y",
    ),
    Case(
        "request_unanswered",
        "the police went",
        (
            e("x", "2021-02-01", "request", type="welfare_check", of="police", request="r1", stage="asked"),
            e("y", "2021-02-02", "visit", by="police", outcome="seen", seen="c"),
        ),
        silent_on="2021-02-05",
    ),
    Case(
        "request_unanswered",
        "three days for a welfare check",
        (e("x", "2021-02-01", "request", type="welfare_check", of="police", stage="asked"),),
        silent_on="2021-02-03 2021-08-04",
        speaks_on="2021-02-04 2021-08-03",
    ),
    Case(
        "request_unanswered",
        "six weeks for a service",
        (e("x", "2021-02-01", "request", type="drug_test", of="sub", stage="asked"),),
        silent_on="2021-03-14",
        speaks_on="2021-03-15",
    ),
    Case(
        "assessment_without_chronology",
        "recorded as made without one",
        (e("x", "2021-02-01", "assessment", type="child_and_family", stage="completed", chronology=False),),
        speaks_on="2021-02-01",
        rests_on="x",
    ),
    Case(
        "assessment_without_chronology",
        "nothing is said about a chronology",
        (e("x", "2021-02-01", "assessment", type="child_and_family", stage="completed"),),
        silent_on="2021-02-01",
    ),
    Case(
        "assessment_without_chronology",
        "asked about for half a year",
        (e("x", "2021-02-01", "assessment", type="child_and_family", stage="completed", chronology=False),),
        speaks_on="2021-08-03",
        silent_on="2021-08-04",
    ),
    Case(
        "assessment_not_made",
        "decided on and never made",
        (
            e("a", "2021-02-01", "concern", told_by="public:neighbour"),
            e("d", "2021-02-02", "decision", outcome="assessment", on_entries="a"),
        ),
        speaks_on="2021-04-13",
        rests_on="d a",
    ),
    Case(
        "assessment_not_made",
        "completed in time",
        (
            e("d", "2021-02-02", "decision", outcome="assessment"),
            e("x", "2021-04-01", "assessment", type="child_and_family", stage="completed"),
        ),
        silent_on="2021-04-13",
    ),
    Case(
        "assessment_not_made",
        "ten weeks",
        (e("x", "2021-02-01", "assessment", type="child_and_family", stage="started"),),
        silent_on="2021-04-11",
        speaks_on="2021-04-12",
    ),
    Case(
        "protection_untested",
        "relied on at the closing",
        (
            FIRST,
            e("g1", "2021-05-01", "protective", about="g c", tested=False, evidence="for"),
            ENDED,
        ),
        speaks_on="2021-06-10",
        rests_on="g1 q",
    ),
    Case(
        "protection_untested",
        "something speaks against it",
        (
            e("g1", "2021-05-01", "protective", about="g c", evidence="for"),
            e("g2", "2021-07-01", "protective", by="amh", about="g m", evidence="against"),
        ),
        speaks_on="2021-07-01",
        rests_on="g1 g2",
    ),
    Case(
        "protection_untested",
        "it was tested",
        (FIRST, e("g1", "2021-05-01", "protective", about="g c", tested=True, evidence="for"), ENDED),
        silent_on="2021-06-10",
    ),
    Case(
        "protection_untested",
        "asked about for half a year",
        (FIRST, e("g1", "2021-05-01", "protective", about="g c", tested=False), ENDED),
        speaks_on="2021-12-10",
        silent_on="2021-12-11",
    ),
    Case(
        "order_or_safety_plan_breached",
        "contact while an order stands",
        (
            e("o", "2021-01-10", "order", by="court", about="p m", type="non_molestation", against="p", protects="m"),
            e("x", "2021-03-01", "note", by="prob", about="p m", together="p m"),
        ),
        speaks_on="2021-03-01",
        rests_on="o x",
    ),
    Case(
        "order_or_safety_plan_breached",
        "an agreement forbids it",
        (
            e("o", "2021-01-10", "agreement", about="c m p", forbids="m p"),
            e("x", "2021-03-01", "incident", by="police", about="p m", together="p m", factors="domestic_abuse_parent"),
        ),
        speaks_on="2021-03-01",
        rests_on="o x",
    ),
    Case(
        "order_or_safety_plan_breached",
        "others were together",
        (
            e("o", "2021-01-10", "order", by="court", about="p m", type="non_molestation", against="p", protects="m"),
            e("x", "2021-03-01", "note", by="prob", about="p g", together="p g"),
        ),
        silent_on="2021-03-01",
    ),
    Case(
        "order_or_safety_plan_breached",
        "before the order",
        (
            e("x", "2021-01-01", "note", by="prob", about="p m", together="p m"),
            e("o", "2021-01-10", "order", by="court", about="p m", type="non_molestation", against="p", protects="m"),
        ),
        silent_on="2021-01-10",
    ),
    Case(
        "order_or_safety_plan_breached",
        "a breach is asked about for a year",
        (e("x", "2021-03-01", "breach", by="police", about="p m c", type="bail", against="p"),),
        speaks_on="2022-03-01",
        silent_on="2022-03-02",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
