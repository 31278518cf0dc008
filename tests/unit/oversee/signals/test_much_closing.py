"""Closings in families about whom much is on record: what is cited, what is left out, where each window ends."""

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
        "disengaged_after_closure",
        "the last closing counts, with two promises and three of four missed",
        (
            e("o", "2019-01-10", "plan", type="child_in_need", stage="opened"),
            e("o2", "2019-06-10", "plan", type="child_in_need", stage="closed"),
            CIN,
            e("a1", "2021-06-05", "aftercare", who="hv", every="P1M"),
            CIN_CLOSED,
            e("a2", "2021-06-12", "aftercare", who="school", every="P1M"),
            e("a3", "2021-07-08", "aftercare", who="gp", every="P3M"),
            e("a4", "2021-07-09", "aftercare", who="sn", every="P3M"),
            e("m1", "2021-07-20", "appointment", by="hv", outcome="not_brought"),
            e("m2", "2021-07-21", "absence", by="school", letter=2),
            e("m3", "2021-07-22", "absence", by="school", letter=1),
            e("m4", "2021-07-23", "visit", by="hv", outcome="no_access"),
            e("m5", "2021-07-24", "appointment", by="hosp", about="s", outcome="missed"),
            e("m6", "2021-07-25", "appointment", by="hosp", outcome="kept"),
            e("m7", "2021-07-26", "appointment", by="hosp", outcome="declined"),
        ),
        speaks_on="2021-07-26",
    ),
    Case(
        "disengaged_after_closure",
        "twice within a year of the closing, asked about for half a year",
        (
            CIN,
            CIN_CLOSED,
            e("m1", "2021-07-20", "appointment", by="hv", outcome="not_brought"),
            e("m2", "2022-06-10", "appointment", by="hv", outcome="not_brought"),
        ),
        speaks_on="2022-06-10 2022-12-10",
        silent_on="2022-06-09 2022-12-11",
    ),
    Case(
        "disengaged_after_closure",
        "the second time more than a year after the closing",
        (
            CIN,
            CIN_CLOSED,
            e("m1", "2021-07-20", "appointment", by="hv", outcome="not_brought"),
            e("m2", "2022-06-11", "appointment", by="hv", outcome="not_brought"),
        ),
        silent_on="2022-06-11",
    ),
    Case(
        "disengaged_after_closure",
        "a clinic every month, kept twice and then no more",
        (
            CIN,
            CIN_CLOSED,
            e("a", "2021-06-12", "aftercare", who="hv", every="P1M"),
            e("k1", "2021-07-12", "appointment", by="hv", outcome="kept", seen="c"),
            e("k2", "2021-08-12", "appointment", by="hv", outcome="kept", seen_alone="c"),
            e("k3", "2021-08-20", "appointment", by="gp", outcome="kept", seen="c"),
            e("k4", "2021-08-21", "appointment", by="hv", outcome="kept", seen="s"),
        ),
        speaks_on="2021-10-13 2022-04-14",
        silent_on="2021-10-12 2022-04-15",
        rests_on="a q k2",
    ),
    Case(
        "disengaged_after_closure",
        "every two weeks, every year, ten days: each by its own measure",
        (
            CIN,
            CIN_CLOSED,
            e("a", "2021-06-10", "aftercare", who="hv", every="P2W"),
            e("b", "2021-06-10", "aftercare", who="gp", every="P1Y"),
            e("d", "2021-06-10", "aftercare", who="school", every="P10D"),
            e("x", "2021-06-10", "aftercare", who="sn", every="PT5M"),
            e("g", "2021-06-10", "aftercare", who="g", every="P1M"),
        ),
        speaks_on="2021-06-30 2021-07-08 2023-06-12",
        silent_on="2021-06-29",
    ),
    Case(
        "disengaged_after_closure",
        "a plan for help from several was closed; a new one is open",
        (
            CIN,
            CIN_CLOSED,
            e("r", "2021-06-20", "plan", type="child_in_need", stage="opened"),
            e("m1", "2021-07-20", "appointment", by="hv", outcome="not_brought"),
            e("m2", "2021-07-21", "appointment", by="hv", outcome="not_brought"),
        ),
        silent_on="2021-08-01",
    ),
    Case(
        "plan_closed_with_matters_open",
        "what was required and not done, what stood unanswered, newest first",
        (
            CPP,
            e("z", "2021-01-20", "concern", told_by="friend:one", factors="neglect"),
            e("a1", "2021-02-01", "action", action="one", stage="required"),
            e("a2", "2021-02-01", "action", action="two", stage="required"),
            e("a3", "2021-02-01", "action", action="three", stage="required"),
            e("a4", "2021-02-01", "action", action="four", stage="required"),
            e("a5", "2021-02-01", "action", action="five", stage="required"),
            e("a6", "2021-03-01", "action", action="two", stage="done"),
            e("a7", "2021-03-01", "action", action="three", stage="dropped"),
            e("n1", "2021-03-10", "concern", told_by="public:neighbour", factors="neglect"),
            e("n2", "2021-03-11", "observation", by="school", factors="hygiene"),
            e("n3", "2021-03-12", "concern", told_by="family:aunt", factors="neglect"),
            e("n4", "2021-03-13", "observation", by="school", factors="hunger"),
            e("n5", "2021-03-14", "concern", told_by="friend:two", factors="neglect"),
            e("n6", "2021-03-15", "observation", by="school", factors="hunger"),
            e("q", "2021-06-10", "plan", type="child_protection", stage="closed"),
            e("a8", "2021-06-11", "action", action="late", stage="required"),
        ),
        speaks_on="2021-06-10 2021-12-10",
        silent_on="2021-12-11",
    ),
    Case(
        "plan_closed_with_matters_open",
        "one sign alone does not keep a plan open, two do",
        (CIN, e("n2", "2021-05-11", "observation", by="school", factors="hygiene"), CIN_CLOSED),
        silent_on="2021-06-11",
    ),
    Case(
        "plan_closed_with_matters_open",
        "two signs of the last three months",
        (
            CIN,
            e("n2", "2021-03-10", "observation", by="school", factors="hygiene"),
            e("n3", "2021-05-11", "observation", by="school", factors="hygiene"),
            CIN_CLOSED,
        ),
        speaks_on="2021-06-10",
    ),
    Case(
        "plan_closed_with_matters_open",
        "the first of two signs is older than three months",
        (
            CIN,
            e("n2", "2021-03-09", "observation", by="school", factors="hygiene"),
            e("n3", "2021-05-11", "observation", by="school", factors="hygiene"),
            CIN_CLOSED,
        ),
        silent_on="2021-06-10",
    ),
    Case(
        "plan_closed_with_matters_open",
        "stepped down: the next plan takes up what stood",
        (
            CPP,
            e("n1", "2021-05-10", "concern", told_by="public:neighbour", factors="neglect"),
            e("n2", "2021-05-11", "concern", told_by="family:aunt", factors="neglect"),
            e("q", "2021-06-10", "plan", type="child_protection", stage="closed"),
            e("r", "2021-06-10", "plan", type="child_in_need", stage="opened"),
        ),
        silent_on="2021-06-10",
    ),
    Case(
        "plan_closed_with_matters_open",
        "an early help plan, and the report that led to it half a year ago",
        (
            e("n1", "2020-12-09", "concern", told_by="public:neighbour", factors="neglect"),
            e("p", "2021-01-10", "plan", type="early_help", stage="opened", about="s"),
            e("p2", "2021-01-11", "plan", type="early_help", stage="opened"),
            e("n2", "2021-05-11", "observation", by="school", factors="hygiene"),
            e("n3", "2021-05-12", "concern", told_by="family:aunt", factors="hygiene"),
            e("q", "2021-06-10", "plan", type="early_help", stage="closed"),
        ),
        speaks_on="2021-06-10",
    ),
    Case(
        "closed_again_without_assessment",
        "of five closings four are told with what they closed",
        (
            *(
                entry
                for n in range(1, 6)
                for entry in (
                    e(f"r{n}", f"2021-0{n}-01", "concern", told_by=f"friend:{n}", factors="neglect"),
                    e(f"d{n}", f"2021-0{n}-03", "decision", outcome="information_only", on_entries=f"r{n}"),
                )
            ),
            e("s", "2021-05-02", "observation", by="school", factors="neglect", known="2021-05-02"),
        ),
        speaks_on="2021-05-03 2022-05-03",
        silent_on="2022-05-04",
    ),
    Case(
        "closed_again_without_assessment",
        "the second closing is a year and a day after the first",
        (
            NEIGHBOUR,
            e("d", "2021-02-03", "decision", outcome="information_only", on_entries="a"),
            e("b", "2022-02-02", "concern", told_by="public:neighbour", factors="gangs"),
            e("f", "2022-02-04", "decision", outcome="information_only", on_entries="b"),
        ),
        silent_on="2022-02-04",
    ),
    Case(
        "new_harm_after_closure",
        "a row of closings is one closing: what was closed, what was decided between, and signs beside",
        (
            NEIGHBOUR,
            e("d1", "2021-02-03", "decision", outcome="information_only", on_entries="a"),
            AUNT,
            e("d2", "2021-03-03", "decision", outcome="no_further_action", on_entries="b"),
            TEACHER,
            e("d3", "2021-03-22", "decision", outcome="advice", on_entries="t"),
            e("s1", "2021-04-01", "observation", by="school", factors="hunger"),
            e("s2", "2021-04-02", "observation", by="gp", factors="hygiene"),
            e("s3", "2021-04-03", "observation", by="hv", factors="hygiene"),
            e("n", "2021-05-01", "concern", told_by="friend:one", factors="gangs"),
        ),
        speaks_on="2021-03-01 2021-03-20 2021-05-01",
    ),
    Case(
        "new_harm_after_closure",
        "two signs from two sources count like a report",
        (
            CIN,
            CIN_CLOSED,
            e("s1", "2021-07-01", "observation", by="school", factors="hunger"),
            e("s2", "2021-07-02", "observation", by="gp", factors="hygiene"),
        ),
        speaks_on="2021-07-02",
        silent_on="2021-07-01",
    ),
    Case(
        "closed_without_testing",
        "what was done beside it and the last three closings with what they closed",
        (
            *(
                entry
                for n in range(1, 5)
                for entry in (
                    e(f"r{n}", f"2021-0{n}-01", "concern", told_by=f"friend:{n}", factors="neglect"),
                    e(f"d{n}", f"2021-0{n}-03", "decision", outcome="advice", on_entries=f"r{n}", verified=True),
                )
            ),
            e("r", "2021-05-01", "concern", told_by="family:aunt", factors="neglect"),
            e("v1", "2021-05-02", "visit", outcome="no_access"),
            e("v2", "2021-05-03", "visit", outcome="no_access"),
            e("v3", "2021-05-04", "check", asked="school"),
            e("d", "2021-05-05", "decision", outcome="no_further_action", on_entries="r", checks_done=False),
            e("v4", "2021-05-06", "visit", outcome="no_access"),
        ),
        speaks_on="2021-05-05 2022-05-05",
        silent_on="2022-05-06",
    ),
    Case(
        "closed_without_testing",
        "a hurt child whom nobody saw to",
        (
            e("r", "2021-05-01", "concern", told_by="family:aunt", factors="bruising"),
            e("d", "2021-05-05", "decision", outcome="no_further_action", on_entries="r"),
        ),
        speaks_on="2021-05-05",
    ),
    Case(
        "closed_without_testing",
        "withdrawn by whoever told, and the child was seen",
        (
            e("r", "2021-05-01", "concern", told_by="family:aunt", factors="neglect"),
            e("v", "2021-05-02", "visit", outcome="seen", seen="c"),
            e("d", "2021-05-05", "decision", outcome="withdrawn", on_entries="r"),
        ),
        silent_on="2021-05-05",
    ),
    Case(
        "closed_without_testing",
        "withdrawn, and nobody saw the child",
        (
            e("r", "2021-05-01", "concern", told_by="family:aunt", factors="neglect"),
            e("d", "2021-05-05", "decision", outcome="withdrawn", on_entries="r"),
        ),
        speaks_on="2021-05-05",
    ),
    Case(
        "returned_home_without_plan",
        "home after care with signs that nobody answered, whatever was assessed before",
        (
            e("o1", "2020-01-01", "order", type="interim_care", stage="made"),
            e("o2", "2020-02-01", "order", type="care", stage="made"),
            e("b1", "2020-03-01", "assessment", type="parenting", stage="completed"),
            e("b2", "2020-04-01", "assessment", type="parenting", stage="completed"),
            e("b3", "2020-05-01", "assessment", type="parenting", stage="completed"),
            e("s0", "2020-11-28", "observation", by="school", factors="hygiene"),
            *(e(f"s{n}", f"2020-12-0{n}", "observation", by="school", factors="hygiene") for n in range(1, 6)),
            e("h", "2021-06-01", "order", type="supervision", stage="made"),
            e("j", "2021-06-02", "household", about="c m", joined="c"),
            e("j2", "2021-06-03", "household", about="s m", joined="s"),
        ),
        speaks_on="2021-06-15 2021-06-16 2022-06-02",
        silent_on="2021-06-14 2022-06-03",
    ),
    Case(
        "agency_missing_from_next_plan",
        "a promise at the closing named the nurse, who is not in the new plan",
        (
            e("p", "2020-01-10", "plan", type="child_in_need", stage="opened", agencies="csc school"),
            e("q", "2020-06-10", "plan", type="child_in_need", stage="closed"),
            e("a", "2020-06-11", "aftercare", who="sn", every="P1M"),
            e("z", "2020-06-11", "aftercare", who="g", every="P1M"),
            e("r", "2021-09-01", "plan", type="child_in_need", stage="opened", agencies="csc"),
        ),
        speaks_on="2021-09-01",
        rests_on="a p r",
    ),
    Case(
        "agency_missing_from_next_plan",
        "more than two years lie between, and one agency at work outside it is not two",
        (
            CIN,
            CIN_CLOSED,
            e("x", "2023-05-01", "appointment", by="hosp", outcome="not_brought"),
            e("r", "2023-06-11", "plan", type="child_in_need", stage="opened", agencies="csc"),
        ),
        silent_on="2023-06-11",
    ),
    Case(
        "agency_missing_from_next_plan",
        "two years lie between",
        (CIN, CIN_CLOSED, e("r", "2023-06-10", "plan", type="child_in_need", stage="opened", agencies="csc")),
        speaks_on="2023-06-10",
    ),
    Case(
        "closure_not_acknowledged",
        "one of two teams has said that it has it",
        (
            CIN,
            CIN_CLOSED,
            e("a1", "2021-06-11", "aftercare", who="hv", every="P1M"),
            e("a2", "2021-06-11", "aftercare", who="gp", every="P1M"),
            e("a3", "2021-06-11", "aftercare", who="sn", every="P1M"),
            e("n", "2021-06-12", "notice", stage="sent", to="hv school"),
            e("k", "2021-06-14", "notice", by="hv", stage="acknowledged"),
        ),
        speaks_on="2021-06-26 2021-12-12",
        silent_on="2021-06-25 2021-12-13",
    ),
    Case(
        "closure_not_acknowledged",
        "both have",
        (
            e("n", "2021-06-12", "notice", stage="sent", to="hv school"),
            e("k", "2021-06-14", "notice", by="hv", stage="acknowledged"),
            e("l", "2021-06-15", "notice", by="school", stage="acknowledged"),
        ),
        silent_on="2021-07-01",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_case(case: Case) -> None:
    check(case)
