"""Reports and harm where much is on record: what is cited, what is left out, what is somebody else's matter."""

from __future__ import annotations

import pytest

from tests.unit.oversee.signals.family import TIES, Case, Relationship, check, e

BABY = {"c": "2021-01-02"}
CIN = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc hv school")
CIN_CLOSED = e("q", "2021-06-10", "plan", type="child_in_need", stage="closed")
CPP = e("p", "2021-01-10", "plan", type="child_protection", stage="opened")
NEIGHBOUR = e("a", "2021-02-01", "concern", told_by="public:neighbour", factors="neglect")
AUNT = e("b", "2021-03-01", "concern", told_by="family:aunt", factors="neglect")
TEACHER = e("t", "2021-03-20", "concern", told_by="professional:school", factors="hygiene")

CASES = (
    Case(
        "order_or_safety_plan_breached",
        "an order, an agreement and a breach keep one man away; what he did since, and what was reported of him",
        (
            e("r1", "2020-12-01", "concern", told_by="family:aunt", about="c f", factors="bruising"),
            e("r0", "2020-08-29", "concern", told_by="family:aunt", about="c f", factors="neglect"),
            e("r2", "2020-12-02", "concern", told_by="family:aunt", about="c m", factors="neglect"),
            e("o1", "2021-01-01", "order", type="bail", stage="made", against="f", protects="c"),
            e("o2", "2021-01-02", "order", type="non_molestation", stage="made", against="f", protects="m"),
            e("o3", "2021-01-03", "order", type="restraining", stage="made", against="f", protects="m c"),
            e("g1", "2021-01-04", "agreement", about="c m f", forbids="m f"),
            e("g2", "2021-01-05", "agreement", about="c m f", signed_by="m f"),
            e("g3", "2021-01-06", "agreement", about="c m", signed_by="m"),
            CPP,
            e("t0", "2020-12-31", "visit", by="hv", together="m f"),
            e("t1", "2021-02-01", "visit", by="hv", together="m f"),
            e("t2", "2021-02-02", "note", by="school", together="c f"),
            e("t3", "2021-02-03", "note", by="school", together="c m"),
            e("t4", "2021-02-04", "note", by="school", together="c g"),
            e("t5", "2021-02-05", "incident", by="police", together="m f", factors="domestic_abuse_parent"),
            e("x", "2021-02-28", "breach", by="police", against="f"),
        ),
        speaks_on="2021-02-28 2022-02-28",
        silent_on="2022-03-01",
    ),
    Case(
        "order_or_safety_plan_breached",
        "two breaches, and nobody met",
        (
            e("o", "2021-01-01", "order", type="bail", stage="made", against="f", protects="c"),
            e("x1", "2021-02-01", "breach", by="police", against="f"),
            e("x2", "2021-02-08", "breach", by="police", against="f"),
            e("s", "2021-02-09", "meeting", type="strategy"),
        ),
        speaks_on="2021-02-01 2021-02-08 2021-02-09",
    ),
    Case(
        "order_or_safety_plan_breached",
        "a breach of nobody in particular, and an order that has ended",
        (
            e("o", "2021-01-01", "order", type="bail", stage="made", against="f", protects="c", until="2021-02-01"),
            e("t1", "2021-02-02", "note", by="school", together="c f"),
            e("x", "2021-02-03", "breach", by="police"),
        ),
        speaks_on="2021-02-03",
        silent_on="2021-02-02",
    ),
    Case(
        "order_or_safety_plan_breached",
        "only those who signed are kept apart, and they were not together",
        (
            e("g", "2021-01-04", "agreement", about="c m f", forbids="m f"),
            e("t1", "2021-02-02", "note", by="school", together="c f"),
            e("t2", "2021-02-03", "note", by="school", together="c m"),
        ),
        silent_on="2021-02-04",
    ),
    Case(
        "concerns_from_different_people",
        "of two reports of one matter and one of another, with what school noticed of the same harm",
        (
            e("s0", "2020-08-29", "observation", by="school", factors="neglect"),
            e("s1", "2020-09-01", "observation", by="school", factors="neglect"),
            e("s2", "2020-09-02", "observation", by="school", factors="gangs"),
            e("s3", "2021-01-15", "observation", by="gp", factors="neglect"),
            NEIGHBOUR,
            e("d", "2021-02-02", "decision", outcome="information_only", on_entries="a"),
            AUNT,
        ),
        speaks_on="2021-03-01 2022-03-01",
        silent_on="2022-03-02",
    ),
    Case(
        "concerns_from_different_people",
        "two unanswered reports of different people more than sixty days apart",
        (
            e("a", "2021-01-01", "concern", told_by="public:neighbour", factors="neglect"),
            e("b", "2021-03-03", "concern", told_by="family:aunt", factors="hunger"),
        ),
        silent_on="2021-03-03",
    ),
    Case(
        "concerns_from_different_people",
        "two unanswered reports of different people sixty days apart",
        (
            e("a", "2021-01-01", "concern", told_by="public:neighbour", factors="neglect"),
            e("b", "2021-03-02", "concern", told_by="family:aunt", factors="hunger"),
        ),
        speaks_on="2021-03-02",
    ),
    Case(
        "concerns_from_different_people",
        "one person twice about exploitation",
        (
            e("a", "2021-01-01", "concern", told_by="family:aunt", factors="gangs"),
            e("b", "2021-05-02", "concern", told_by="family:aunt", factors="gangs"),
        ),
        speaks_on="2021-05-02",
    ),
    Case(
        "concerns_from_different_people",
        "one person twice about a child of one year; about a baby",
        (
            e("a", "2021-01-01", "concern", told_by="family:aunt", factors="neglect"),
            e("b", "2021-05-10", "concern", told_by="family:aunt", factors="neglect"),
        ),
        silent_on="2021-05-10",
        born={"c": "2020-05-10"},
    ),
    Case(
        "concerns_from_different_people",
        "one person twice about a baby",
        (
            e("a", "2021-01-01", "concern", told_by="family:aunt", factors="neglect"),
            e("b", "2021-05-09", "concern", told_by="family:aunt", factors="neglect"),
        ),
        speaks_on="2021-05-09",
        born={"c": "2020-05-10"},
    ),
    Case(
        "new_adult_after_concern",
        "why it matters who he is: plan, five reports, an order; and what came in since",
        (
            e("p", "2020-01-10", "plan", type="child_in_need", stage="opened"),
            e("q", "2020-03-10", "plan", type="child_in_need", stage="closed"),
            *(e(f"r{n}", f"2020-05-0{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 6)),
            e("k", "2020-06-01", "incident", by="police", about="x", factors="violence_or_offending_adult"),
            e("o", "2020-06-02", "order", type="restraining", stage="made", against="p", about="p"),
            e("h", "2021-03-10", "household", about="c m p", joined="p"),
            e("n1", "2021-03-15", "concern", told_by="family:aunt", factors="neglect"),
            e("n2", "2021-09-09", "concern", told_by="family:aunt", factors="neglect"),
            e("n3", "2021-09-10", "concern", told_by="family:aunt", factors="neglect"),
        ),
        speaks_on="2021-03-24 2021-09-10 2022-03-10",
        silent_on="2021-03-23 2022-03-11",
    ),
    Case(
        "new_adult_after_concern",
        "agencies were asked about him and hold nothing",
        (
            NEIGHBOUR,
            e("h", "2021-03-10", "household", about="c m p", joined="p"),
            e("k", "2021-03-20", "check", about="p", asked="police", answered="police", result="nothing_adverse"),
        ),
        silent_on="2021-04-01",
    ),
    Case(
        "new_adult_after_concern",
        "police hold something",
        (
            NEIGHBOUR,
            e("h", "2021-03-10", "household", about="c m p", joined="p"),
            e("k", "2021-03-20", "check", about="p", asked="police", answered="police", result="adverse"),
        ),
        speaks_on="2021-04-01",
        rests_on="a h k",
    ),
    Case(
        "neglect_signs_without_tool",
        "three signs of two kinds; four months apart they are asked about anew",
        (
            e("n1", "2021-01-10", "observation", by="school", factors="hygiene"),
            e("n2", "2021-02-10", "observation", by="school", factors="punctuality"),
            e("n3", "2021-05-09", "observation", by="school", factors="attendance"),
            e("n4", "2021-05-10", "observation", by="school", factors="hunger"),
            e("n5", "2021-05-11", "observation", by="school", about="s", factors="hunger"),
            e("p", "2021-05-12", "plan", type="early_help", stage="opened", factors="hygiene"),
        ),
        speaks_on="2021-05-09 2021-05-10 2021-11-09",
        silent_on="2021-02-10 2021-11-10",
    ),
    Case(
        "neglect_signs_without_tool",
        "a tool completed since",
        (
            e("n1", "2021-01-10", "observation", by="school", factors="hygiene"),
            e("n2", "2021-02-10", "observation", by="school", factors="punctuality"),
            e("n3", "2021-03-10", "observation", by="school", factors="hunger"),
            e("t", "2021-03-12", "tool", tool="neglect"),
            e("n4", "2021-03-20", "observation", by="school", factors="hunger"),
        ),
        speaks_on="2021-03-10",
        silent_on="2021-03-12 2021-03-20",
    ),
    Case(
        "neglect_signs_without_tool",
        "hunger and a second sign from elsewhere within a year",
        (
            e("n1", "2021-01-10", "observation", by="school", factors="hygiene"),
            e("n2", "2022-01-10", "observation", by="gp", factors="weight_faltering"),
        ),
        speaks_on="2022-01-10",
    ),
    Case(
        "neglect_signs_without_tool",
        "hunger and a second sign a year and a day apart",
        (
            e("n1", "2021-01-10", "observation", by="school", factors="hygiene"),
            e("n2", "2022-01-11", "observation", by="gp", factors="weight_faltering"),
        ),
        silent_on="2022-01-11",
    ),
    Case(
        "interacting_factors",
        "the first of each since the last whole assessment, the latest nine beside",
        (
            e("b", "2020-01-01", "assessment", type="child_and_family", stage="completed", chronology=True),
            *(
                e(f"n{n}", f"2021-01-0{n}", "incident", by="police", about="f c", factors="alcohol_parent")
                for n in range(1, 6)
            ),
            *(
                e(f"k{n}", f"2021-01-1{n}", "note", by="gp", about="m", factors="mental_health_parent")
                for n in range(1, 5)
            ),
            e("d1", "2021-02-01", "incident", by="police", about="c m f", factors="domestic_abuse_parent"),
            e("d2", "2021-02-02", "incident", by="police", about="c m f", factors="domestic_abuse_parent"),
            e("y", "2021-02-03", "decision", outcome="advice", on_entries="d1", factors="domestic_abuse_parent"),
        ),
        speaks_on="2021-02-01 2023-02-02",
        silent_on="2021-01-31 2023-02-03",
    ),
    Case(
        "interacting_factors",
        "an assessment covered all three",
        (
            e("n", "2021-01-01", "incident", by="police", about="f c", factors="alcohol_parent"),
            e("k", "2021-01-02", "note", by="gp", about="m", factors="mental_health_parent"),
            e("d", "2021-01-03", "incident", by="police", about="c m f", factors="domestic_abuse_parent"),
            e(
                "b",
                "2021-02-01",
                "assessment",
                type="child_and_family",
                stage="completed",
                covers="alcohol_parent mental_health_parent domestic_abuse_parent",
            ),
        ),
        speaks_on="2021-01-03",
        silent_on="2021-02-01",
    ),
    Case(
        "not_shared_with_social_care",
        "each service apart; what is known of the child beside it",
        (
            CIN,
            *(e(f"r{n}", f"2021-01-1{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 6)),
            e("d1", "2021-03-01", "disclosure", by="sub", about="f", told="sub", factors="drugs_parent"),
            e("d2", "2021-03-02", "disclosure", by="sub", about="f", told="sub", factors="drugs_parent"),
            e("d3", "2021-03-03", "disclosure", by="amh", about="m", told="amh", factors="domestic_abuse_parent"),
            e("d4", "2021-03-04", "note", by="police", about="f", told="police", factors="other"),
            e("d5", "2021-03-05", "observation", by="school", told="school", factors="bruising"),
            e("d6", "2021-03-06", "disclosure", by="sub", about="f", told="sub csc", factors="drugs_parent"),
        ),
        speaks_on="2021-03-08 2021-03-12 2021-09-02",
        silent_on="2021-03-07",
    ),
    Case(
        "harm_continues_under_plan",
        "the latest eight; the agreement, the last review, and what was required and not done",
        (
            e("g0", "2021-01-09", "agreement", signed_by="m"),
            CIN,
            e("g", "2021-01-11", "agreement", signed_by="m"),
            e("g2", "2021-01-12", "agreement", about="s", signed_by="m"),
            e("u", "2021-01-20", "plan", type="child_in_need", stage="reviewed"),
            e("u2", "2021-02-20", "plan", type="child_in_need", stage="reviewed"),
            e("a1", "2021-02-01", "action", action="one", stage="required"),
            e("a2", "2021-02-01", "action", action="two", stage="required"),
            e("a3", "2021-02-01", "action", action="three", stage="required"),
            e("a4", "2021-02-01", "action", action="four", stage="required"),
            e("a5", "2021-03-01", "action", action="two", stage="done"),
            *(e(f"n{n}", f"2021-03-0{n}", "observation", by="school", factors="hygiene") for n in range(1, 9)),
            e("n9", "2021-03-09", "concern", told_by="family:aunt", factors="neglect"),
        ),
        speaks_on="2021-03-09 2022-03-09",
        silent_on="2022-03-10 2021-03-08",
    ),
    Case(
        "repeated_injuries_or_attendances",
        "twice at different places, or three times at one, within a year",
        (
            e("i1", "2020-03-01", "injury", by="hosp", explained="unexplained"),
            e("i2", "2021-03-01", "injury", by="ucc", explained="unexplained"),
            e("a0", "2020-02-29", "attendance", by="gp"),
            e("a1", "2020-03-01", "attendance", by="gp"),
            e("d", "2021-03-02", "decision", outcome="advice", on_entries="i2"),
        ),
        speaks_on="2021-03-01 2021-03-02 2022-03-01",
        silent_on="2021-02-28 2022-03-02",
    ),
    Case(
        "moved_after_concern",
        "a plan, and the last five of six reports",
        (
            CIN,
            *(e(f"r{n}", f"2021-02-0{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 7)),
            e("m", "2021-03-01", "move", by="housing", about="m c", told="housing csc"),
        ),
        speaks_on="2021-03-29 2021-08-31",
        silent_on="2021-03-28 2021-09-01",
    ),
    Case(
        "standing_condition_met",
        "a great-grandmother is no tie of the test",
        (e("x", "2021-03-01", "note"),),
        silent_on="2021-03-02",
        ties=(*TIES, Relationship("g", "great_grandparent", "c")),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_case(case: Case) -> None:
    check(case)
