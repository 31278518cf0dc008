"""Rules about closing: each speaks, stays silent though close, and knows the edge of its window."""

import pytest

from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import ConditionTest, RelationshipTest
from tests.unit.oversee.signals.family import TIES, Case, Relationship, check, e

OPENED = e("p", "2021-01-10", "plan", type="child_in_need", stage="opened", agencies="csc hv school")
CLOSED = e("q", "2021-06-10", "plan", type="child_in_need", stage="closed")
REPORT = e("a", "2021-08-01", "concern", told_by="public:neighbour", factors="neglect")
NFA = e("d", "2021-08-04", "decision", outcome="no_further_action", on_entries="a")
CONDITION = e("k", "2021-01-10", "condition", about="c m", if_=ConditionTest(kinds=frozenset({"concern"})))
CASES = (
    Case(
        "new_harm_after_closure",
        "a report two months after a plan was closed",
        (OPENED, CLOSED, REPORT),
        speaks_on="2021-08-01",
        rests_on="q a",
    ),
    Case(
        "new_harm_after_closure",
        "a report after a report that was closed untested",
        (REPORT, NFA, e("b", "2021-10-01", "concern", told_by="family:aunt")),
        speaks_on="2021-10-01",
        rests_on="d a b",
    ),
    Case(
        "new_harm_after_closure",
        "the new report was verified and nothing found",
        (
            OPENED,
            CLOSED,
            REPORT,
            e("d", "2021-08-04", "decision", outcome="no_further_action", on_entries="a", verified=True),
        ),
        silent_on="2021-08-04",
    ),
    Case(
        "new_harm_after_closure",
        "a step down: another plan goes on",
        (
            e("p", "2021-01-10", "plan", type="child_protection", stage="opened"),
            e("q", "2021-06-10", "plan", type="child_protection", stage="closed"),
            e("r", "2021-06-10", "plan", type="child_in_need", stage="opened"),
            REPORT,
        ),
        silent_on="2021-08-01",
    ),
    Case(
        "new_harm_after_closure",
        "a year after the closing, not longer",
        (OPENED, CLOSED, e("a", "2022-06-11", "concern", told_by="public:neighbour")),
        silent_on="2022-06-11",
    ),
    Case(
        "new_harm_after_closure",
        "asked about for a year",
        (OPENED, CLOSED, e("a", "2022-06-10", "concern", told_by="public:neighbour")),
        speaks_on="2022-06-10 2023-06-10",
        silent_on="2023-06-11",
    ),
    Case(
        "closed_without_testing",
        "closed without checks",
        (REPORT, e("d", "2021-08-04", "decision", outcome="no_further_action", on_entries="a", checks_done=False)),
        speaks_on="2021-08-04",
        rests_on="a d",
    ),
    Case(
        "closed_without_testing",
        "called malicious although the child was only looked at",
        (
            REPORT,
            e("b", "2021-08-02", "visit", outcome="seen", seen="c"),
            e("d", "2021-08-04", "decision", outcome="malicious", on_entries="a"),
        ),
        speaks_on="2021-08-04",
    ),
    Case(
        "closed_without_testing",
        "malicious, and it was verified",
        (REPORT, e("d", "2021-08-04", "decision", outcome="malicious", on_entries="a", verified=True)),
        silent_on="2021-08-04",
    ),
    Case(
        "closed_without_testing",
        "what is not stated is held against nobody",
        (REPORT, NFA),
        silent_on="2021-08-04",
    ),
    Case(
        "closed_without_testing",
        "asked about for a year",
        (REPORT, e("d", "2021-08-04", "decision", outcome="closed", on_entries="a", verified=False)),
        speaks_on="2022-08-04",
        silent_on="2022-08-05",
    ),
    Case(
        "closed_again_without_assessment",
        "two reports closed one after the other",
        (
            REPORT,
            NFA,
            e("b", "2021-10-01", "concern", told_by="public:neighbour"),
            e("g", "2021-10-03", "decision", outcome="information_only", on_entries="b"),
        ),
        speaks_on="2021-10-03",
        rests_on="a d b g",
    ),
    Case(
        "closed_again_without_assessment",
        "closed once, beside what school and surgery noticed",
        (
            e("x", "2021-05-01", "observation", by="school", factors="hunger"),
            e("y", "2021-06-01", "observation", by="gp", factors="hygiene"),
            REPORT,
            NFA,
        ),
        speaks_on="2021-08-04",
        rests_on="d x y",
    ),
    Case(
        "closed_again_without_assessment",
        "closed once, and the same was noticed before",
        (e("x", "2021-05-01", "observation", by="school", factors="neglect"), REPORT, NFA),
        speaks_on="2021-08-04",
        rests_on="d x",
    ),
    Case(
        "closed_again_without_assessment",
        "closed once, and something else was noticed once",
        (e("x", "2021-05-01", "observation", by="school", factors="emotional_abuse"), REPORT, NFA),
        silent_on="2021-08-04",
    ),
    Case(
        "closed_again_without_assessment",
        "an assessment was made between them",
        (
            REPORT,
            NFA,
            e("z", "2021-09-01", "assessment", type="child_and_family", stage="completed"),
            e("b", "2021-10-01", "concern", told_by="public:neighbour"),
            e("g", "2021-10-03", "decision", outcome="information_only", on_entries="b"),
        ),
        silent_on="2021-10-03",
    ),
    Case(
        "closed_again_without_assessment",
        "no more than a year apart",
        (
            REPORT,
            NFA,
            e("b", "2022-08-05", "concern", told_by="public:neighbour"),
            e("g", "2022-08-05", "decision", outcome="information_only", on_entries="b"),
        ),
        silent_on="2022-08-05",
    ),
    Case(
        "closed_again_without_assessment",
        "asked about for a year",
        (
            REPORT,
            NFA,
            e("b", "2022-08-04", "concern", told_by="public:neighbour"),
            e("g", "2022-08-04", "decision", outcome="information_only", on_entries="b"),
        ),
        speaks_on="2022-08-04 2023-08-04",
        silent_on="2023-08-05",
    ),
    Case(
        "plan_closed_with_matters_open",
        "a required action was not done",
        (OPENED, e("x", "2021-02-01", "action", action="tests", stage="required"), CLOSED),
        speaks_on="2021-06-10",
        rests_on="q x p",
    ),
    Case(
        "plan_closed_with_matters_open",
        "a report of the last weeks stands open",
        (OPENED, e("a", "2021-05-20", "concern", told_by="public:neighbour"), CLOSED),
        speaks_on="2021-06-10",
        rests_on="q a",
    ),
    Case(
        "plan_closed_with_matters_open",
        "everything was done",
        (
            OPENED,
            e("x", "2021-02-01", "action", action="tests", stage="required"),
            e("y", "2021-05-01", "action", action="tests", stage="done"),
            CLOSED,
        ),
        silent_on="2021-06-10",
    ),
    Case(
        "plan_closed_with_matters_open",
        "three months before the closing, not longer; asked about for half a year",
        (OPENED, e("a", "2021-03-10", "concern", told_by="public:neighbour"), CLOSED),
        speaks_on="2021-12-10",
        silent_on="2021-12-11",
    ),
    Case(
        "plan_closed_with_matters_open",
        "an older report",
        (OPENED, e("a", "2021-03-09", "concern", told_by="public:neighbour"), CLOSED),
        silent_on="2021-06-10",
    ),
    Case(
        "plan_closed_with_matters_open",
        "early help closed, and it had taken the report up",
        (
            e("p", "2021-03-01", "plan", by="eh", type="early_help", stage="opened"),
            e("a", "2021-02-01", "concern", told_by="professional:school", factors="supervision"),
            e("q", "2021-06-10", "plan", by="eh", type="early_help", stage="closed"),
        ),
        silent_on="2021-06-10",  # the plan took the report up
    ),
    Case(
        "plan_closed_with_matters_open",
        "early help closed while a new report stands",
        (
            e("p", "2021-01-01", "plan", by="eh", type="early_help", stage="opened"),
            e("a", "2021-02-01", "concern", told_by="professional:school", factors="supervision"),
            e("q", "2021-06-10", "plan", by="eh", type="early_help", stage="closed"),
        ),
        speaks_on="2021-06-10",
        rests_on="q a",
    ),
    Case(
        "closure_not_acknowledged",
        "nobody has said that the notice arrived",
        (OPENED, CLOSED, e("n", "2021-06-10", "notice", stage="sent", to="sn")),
        speaks_on="2021-06-24",
        rests_on="n q",
    ),
    Case(
        "closure_not_acknowledged",
        "it was acknowledged",
        (
            e("n", "2021-06-10", "notice", stage="sent", to="sn"),
            e("o", "2021-06-12", "notice", by="sn", stage="acknowledged", to="csc"),
        ),
        silent_on="2021-06-24",
    ),
    Case(
        "closure_not_acknowledged",
        "one of two has acknowledged",
        (
            e("n", "2021-06-10", "notice", stage="sent", to="sn hv"),
            e("o", "2021-06-12", "notice", by="sn", stage="acknowledged", to="csc"),
        ),
        speaks_on="2021-06-24",
    ),
    Case(
        "closure_not_acknowledged",
        "fourteen days to acknowledge, half a year to ask",
        (e("n", "2021-06-10", "notice", stage="sent", to="sn"),),
        silent_on="2021-06-23 2021-12-11",
        speaks_on="2021-06-24 2021-12-10",
    ),
    Case(
        "aftercare_not_agreed",
        "two notes of the same closing differ",
        (
            e("x", "2021-06-10", "aftercare", by="csc", who="hv", every="P1M"),
            e("y", "2021-06-14", "aftercare", by="hv", who="m", every="P3M"),
        ),
        speaks_on="2021-06-14",
        rests_on="x y",
    ),
    Case(
        "aftercare_not_agreed",
        "two notes say the same",
        (
            e("x", "2021-06-10", "aftercare", by="csc", who="hv", every="P1M"),
            e("y", "2021-06-14", "aftercare", by="hv", who="hv", every="P1M"),
        ),
        silent_on="2021-06-14",
    ),
    Case(
        "aftercare_not_agreed",
        "asked about for half a year",
        (
            e("x", "2021-06-10", "aftercare", by="csc", who="hv", every="P1M"),
            e("y", "2021-07-08", "aftercare", by="hv", who="m", every="P3M"),
        ),
        speaks_on="2022-01-07",
        silent_on="2022-01-08",
    ),
    Case(
        "disengaged_after_closure",
        "two appointments missed since",
        (
            OPENED,
            CLOSED,
            e("x", "2021-07-01", "appointment", by="gp", outcome="not_brought"),
            e("y", "2021-08-01", "appointment", by="hv", outcome="declined"),
        ),
        speaks_on="2021-08-01",
        rests_on="q x y",
    ),
    Case(
        "disengaged_after_closure",
        "a promise of after-care that stopped",
        (OPENED, CLOSED, e("x", "2021-06-10", "aftercare", who="hv", every="P1M")),
        speaks_on="2021-08-11",
        rests_on="x q",
    ),
    Case(
        "disengaged_after_closure",
        "the child was seen since",
        (
            OPENED,
            CLOSED,
            e("x", "2021-07-01", "appointment", by="gp", outcome="not_brought"),
            e("y", "2021-08-01", "appointment", by="hv", outcome="not_brought"),
            e("z", "2021-08-09", "appointment", by="hv", outcome="kept", seen="c"),
        ),
        silent_on="2021-08-09",
    ),
    Case(
        "disengaged_after_closure",
        "a promise has twice its time",
        (OPENED, CLOSED, e("x", "2021-06-10", "aftercare", who="hv", every="P4W")),
        silent_on="2021-08-04",
        speaks_on="2021-08-05",
    ),
    Case(
        "standing_condition_met",
        "a further concern came in",
        (CONDITION, e("a", "2021-08-01", "concern", about="c m")),
        speaks_on="2021-08-01",
        rests_on="k a",
    ),
    Case(
        "standing_condition_met",
        "a relationship is confirmed",
        (
            e(
                "k",
                "2021-01-10",
                "condition",
                about="c m",
                if_=ConditionTest(relationship=RelationshipTest("p", "father", "c")),
            ),
        ),
        ties=(*TIES, Relationship("p", "father", "c", known=parse_when("2021-03-01"))),
        silent_on="2021-02-28",
        speaks_on="2021-03-01",
        rests_on="k",
    ),
    Case(
        "standing_condition_met",
        "something else came in",
        (CONDITION, e("a", "2021-08-01", "incident", by="police", about="c m", factors="domestic_abuse_parent")),
        silent_on="2021-08-01",
    ),
    Case(
        "standing_condition_met",
        "the condition was excused",
        (
            e(
                "k",
                "2021-01-10",
                "condition",
                about="c m",
                if_=ConditionTest(kinds=frozenset({"concern"})),
                unless=ConditionTest(kinds=frozenset({"tool"})),
            ),
            e("t", "2021-02-01", "tool", tool="neglect"),
            e("a", "2021-08-01", "concern", about="c m"),
        ),
        silent_on="2021-08-01",
    ),
    Case(
        "standing_condition_met",
        "what meets it is asked about for a year",
        (CONDITION, e("a", "2021-08-01", "concern", about="c m")),
        speaks_on="2022-08-01",
        silent_on="2022-08-02",
    ),
    Case(
        "standing_condition_met",
        "the condition was ended",
        (
            e("k", "2021-01-10", "condition", if_=ConditionTest(kinds=frozenset({"concern"})), ended="2021-06-01"),
            e("a", "2021-05-30", "concern"),
        ),
        speaks_on="2021-06-01",
        silent_on="2021-06-02",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
