"""Seeing, helping and planning where much is on record: what is cited, what is left out, where each window ends."""

from __future__ import annotations

import pytest

from tests.unit.oversee.signals.family import Case, check, e

BABY = {"c": "2021-01-02"}
CIN = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc hv school")
CIN_CLOSED = e("q", "2021-06-10", "plan", type="child_in_need", stage="closed")
CPP = e("p", "2021-01-10", "plan", type="child_protection", stage="opened")
NEIGHBOUR = e("a", "2021-02-01", "concern", told_by="public:neighbour", factors="neglect")
AUNT = e("b", "2021-03-01", "concern", told_by="family:aunt", factors="neglect")
TEACHER = e("t", "2021-03-20", "concern", told_by="professional:school", factors="hygiene")

CASES = (
    Case(
        "child_out_of_view_after_concern",
        "everything that hides a child, and nothing that does not",
        (
            NEIGHBOUR,
            e("v0", "2021-02-10", "visit", by="csc", outcome="seen", seen="c"),
            e("h1", "2021-03-05", "visit", outcome="no_access", by="hv"),
            e("h2", "2021-03-06", "appointment", outcome="missed", by="gp"),
            e("h3", "2021-03-07", "appointment", outcome="cancelled", by="gp"),
            e("h4", "2021-03-08", "absence", by="school", sessions_percent=30),
            e("h5", "2021-03-09", "absence", by="school", sessions_percent=29),
            e("h6", "2021-03-10", "withdrawal", by="school"),
            e("h7", "2021-03-11", "note", by="hv", factors="carer_avoids_professionals"),
            e("h8", "2021-03-12", "appointment", outcome="missed", by="gp", about="s"),
            e("h9", "2021-03-13", "visit", outcome="no_access", by="hv", about="s"),
            e("n1", "2021-03-14", "concern", told_by="family:aunt", factors="hunger"),
            e("n2", "2021-03-15", "observation", by="school", factors="hygiene"),
        ),
        speaks_on="2021-03-18 2021-03-20",
    ),
    Case(
        "child_out_of_view_after_concern",
        "taken out of school after a report weighs like two closed doors",
        (NEIGHBOUR, e("w", "2021-03-10", "withdrawal", by="school")),
        speaks_on="2021-03-13 2022-03-10",
        silent_on="2021-03-12 2022-03-11",
        rests_on="a w",
    ),
    Case(
        "child_out_of_view_after_concern",
        "the report lies more than a year before the closed doors",
        (
            e("a", "2020-03-09", "concern", told_by="public:neighbour", factors="neglect"),
            e("w", "2021-03-10", "withdrawal", by="school"),
        ),
        silent_on="2021-03-20",
    ),
    Case(
        "child_out_of_view_after_concern",
        "the report lies a year before them",
        (
            e("a", "2020-03-10", "concern", told_by="public:neighbour", factors="neglect"),
            e("w", "2021-03-10", "withdrawal", by="school"),
        ),
        speaks_on="2021-03-13",
    ),
    Case(
        "child_out_of_view_after_concern",
        "under a plan two closed doors are enough at once",
        (
            CPP,
            e("h1", "2021-03-05", "visit", outcome="no_access", by="csc"),
            e("h2", "2021-03-06", "visit", outcome="not_made", by="csc"),
        ),
        speaks_on="2021-03-06",
        silent_on="2021-03-05",
        rests_on="p h1 h2",
    ),
    Case(
        "child_out_of_view_after_concern",
        "under a plan one missed appointment beside a report",
        (CPP, NEIGHBOUR, e("h1", "2021-03-05", "appointment", outcome="not_brought", by="hosp")),
        speaks_on="2021-03-08",
        silent_on="2021-03-07",
        rests_on="p a h1",
    ),
    Case(
        "child_out_of_view_after_concern",
        "under a plan the child is seen, and not alone",
        (
            CPP,
            NEIGHBOUR,
            e("h1", "2021-03-05", "appointment", outcome="not_brought", by="hosp"),
            e("v", "2021-03-06", "visit", by="csc", outcome="seen", seen="c"),
        ),
        speaks_on="2021-03-08",
    ),
    Case(
        "child_out_of_view_after_concern",
        "under a plan the child is seen alone",
        (
            CPP,
            NEIGHBOUR,
            e("h1", "2021-03-05", "appointment", outcome="not_brought", by="hosp"),
            e("v", "2021-03-06", "visit", by="csc", outcome="seen", seen="c", seen_alone="c"),
        ),
        silent_on="2021-03-10",
    ),
    Case(
        "plan_not_carried_out",
        "of many actions those that are overdue, what stood behind them, and who came home",
        (
            e("n1", "2020-12-01", "appointment", by="sub", about="f", outcome="kept", factors="drugs_parent"),
            e("n2", "2020-12-02", "appointment", by="sub", about="f", outcome="missed", factors="drugs_parent"),
            e("n3", "2020-12-03", "note", by="gp", about="f", factors="drugs_parent"),
            e("n4", "2020-12-04", "note", by="gp", about="f", factors="drugs_parent"),
            e("n5", "2020-12-05", "note", by="gp", about="f", factors="alcohol_parent"),
            CIN,
            e("a1", "2021-02-01", "action", action="test", stage="required", due="2021-03-01", factors="drugs_parent"),
            e("a2", "2021-02-01", "action", action="class", stage="required", due="2021-03-01"),
            e("a3", "2021-02-20", "action", action="class", stage="done"),
            e("a4", "2021-02-01", "action", action="visit", stage="required", due="2021-03-01"),
            e("a5", "2021-02-20", "action", action="visit", stage="dropped"),
            e("a6", "2021-02-01", "action", action="home", stage="required"),
            e("j1", "2021-02-10", "household", joined="c"),
            e("j2", "2021-02-11", "household", joined="s"),
            e("r", "2021-02-15", "plan", type="child_in_need", stage="reviewed", review_due="2021-03-31"),
            e("w", "2021-02-20", "concern", told_by="public:neighbour", factors="neglect"),
        ),
        speaks_on="2021-03-02 2021-04-28 2021-05-04",
        silent_on="2021-03-01",
    ),
    Case(
        "plan_not_carried_out",
        "four weeks after its day a review is overdue; a core group is one",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", review_due="2021-03-31"),
            e("x", "2021-03-01", "meeting", type="taf"),
        ),
        speaks_on="2021-04-28",
        silent_on="2021-04-27",
    ),
    Case(
        "plan_not_carried_out",
        "the review took place",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", review_due="2021-03-31"),
            e("x", "2021-03-01", "meeting", type="core_group"),
        ),
        silent_on="2021-06-01",
    ),
    Case(
        "no_lead_professional",
        "the first of each agency, the latest eight, and four others beside them",
        (
            *(e(f"x{n}", f"2021-01-{n:02}", "note", by="gp", factors="smoking", about="m") for n in range(1, 10)),
            e("n1", "2021-02-01", "note", by="hv", factors="isolation", about="m"),
            e("n2", "2021-02-02", "note", by="housing", factors="housing_insecurity", about="m"),
            e("n3", "2021-02-03", "note", by="amh", factors="mental_health_parent", about="m"),
            e("n4", "2021-02-04", "decision", by="csc", outcome="advice", factors="debt"),
            *(e(f"o{n}", f"2021-02-1{n}", "visit", by="hv", outcome="seen", seen="c") for n in range(6)),
        ),
        speaks_on="2021-02-18 2021-08-05",
        silent_on="2021-02-16 2021-08-06",
    ),
    Case(
        "no_lead_professional",
        "a team around the family met",
        (
            e("n0", "2021-02-01", "note", by="gp", factors="smoking", about="m"),
            e("n1", "2021-02-01", "note", by="hv", factors="isolation", about="m"),
            e("n2", "2021-02-02", "note", by="housing", factors="housing_insecurity", about="m"),
            e("n3", "2021-02-03", "note", by="amh", factors="mental_health_parent", about="m"),
            e("t", "2021-02-04", "meeting", by="hv", type="taf"),
        ),
        silent_on="2021-03-01",
    ),
    Case(
        "child_not_seen",
        "doors and appointments looked past since; the last five reports; the last closing",
        (
            e("v", "2021-01-05", "visit", by="hv", outcome="seen", seen="c"),
            CIN,
            e("c0", "2021-01-20", "decision", outcome="no_further_action", on_entries="zz"),
            *(e(f"r{n}", f"2021-02-0{n}", "concern", told_by=f"family:{n}", factors="neglect") for n in range(1, 8)),
            e("c1", "2021-02-10", "decision", outcome="information_only", on_entries="r1"),
            e("x1", "2021-02-11", "visit", outcome="no_access"),
            e("x2", "2021-03-11", "appointment", by="gp", outcome="cancelled"),
            e("x3", "2021-03-12", "appointment", by="gp", outcome="missed"),
            e("x4", "2021-05-14", "visit", outcome="no_access"),
            e("x5", "2021-05-15", "visit", about="s", outcome="no_access"),
            e("x6", "2021-08-14", "visit", outcome="no_access"),
        ),
        speaks_on="2021-04-07 2021-08-14 2023-04-07",
        silent_on="2021-04-06 2023-04-08",
    ),
    Case(
        "child_not_seen",
        "never seen since the plan was opened",
        (CIN, NEIGHBOUR),
        speaks_on="2021-04-12",
        silent_on="2021-04-11",
    ),
    Case(
        "missed_repeatedly",
        "three times, with cancellations, long absence and what is known",
        (
            e("v", "2020-01-01", "visit", by="hv", outcome="seen", seen="c"),
            e("x0", "2020-12-31", "appointment", by="hosp", outcome="cancelled"),
            e("x1", "2021-01-01", "appointment", by="hosp", outcome="not_brought", service="asthma"),
            *(e(f"y{n}", f"2021-01-0{n}", "appointment", by="hosp", outcome="cancelled") for n in range(2, 6)),
            e("z1", "2021-01-10", "absence", by="school", sessions_percent=29),
            e("z2", "2021-01-11", "absence", by="school", sessions_percent=30),
            e("z3", "2021-01-12", "absence", by="school", about="s", sessions_percent=60),
            e("x2", "2021-02-01", "visit", by="hv", outcome="no_access"),
            e("x3", "2021-03-01", "appointment", by="hosp", outcome="declined", service="asthma"),
            e("x4", "2021-03-02", "appointment", by="hosp", outcome="not_brought", service="asthma", about="s"),
        ),
        speaks_on="2021-02-28 2021-03-01 2022-03-01",
        silent_on="2021-01-31 2022-03-02",
    ),
    Case(
        "medical_need_not_met",
        "missed, missed, and in hospital; what was kept elsewhere makes up for nothing",
        (
            CIN,
            e("m0", "2020-06-30", "appointment", by="hosp", service="asthma", outcome="not_brought"),
            e("m1", "2020-07-02", "appointment", by="hosp", service="asthma", outcome="not_brought"),
            e("m2", "2021-03-01", "appointment", by="hosp", service="asthma", outcome="declined"),
            e("k1", "2021-03-02", "appointment", by="gp", service="flu", outcome="kept"),
            e("k2", "2021-03-03", "appointment", by="hosp", service="asthma", outcome="kept", about="s"),
            e("a1", "2021-07-01", "attendance", by="ucc"),
            e("a2", "2021-07-01", "attendance", by="ucc", about="s"),
            e("w", "2021-07-01", "observation", by="gp", factors="weight_faltering"),
        ),
        speaks_on="2021-07-01 2021-12-31",
        silent_on="2021-06-30 2022-01-01",
    ),
    Case(
        "assessment_not_made",
        "decided on three reports, begun, and doors stayed closed",
        (
            *(e(f"r{n}", f"2021-01-0{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 5)),
            e("d", "2021-02-01", "decision", outcome="assessment", on_entries="r1 r2 r3 r4"),
            e("b", "2021-02-10", "assessment", type="child_and_family", stage="started"),
            *(e(f"v{n}", f"2021-02-1{n}", "visit", outcome="no_access") for n in range(1, 5)),
            e("v5", "2021-02-20", "visit", outcome="seen", seen="c"),
            *(e(f"w{n}", f"2021-03-0{n}", "observation", by="school", factors="hunger") for n in range(1, 5)),
        ),
        speaks_on="2021-04-21 2022-02-10",
        silent_on="2021-04-20 2022-02-11",
    ),
    Case(
        "request_unanswered",
        "the doors that led to it, and the last three reports",
        (
            *(e(f"r{n}", f"2021-01-0{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 5)),
            e("v0", "2021-01-20", "visit", outcome="no_access"),
            *(e(f"v{n}", f"2021-02-0{n}", "visit", outcome="no_access") for n in range(1, 5)),
            e("y", "2021-03-04", "request", type="welfare_check", of="police", stage="asked", request="w1"),
            e("y2", "2021-03-04", "request", about="s", type="drug_test", stage="asked"),
        ),
        speaks_on="2021-03-07 2021-09-03",
        silent_on="2021-03-06 2021-09-04",
    ),
    Case(
        "request_unanswered",
        "police went to see",
        (
            e("y", "2021-03-04", "request", type="welfare_check", of="police", stage="asked"),
            e("v", "2021-03-05", "visit", by="police", outcome="seen", seen="c"),
        ),
        silent_on="2021-03-10",
    ),
    Case(
        "mandated_review_missed",
        "what is known, and when the child was last seen",
        (
            e("v", "2020-06-01", "visit", by="hv", outcome="seen", seen="c"),
            *(e(f"r{n}", f"2021-01-0{n}", "concern", told_by=f"friend:{n}", factors="neglect") for n in range(1, 6)),
            e("x", "2021-03-01", "appointment", by="hv", service="two_year_review", outcome="not_brought"),
        ),
        speaks_on="2021-03-29 2022-03-01",
        silent_on="2021-03-28 2022-03-02",
    ),
    Case(
        "mandated_review_missed",
        "made up for by the same team",
        (
            NEIGHBOUR,
            e("x", "2021-03-01", "appointment", by="hv", service="two_year_review", outcome="not_brought"),
            e("k", "2021-03-20", "appointment", by="hv", service="home_visit", outcome="kept"),
        ),
        silent_on="2021-04-01",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_case(case: Case) -> None:
    check(case)
