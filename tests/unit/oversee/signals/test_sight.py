"""Rules about being seen, being brought and being known of: each speaks, stays silent though close, knows its edge."""

import pytest

from onestory.oversee.signals.rule import Level
from tests.unit.oversee.signals.family import Case, check, e

REPORT = e("a", "2021-03-01", "concern", told_by="public:neighbour", factors="neglect")
PLAN = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc hv school")
CASES = (
    Case(
        "child_out_of_view_after_concern",
        "taken out of school weeks after a report",
        (REPORT, e("w", "2021-04-01", "withdrawal", by="school", from_="school")),
        speaks_on="2021-04-04",
        rests_on="a w",
    ),
    Case(
        "child_out_of_view_after_concern",
        "nobody opened the door twice, under a plan",
        (
            PLAN,
            e("x", "2021-04-01", "visit", outcome="no_access"),
            e("y", "2021-04-03", "visit", outcome="no_access"),
        ),
        speaks_on="2021-04-03",
        rests_on="p x y",
    ),
    Case(
        "child_out_of_view_after_concern",
        "the child was seen days later",
        (
            REPORT,
            e("w", "2021-04-01", "withdrawal", by="school", from_="school"),
            e("v", "2021-04-03", "visit", outcome="seen", seen="c"),
        ),
        silent_on="2021-04-04",
    ),
    Case(
        "child_out_of_view_after_concern",
        "home education without any concern",
        (e("w", "2021-04-01", "withdrawal", by="school", from_="school"),),
        silent_on="2021-04-04 2021-06-01",
    ),
    Case(
        "child_out_of_view_after_concern",
        "three days to see the child, a year to ask",
        (REPORT, e("w", "2021-04-01", "withdrawal", by="school", from_="school")),
        silent_on="2021-04-03 2022-04-02",
        speaks_on="2021-04-04 2022-04-01",
    ),
    Case(
        "missed_repeatedly",
        "not brought three times",
        tuple(e(f"x{n}", f"2021-0{n}-01", "appointment", by="gp", outcome="not_brought") for n in (3, 4, 5)),
        speaks_on="2021-05-01",
        rests_on="x3 x4 x5",
        level=Level.REVIEW,
    ),
    Case(
        "missed_repeatedly",
        "twice at different services is only a note where nothing else is known",
        (
            e("x", "2021-03-01", "appointment", by="gp", service="asthma", outcome="not_brought"),
            e("y", "2021-04-01", "appointment", by="hosp", service="eyes", outcome="not_brought"),
        ),
        speaks_on="2021-04-01",
        level=Level.NOTE,
    ),
    Case(
        "missed_repeatedly",
        "brought in between",
        (
            e("x", "2021-03-01", "appointment", by="gp", outcome="not_brought"),
            e("y", "2021-04-01", "appointment", by="gp", outcome="not_brought"),
            e("k", "2021-04-20", "appointment", by="gp", outcome="kept", seen="c"),
            e("z", "2021-05-01", "appointment", by="gp", outcome="not_brought"),
        ),
        silent_on="2021-05-01",
    ),
    Case(
        "missed_repeatedly",
        "asked about for a year",
        tuple(e(f"x{n}", f"2021-0{n}-01", "appointment", by="gp", outcome="not_brought") for n in (3, 4, 5)),
        speaks_on="2022-05-01",
        silent_on="2022-05-02",
    ),
    Case(
        "child_not_seen",
        "a small child unseen for half a year while a report stands",
        (
            e("v", "2021-01-15", "appointment", by="hv", outcome="kept", seen="c"),
            REPORT,
        ),
        born={"c": "2018-05-10"},
        speaks_on="2021-07-17",
        rests_on="v a",
    ),
    Case(
        "child_not_seen",
        "nobody reported anything",
        (e("v", "2021-01-15", "appointment", by="hv", outcome="kept", seen="c"),),
        silent_on="2021-07-17 2022-01-17",
    ),
    Case(
        "child_not_seen",
        "the report was checked",
        (
            e("v", "2021-01-15", "appointment", by="hv", outcome="kept", seen="c"),
            REPORT,
            e("x", "2021-03-02", "check", asked="school", answered="school", result="nothing_adverse"),
        ),
        silent_on="2021-07-17",
    ),
    Case(
        "child_not_seen",
        "half a year under five",
        (e("v", "2021-01-15", "appointment", by="hv", outcome="kept", seen="c"), REPORT),
        silent_on="2021-07-16",
        speaks_on="2021-07-17",
    ),
    Case(
        "child_not_seen",
        "a year from five on",
        (e("v", "2021-01-15", "appointment", by="hv", outcome="kept", seen="c"), REPORT),
        born={"c": "2015-01-01"},
        silent_on="2022-01-14",
        speaks_on="2022-01-15",
    ),
    Case(
        "child_not_seen",
        "three months under a plan",
        (
            PLAN,
            e("v", "2021-02-01", "visit", outcome="seen", seen="c"),
            e("a", "2021-03-01", "concern", told_by="public:neighbour"),
        ),
        silent_on="2021-05-03",
        speaks_on="2021-05-04",
    ),
    Case(
        "mandated_review_missed",
        "the two-year review, in a family with a report",
        (REPORT, e("x", "2021-04-01", "appointment", by="hv", service="development_review_2y", outcome="not_arranged")),
        speaks_on="2021-04-29",
        rests_on="x a",
        level=Level.REVIEW,
    ),
    Case(
        "mandated_review_missed",
        "in any other family a note",
        (e("x", "2021-04-01", "appointment", by="hv", service="development_review_2y", outcome="not_brought"),),
        speaks_on="2021-04-29",
        level=Level.NOTE,
    ),
    Case(
        "mandated_review_missed",
        "made up for",
        (
            REPORT,
            e("x", "2021-04-01", "appointment", by="hv", service="development_review_2y", outcome="not_brought"),
            e("y", "2021-04-20", "appointment", by="hv", service="development_review_2y", outcome="kept", seen="c"),
        ),
        silent_on="2021-04-29",
    ),
    Case(
        "mandated_review_missed",
        "four weeks to make up for it",
        (REPORT, e("x", "2021-04-01", "appointment", by="hv", service="new_birth_visit", outcome="missed")),
        silent_on="2021-04-28 2022-04-02",
        speaks_on="2021-04-29 2022-04-01",
    ),
    Case(
        "medical_need_not_met",
        "two clinics missed, and then the ambulance",
        (
            e("x", "2021-03-01", "appointment", by="hosp", service="asthma_clinic", outcome="not_brought"),
            e("y", "2021-04-01", "appointment", by="gp", service="review", outcome="not_brought"),
            e("z", "2021-05-01", "attendance", by="ucc", told="gp"),
        ),
        speaks_on="2021-05-01",
        rests_on="x y z",
    ),
    Case(
        "medical_need_not_met",
        "the clinic was made up for",
        (
            e("x", "2021-03-01", "appointment", by="hosp", service="asthma_clinic", outcome="not_brought"),
            e("x2", "2021-03-20", "appointment", by="hosp", service="asthma_clinic", outcome="kept", seen="c"),
            e("y", "2021-04-01", "appointment", by="gp", service="review", outcome="not_brought"),
            e("z", "2021-05-01", "attendance", by="ucc", told="gp"),
        ),
        silent_on="2021-05-01",
    ),
    Case(
        "medical_need_not_met",
        "asked about for half a year",
        (
            e("x", "2021-03-01", "appointment", by="hosp", outcome="not_brought"),
            e("y", "2021-04-01", "appointment", by="gp", service="review", outcome="not_brought"),
            e("z", "2021-05-01", "attendance", by="ucc", told="gp"),
        ),
        speaks_on="2021-10-31",
        silent_on="2021-11-01",
    ),
    Case(
        "urgent_care_attendance",
        "nobody who knows the family was told",
        (REPORT, e("x", "2021-04-01", "attendance", by="ucc")),
        speaks_on="2021-04-01",
        rests_on="x a",
    ),
    Case(
        "urgent_care_attendance",
        "the health visitor was told",
        (REPORT, e("x", "2021-04-01", "attendance", by="ucc", told="hv")),
        silent_on="2021-04-01",
    ),
    Case(
        "urgent_care_attendance",
        "a child about whom nothing is known",
        (e("x", "2021-04-01", "attendance", by="ucc"),),
        silent_on="2021-04-01",
    ),
    Case(
        "urgent_care_attendance",
        "asked about for three months",
        (REPORT, e("x", "2021-04-01", "attendance", by="ucc")),
        speaks_on="2021-07-02",
        silent_on="2021-07-03",
    ),
    Case(
        "not_shared_with_social_care",
        "a disclosure to a therapist about the former partner",
        (
            REPORT,
            e("x", "2021-04-01", "disclosure", by="amh", about="m f", told_by="self", factors="domestic_abuse_parent"),
        ),
        speaks_on="2021-04-08",
        rests_on="x a",
    ),
    Case(
        "not_shared_with_social_care",
        "social care was told",
        (
            REPORT,
            e(
                "x",
                "2021-04-01",
                "disclosure",
                by="amh",
                about="m f",
                told_by="self",
                factors="domestic_abuse_parent",
                told="csc",
            ),
        ),
        silent_on="2021-04-08",
    ),
    Case(
        "not_shared_with_social_care",
        "therapy itself is nobody's business",
        (
            REPORT,
            e("x", "2021-04-01", "disclosure", by="amh", about="m", told_by="self", factors="mental_health_parent"),
        ),
        silent_on="2021-04-08",
    ),
    Case(
        "not_shared_with_social_care",
        "what police held of the partner, and told nobody",
        (REPORT, e("x", "2021-04-01", "check", by="police", about="p", answered="police", result="adverse")),
        silent_on="2021-04-07",
        speaks_on="2021-04-08",
        rests_on="x a",
    ),
    Case(
        "not_shared_with_social_care",
        "police held nothing of the partner",
        (REPORT, e("x", "2021-04-01", "check", by="police", about="p", answered="police", result="nothing_adverse")),
        silent_on="2021-04-08",
    ),
    Case(
        "not_shared_with_social_care",
        "a week to share, half a year to ask",
        (REPORT, e("x", "2021-04-01", "injury", by="nursery", explained="unexplained")),
        silent_on="2021-04-07 2021-10-02",
        speaks_on="2021-04-08 2021-10-01",
    ),
    Case(
        "neglect_signs_without_tool",
        "hygiene and attendance over two years",
        (
            e("x", "2019-10-01", "observation", by="school", factors="hygiene"),
            e("y", "2020-10-01", "absence", by="school", letter=1, factors="attendance"),
            e("z", "2021-04-01", "concern", told_by="professional:school", factors="hygiene neglect"),
        ),
        speaks_on="2021-04-01",
        rests_on="x y z",
    ),
    Case(
        "neglect_signs_without_tool",
        "hungry at school and losing weight at the clinic",
        (
            e("x", "2021-03-01", "observation", by="school", factors="hunger"),
            e("y", "2021-04-01", "appointment", by="hosp", outcome="kept", factors="weight_faltering", seen="c"),
        ),
        speaks_on="2021-04-01",
        rests_on="x y",
    ),
    Case(
        "neglect_signs_without_tool",
        "a tool was completed",
        (
            e("x", "2019-10-01", "observation", by="school", factors="hygiene"),
            e("y", "2020-10-01", "absence", by="school", letter=1, factors="attendance"),
            e("z", "2021-04-01", "observation", by="school", factors="hygiene neglect"),
            e("t", "2021-04-02", "tool", tool="neglect"),
        ),
        silent_on="2021-04-02",
    ),
    Case(
        "neglect_signs_without_tool",
        "three letters about the same thing",
        tuple(e(f"x{n}", f"2021-0{n}-01", "absence", by="school", letter=n, factors="attendance") for n in (1, 2, 3)),
        silent_on="2021-03-01",
    ),
    Case(
        "neglect_signs_without_tool",
        "read together for three years, asked about for half a year",
        (
            e("x", "2018-04-02", "observation", by="school", factors="hygiene"),
            e("y", "2020-10-01", "absence", by="school", factors="attendance"),
            e("z", "2021-04-01", "observation", by="school", factors="hygiene"),
        ),
        speaks_on="2021-10-01",
        silent_on="2021-10-02",
    ),
    Case(
        "neglect_signs_without_tool",
        "the oldest a day too old",
        (
            e("x", "2018-04-01", "observation", by="school", factors="hygiene"),
            e("y", "2020-10-01", "absence", by="school", factors="attendance"),
            e("z", "2021-04-01", "observation", by="school", factors="hygiene"),
        ),
        silent_on="2021-04-01",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
