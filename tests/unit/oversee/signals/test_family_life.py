"""Rules about the family: each speaks, stays silent though close, and knows the edge of its window."""

import pytest

from onestory.platform.history.dates import parse_when
from tests.unit.oversee.signals.family import TIES, Case, Relationship, check, e

REPORT = e("a", "2021-03-01", "concern", told_by="public:neighbour", factors="neglect")
UNBORN = {"c": "2021-09-01"}
DRUGS = e("x", "2020-11-01", "incident", by="police", about="m", factors="drugs_parent", told="csc")
ABUSE = e("y", "2020-12-01", "incident", by="police", about="m p", factors="domestic_abuse_parent", told="csc")
CASES = (
    Case(
        "new_adult_after_concern",
        "moved in weeks after a report, unchecked",
        (REPORT, e("h", "2021-04-01", "household", by="school", about="c m p", joined="p")),
        speaks_on="2021-04-15",
        rests_on="a h",
    ),
    Case(
        "new_adult_after_concern",
        "reports came in after the arrival",
        (e("h", "2021-01-01", "household", by="school", about="c m p", joined="p"), REPORT),
        speaks_on="2021-03-01",
        rests_on="a h",
    ),
    Case(
        "new_adult_after_concern",
        "a partner known of only later, with convictions on record",
        (
            e("x", "2021-04-20", "note", by="prob", about="p", factors="violence_or_offending_adult"),
            e("w", "2021-04-10", "visit", about="c m p", outcome="seen"),
        ),
        ties=(*TIES[:-1], Relationship("p", "partner", "m", known=parse_when("2021-04-01"))),
        speaks_on="2021-04-24",
        rests_on="x w",
    ),
    Case(
        "new_adult_after_concern",
        "the police held nothing",
        (
            REPORT,
            e("h", "2021-04-01", "household", by="school", about="c m p", joined="p"),
            e("k", "2021-04-05", "check", about="p m", asked="police", answered="police", result="nothing_held"),
        ),
        silent_on="2021-04-15",
    ),
    Case(
        "new_adult_after_concern",
        "moved in where nobody has ever reported anything",
        (e("h", "2021-04-01", "household", by="school", about="c m p", joined="p"),),
        silent_on="2021-04-15 2021-12-01",
    ),
    Case(
        "new_adult_after_concern",
        "two weeks to check, a year to ask",
        (REPORT, e("h", "2021-04-01", "household", by="school", about="c m p", joined="p")),
        silent_on="2021-04-14 2022-04-02",
        speaks_on="2021-04-15 2022-04-01",
    ),
    Case(
        "moved_after_concern",
        "moved while a report stands open",
        (REPORT, e("v", "2021-04-01", "move", by="housing", about="c m")),
        speaks_on="2021-04-29",
        rests_on="a v",
    ),
    Case(
        "moved_after_concern",
        "the next health visitor was told",
        (REPORT, e("v", "2021-04-01", "move", by="housing", about="c m", told="hv")),
        silent_on="2021-04-29",
    ),
    Case(
        "moved_after_concern",
        "four weeks to hand over, half a year to ask",
        (REPORT, e("v", "2021-04-01", "move", by="housing", about="c m")),
        silent_on="2021-04-28 2021-10-02",
        speaks_on="2021-04-29 2021-10-01",
    ),
    Case(
        "unborn_child_at_risk",
        "violence and drugs, and no assessment before birth",
        (DRUGS, ABUSE, e("w", "2021-02-01", "pregnancy", by="mw", about="c m")),
        born=UNBORN,
        speaks_on="2021-03-15",
        rests_on="w x y",
    ),
    Case(
        "unborn_child_at_risk",
        "an older child was removed",
        (
            e("o", "2018-02-01", "order", by="court", about="s m", type="care", stage="made"),
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m"),
        ),
        born=UNBORN,
        speaks_on="2021-03-15",
        rests_on="w o",
    ),
    Case(
        "unborn_child_at_risk",
        "the assessment has begun",
        (
            DRUGS,
            ABUSE,
            e("w", "2021-02-01", "pregnancy", by="mw", about="c m"),
            e("z", "2021-03-01", "assessment", about="c m", type="pre_birth", stage="started"),
        ),
        born=UNBORN,
        silent_on="2021-03-15",
    ),
    Case(
        "unborn_child_at_risk",
        "nobody knows of the child yet",
        (DRUGS, ABUSE),
        born=UNBORN,
        silent_on="2021-03-15 2021-08-31",
    ),
    Case(
        "unborn_child_at_risk",
        "six weeks to begin; until eight weeks after birth",
        (DRUGS, ABUSE, e("w", "2021-02-01", "pregnancy", by="mw", about="c m")),
        born=UNBORN,
        silent_on="2021-03-14 2021-10-28",
        speaks_on="2021-03-15 2021-10-27",
    ),
    Case(
        "returned_home_without_plan",
        "home from care and no plan",
        (
            e("o", "2020-02-01", "order", by="court", about="c m", type="care", stage="made"),
            e("h", "2021-02-01", "household", about="c m", joined="c"),
        ),
        speaks_on="2021-02-15",
        rests_on="o h",
    ),
    Case(
        "returned_home_without_plan",
        "the order sends the child home while tests are missed",
        (
            e("o", "2020-02-01", "order", by="court", about="c m", type="care", stage="made"),
            e("x", "2021-01-01", "appointment", by="sub", about="m", outcome="missed", factors="drugs_parent"),
            e("h", "2021-02-01", "order", by="court", about="c m", type="supervision", stage="made"),
        ),
        speaks_on="2021-02-15",
        rests_on="o x h",
    ),
    Case(
        "returned_home_without_plan",
        "a plan goes home with the child",
        (
            e("o", "2020-02-01", "order", by="court", about="c m", type="care", stage="made"),
            e("p", "2021-01-20", "plan", type="child_in_need", stage="opened"),
            e("h", "2021-02-01", "household", about="c m", joined="c"),
        ),
        silent_on="2021-02-15",
    ),
    Case(
        "returned_home_without_plan",
        "two weeks to open a plan",
        (
            e("o", "2020-02-01", "order", by="court", about="c m", type="care", stage="made"),
            e("h", "2021-02-01", "household", about="c m", joined="c"),
        ),
        silent_on="2021-02-14 2022-02-02",
        speaks_on="2021-02-15 2022-02-01",
    ),
    Case(
        "living_with_others_not_assessed",
        "private fostering that nobody assessed",
        (e("x", "2021-02-01", "observation", by="school", factors="privately_fostered"),),
        speaks_on="2021-03-15",
        rests_on="x",
    ),
    Case(
        "living_with_others_not_assessed",
        "it was assessed",
        (
            e("x", "2021-02-01", "observation", by="school", factors="privately_fostered"),
            e("z", "2021-03-01", "assessment", type="private_fostering", stage="completed"),
        ),
        silent_on="2021-03-15",
    ),
    Case(
        "living_with_others_not_assessed",
        "six weeks to assess, a year to ask",
        (e("x", "2021-02-01", "observation", by="school", factors="privately_fostered"),),
        silent_on="2021-03-14 2022-02-02",
        speaks_on="2021-03-15 2022-02-01",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
