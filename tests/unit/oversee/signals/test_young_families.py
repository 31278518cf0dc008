"""Rules about parents' needs and young families: each speaks, stays silent though close, knows its edge."""

import pytest

from tests.unit.oversee.signals.family import Case, check, e

HOMELESS = e("x", "2021-03-01", "note", by="housing", about="m", factors="housing_insecurity")
BIRTH = e("b", "2021-01-01", "birth", by="hosp", seen="c")
YOUNG = {"c": "2021-01-01", "m": "2003-02-01"}
LOW = e("u", "2021-03-01", "visit", by="hv", about="c m", outcome="seen", seen="c", factors="mental_health_parent")
MISSED = e("v", "2021-04-01", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent")
UNBORN = {"c": "2021-09-01"}
DRUGS = e("x", "2020-11-01", "incident", by="police", about="m", factors="drugs_parent", told="csc")
ABUSE = e("y", "2020-12-01", "incident", by="police", about="m p", factors="domestic_abuse_parent", told="csc")
CASES = (
    Case(
        "interacting_factors",
        "violence, low mood and drugs in two years",
        (
            e("u", "2020-06-01", "note", by="gp", about="m", factors="mental_health_parent"),
            DRUGS,
            ABUSE,
        ),
        speaks_on="2020-12-01",
        rests_on="u x y",
    ),
    Case(
        "interacting_factors",
        "an assessment covered all three",
        (
            e("u", "2020-06-01", "note", by="gp", about="m", factors="mental_health_parent"),
            DRUGS,
            ABUSE,
            e(
                "z",
                "2021-01-10",
                "assessment",
                type="child_and_family",
                stage="completed",
                covers="mental_health_parent drugs_parent domestic_abuse_parent",
            ),
        ),
        silent_on="2021-01-10",
    ),
    Case(
        "interacting_factors",
        "an assessment of one of them is not enough",
        (
            e("u", "2020-06-01", "note", by="gp", about="m", factors="mental_health_parent"),
            DRUGS,
            ABUSE,
            e(
                "z",
                "2021-01-10",
                "assessment",
                type="child_and_family",
                stage="completed",
                covers="domestic_abuse_parent",
            ),
        ),
        speaks_on="2021-01-10",
    ),
    Case(
        "interacting_factors",
        "only two of the three",
        (DRUGS, ABUSE),
        silent_on="2020-12-01",
    ),
    Case(
        "interacting_factors",
        "asked about for two years",
        (
            e("u", "2020-06-01", "note", by="gp", about="m", factors="mental_health_parent"),
            DRUGS,
            ABUSE,
        ),
        speaks_on="2022-12-01",
        silent_on="2022-12-02",
    ),
    Case(
        "young_parent_housing",
        "a mother of eighteen applies for housing",
        (HOMELESS, BIRTH),
        born=YOUNG,
        speaks_on="2021-03-01",
        rests_on="x",
    ),
    Case(
        "young_parent_housing",
        "housed outside the area",
        (
            BIRTH,
            e("v", "2021-03-01", "move", by="housing", about="m c", to_area="Farborough"),
        ),
        born=YOUNG,
        speaks_on="2021-03-01",
        rests_on="v",
    ),
    Case(
        "young_parent_housing",
        "an older mother",
        (HOMELESS, BIRTH),
        born={"c": "2021-01-01", "m": "1990-01-01"},
        silent_on="2021-03-01",
    ),
    Case(
        "young_parent_housing",
        "until the twentieth birthday",
        (HOMELESS, BIRTH),
        born={"c": "2021-01-01", "m": "2002-02-01"},
        speaks_on="2022-01-31",
        silent_on="2022-02-01",
    ),
    Case(
        "infant_sleep",
        "on the sofa, and born early",
        (
            e("b", "2021-01-01", "birth", by="hosp", factors="prematurity"),
            e("x", "2021-02-01", "visit", by="hv", outcome="seen", seen="c", factors="unsafe_sleep"),
        ),
        born={"c": "2021-01-01"},
        speaks_on="2021-02-01",
        rests_on="b x",
    ),
    Case(
        "infant_sleep",
        "unsafe sleep alone is advised on by whoever sees it",
        (
            BIRTH,
            e("x", "2021-02-01", "visit", by="hv", outcome="seen", seen="c", factors="unsafe_sleep"),
        ),
        born={"c": "2021-01-01"},
        silent_on="2021-02-01",
    ),
    Case(
        "infant_sleep",
        "in the first year",
        (
            e("b", "2021-01-01", "birth", by="hosp", factors="prematurity"),
            e("x", "2021-02-01", "visit", by="hv", outcome="seen", seen="c", factors="unsafe_sleep"),
        ),
        born={"c": "2021-01-01"},
        speaks_on="2022-01-01",
        silent_on="2022-01-02",
    ),
    Case(
        "no_lead_professional",
        "four agencies with four needs, no plan and no team",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m", factors="young_parent smoking"),
            e("x", "2021-02-10", "note", by="housing", about="m", factors="housing_insecurity"),
            e("y", "2021-02-20", "note", by="eh", about="m", factors="isolation"),
            e("z", "2021-03-01", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
        ),
        born=UNBORN,
        speaks_on="2021-03-15",
        rests_on="w x y z",
    ),
    Case(
        "no_lead_professional",
        "a team around the family has met",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m", factors="young_parent smoking"),
            e("x", "2021-02-10", "note", by="housing", about="m", factors="housing_insecurity"),
            e("y", "2021-02-20", "note", by="eh", about="m", factors="isolation"),
            e("z", "2021-03-01", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
            e("t", "2021-03-05", "meeting", by="eh", about="c m", type="taf"),
        ),
        born=UNBORN,
        silent_on="2021-03-15",
    ),
    Case(
        "no_lead_professional",
        "two weeks to agree who leads",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m", factors="young_parent smoking"),
            e("x", "2021-02-10", "note", by="housing", about="m", factors="housing_insecurity"),
            e("y", "2021-02-20", "note", by="eh", about="m", factors="isolation"),
            e("z", "2021-03-01", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
        ),
        born=UNBORN,
        silent_on="2021-03-14",
        speaks_on="2021-03-15",
    ),
    Case(
        "care_experienced_parent_without_offer",
        "in care as a child, expecting, nothing offered",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m"),
            e("x", "2021-02-10", "note", by="care", about="m", factors="care_experienced_parent"),
        ),
        born=UNBORN,
        speaks_on="2021-04-07",
        rests_on="x w",
    ),
    Case(
        "care_experienced_parent_without_offer",
        "a programme was offered",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m"),
            e("x", "2021-02-10", "note", by="care", about="m", factors="care_experienced_parent"),
            e("y", "2021-03-01", "appointment", by="hv", about="m c", service="family_nurse", outcome="kept"),
        ),
        born=UNBORN,
        silent_on="2021-04-07",
    ),
    Case(
        "care_experienced_parent_without_offer",
        "eight weeks to offer; until the child is two",
        (
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m"),
            e("x", "2021-02-10", "note", by="care", about="m", factors="care_experienced_parent"),
        ),
        born=UNBORN,
        silent_on="2021-04-06 2023-09-02",
        speaks_on="2021-04-07 2023-09-01",
    ),
    Case(
        "parent_unwell_with_baby",
        "low mood seen by two services, and treatment missed",
        (BIRTH, LOW, MISSED),
        born=YOUNG,
        speaks_on="2021-04-01",
        rests_on="u v",
    ),
    Case(
        "parent_unwell_with_baby",
        "the next appointment was kept",
        (
            BIRTH,
            LOW,
            MISSED,
            e("w", "2021-04-08", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
        ),
        born=YOUNG,
        silent_on="2021-04-08",
    ),
    Case(
        "parent_unwell_with_baby",
        "unwell, and treated",
        (
            BIRTH,
            LOW,
            e("w", "2021-04-01", "appointment", by="amh", about="m", outcome="kept", factors="mental_health_parent"),
        ),
        born=YOUNG,
        silent_on="2021-04-01 2021-05-01",
    ),
    Case(
        "parent_unwell_with_baby",
        "asked about for three months",
        (BIRTH, LOW, MISSED),
        born=YOUNG,
        speaks_on="2021-07-02",
        silent_on="2021-07-03",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
