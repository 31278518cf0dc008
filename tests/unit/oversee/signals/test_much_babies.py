"""Babies and young parents about whom much is on record: what is cited, what is left out, where each window ends."""

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
        "infant_sleep",
        "of much that adds to it the latest six and the last three doors that stayed closed",
        (
            e("s1", "2021-01-10", "visit", by="hv", factors="unsafe_sleep", seen="c", outcome="seen"),
            e("k1", "2021-01-11", "note", by="gp", about="m", factors="smoking"),
            e("k2", "2021-01-12", "note", by="hosp", factors="prematurity"),
            e("k3", "2021-01-13", "note", by="sub", about="f", factors="drugs_parent"),
            e("k4", "2021-01-14", "note", by="gp", about="m", factors="alcohol_parent"),
            e("k5", "2021-01-15", "note", by="gp", about="m", factors="smoking"),
            e("k6", "2021-01-16", "note", by="gp", about="m", factors="smoking"),
            e("k7", "2021-01-17", "note", by="gp", about="m", factors="smoking"),
            e("z", "2021-01-17", "note", by="gp", about="s", factors="smoking"),
            e("d1", "2021-01-18", "visit", by="hv", outcome="no_access"),
            e("d2", "2021-01-19", "appointment", by="gp", outcome="missed"),
            e("d3", "2021-01-20", "visit", by="hv", outcome="no_access"),
            e("d4", "2021-01-21", "visit", by="hv", outcome="seen", seen="c"),
            e("d5", "2021-01-22", "visit", by="hv", outcome="refused"),
            e("d6", "2021-01-23", "visit", by="hv", about="s", outcome="no_access"),
            e("s2", "2021-01-24", "visit", by="hv", factors="unsafe_sleep", seen="c", outcome="seen"),
            e("s3", "2021-01-25", "note", by="mw", factors="unsafe_sleep"),
        ),
        speaks_on="2021-01-25 2022-01-02",
        silent_on="2022-01-03",
        born=BABY,
    ),
    Case(
        "infant_sleep",
        "a class on safer sleep is no unsafe sleep",
        (
            e("s", "2021-01-10", "appointment", by="hv", service="safer_sleep_class", factors="unsafe_sleep"),
            e("k", "2021-01-11", "note", by="gp", about="m", factors="smoking"),
        ),
        silent_on="2021-01-12",
        born=BABY,
    ),
    Case(
        "infant_sleep",
        "what was drunk before the advice is no news",
        (
            e("k", "2021-01-05", "note", by="gp", about="m", factors="alcohol_parent"),
            e("s", "2021-01-10", "visit", by="hv", factors="unsafe_sleep", seen="c", outcome="seen"),
            e("y", "2021-01-12", "note", by="gp", about="m", factors="smoking"),
        ),
        speaks_on="2021-01-12",
        born=BABY,
    ),
    Case(
        "young_parent_housing",
        "no secure home, moved out of the area, moved again within half a year",
        (
            e("k1", "2021-01-05", "pregnancy", by="mw", about="m c"),
            e("k2", "2021-01-06", "note", by="hv", about="m", factors="young_parent"),
            e("i1", "2021-02-01", "note", by="housing", about="m", factors="housing_insecurity"),
            e("i2", "2021-02-02", "note", by="housing", about="f", factors="housing_insecurity"),
            e("i3", "2021-02-03", "note", by="hv", about="m c", factors="housing_insecurity"),
            e("m1", "2021-03-01", "move", by="housing", about="m c", to_area="Elsewhere"),
            e("m2", "2021-08-31", "move", by="housing", about="m c", to_area="Midtown"),
            e("m3", "2022-03-03", "move", by="housing", about="m c", to_area="Midtown"),
        ),
        speaks_on="2021-03-01 2021-08-31 2022-03-03",
        born={"c": "2021-01-20", "m": "2002-05-01"},
    ),
    Case(
        "young_parent_housing",
        "the services there have said that they have the family",
        (
            e("m1", "2021-03-01", "move", by="housing", about="m c", to_area="Elsewhere"),
            e("n", "2021-03-05", "notice", by="far", stage="acknowledged"),
        ),
        silent_on="2021-03-05",
        speaks_on="2021-03-01",
        born={"c": "2021-01-20", "m": "2002-05-01"},
    ),
    Case(
        "young_parent_housing",
        "until the parent is twenty",
        (e("i", "2021-03-01", "note", by="housing", about="m", factors="housing_insecurity"),),
        speaks_on="2022-04-30",
        silent_on="2022-05-01",
        born={"c": "2021-01-20", "m": "2002-05-01"},
    ),
    Case(
        "parent_unwell_with_baby",
        "treatment missed and a worried neighbour; six others who noted it",
        (
            *(
                e(f"n{n}", f"2021-02-0{n}", "note", by="gp", about="m", factors="mental_health_parent")
                for n in range(1, 9)
            ),
            e("x1", "2021-03-01", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent"),
            e("x2", "2021-03-02", "concern", told_by="public:neighbour", factors="mental_health_parent"),
            e("d", "2021-03-03", "decision", outcome="advice", on_entries="x2"),
            e("y", "2021-03-04", "note", by="gp", about="s", factors="mental_health_parent"),
        ),
        speaks_on="2021-03-02 2021-06-02",
        silent_on="2021-06-03",
        born=BABY,
    ),
    Case(
        "parent_unwell_with_baby",
        "the last day on which what somebody else noted still stands beside it",
        (
            e("n", "2020-09-01", "note", by="gp", about="m", factors="mental_health_parent"),
            e("x", "2021-03-03", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent"),
        ),
        speaks_on="2021-03-03",
        born=BABY,
    ),
    Case(
        "parent_unwell_with_baby",
        "a day too long after what somebody else noted",
        (
            e("n", "2020-09-01", "note", by="gp", about="m", factors="mental_health_parent"),
            e("x", "2021-03-04", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent"),
        ),
        silent_on="2021-03-04",
        born=BABY,
    ),
    Case(
        "parent_unwell_with_baby",
        "she has kept her next appointment",
        (
            e("n", "2021-02-01", "note", by="gp", about="m", factors="mental_health_parent"),
            e("x", "2021-03-01", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent"),
            e("k", "2021-03-08", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
        ),
        speaks_on="2021-03-01",
        silent_on="2021-03-08",
        born=BABY,
    ),
    Case(
        "unborn_child_at_risk",
        "an older child in care, and what is known of the father",
        (
            e("o1", "2019-01-01", "order", about="s", type="care", stage="made"),
            e("o2", "2019-01-02", "plan", about="s", type="child_protection", stage="opened"),
            e("o3", "2019-02-02", "plan", about="s", type="child_protection", stage="closed"),
            e("k0", "2019-02-28", "incident", by="police", about="f", factors="domestic_abuse_parent"),
            e("k1", "2019-03-02", "incident", by="police", about="f", factors="domestic_abuse_parent"),
            e("k2", "2019-03-03", "incident", by="police", about="f", factors="drugs_parent"),
            e("w", "2021-03-01", "pregnancy", by="mw", about="m c"),
        ),
        speaks_on="2021-04-12 2021-11-25",
        silent_on="2021-04-11 2021-11-26",
        born={"c": "2021-09-30"},
    ),
    Case(
        "unborn_child_at_risk",
        "a pre-birth assessment has begun",
        (
            e("o1", "2019-01-01", "order", about="s", type="care", stage="made"),
            e("w", "2021-03-01", "pregnancy", by="mw", about="m c"),
            e("b", "2021-04-01", "assessment", type="pre_birth", stage="started"),
        ),
        silent_on="2021-04-12",
        born={"c": "2021-09-30"},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_case(case: Case) -> None:
    check(case)
