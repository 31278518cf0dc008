"""Rules about harm to a child: each speaks, stays silent though close, and knows the edge of its window."""

import pytest

from onestory.oversee.signals.rule import Level
from tests.unit.oversee.signals.family import Case, check, e

BRUISE = e("a", "2021-03-01", "concern", told_by="family:aunt", factors="bruising")
BABY = {"c": "2021-01-01"}
CASES = (
    Case(
        "physical_harm_without_strategy_discussion",
        "a reported bruise that nobody answered",
        (BRUISE,),
        speaks_on="2021-03-03",
        rests_on="a",
        level=Level.REVIEW,
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "a second report of harm makes it urgent",
        (e("z", "2021-01-05", "concern", told_by="public:neighbour", factors="emotional_abuse"), BRUISE),
        speaks_on="2021-03-03",
        rests_on="a z",
        level=Level.ACT,
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "a look at the child beside the parent is no answer",
        (BRUISE, e("b", "2021-03-02", "visit", outcome="seen", seen="c")),
        speaks_on="2021-03-03",
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "the child was seen alone next day",
        (BRUISE, e("b", "2021-03-02", "visit", outcome="seen", seen_alone="c")),
        silent_on="2021-03-03 2021-06-01",
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "a strategy discussion was held",
        (BRUISE, e("b", "2021-03-02", "meeting", type="strategy")),
        silent_on="2021-03-03",
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "another child was the one seen",
        (
            e("a", "2021-03-01", "concern", about="c s", told_by="family:aunt", factors="bruising"),
            e("b", "2021-03-02", "visit", about="c s", outcome="seen", seen_alone="s"),
        ),
        speaks_on="2021-03-03",
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "two days are left for an answer, and half a year to ask",
        (BRUISE,),
        silent_on="2021-03-02 2021-09-01",
        speaks_on="2021-03-03 2021-08-31",
    ),
    Case(
        "physical_harm_without_strategy_discussion",
        "a month has gone by already when it ends",
        (e("a", "2021-03", "concern", told_by="family:aunt", factors="bruising"),),
        silent_on="2021-03-30",
        speaks_on="2021-03-31",
    ),
    Case(
        "injury_to_baby_not_mobile",
        "a bruise on a baby of two months, explained",
        (e("a", "2021-03-01", "injury", by="hv", explained="consistent", severity="minor"),),
        born=BABY,
        speaks_on="2021-03-03",
        rests_on="a",
        level=Level.ACT,
    ),
    Case(
        "injury_to_baby_not_mobile",
        "a paediatrician examined the baby",
        (
            e("a", "2021-03-01", "injury", by="hv", explained="unexplained"),
            e("b", "2021-03-01", "assessment", by="hosp", type="medical", stage="completed"),
        ),
        born=BABY,
        silent_on="2021-03-03",
    ),
    Case(
        "injury_to_baby_not_mobile",
        "a toddler's bruise is another rule's matter",
        (e("a", "2021-08-01", "injury", by="hv", explained="consistent"),),
        born=BABY,
        silent_on="2021-08-03",
    ),
    Case(
        "injury_to_baby_not_mobile",
        "the last day of the first half year",
        (
            e("a", "2021-07-02", "injury", by="hv", explained="consistent"),
            e("b", "2021-07-03", "injury", by="hv", explained="consistent"),
        ),
        born=BABY,
        silent_on="2021-07-03",
        speaks_on="2021-07-04",
        rests_on="a",
    ),
    Case(
        "repeated_injuries_or_attendances",
        "two injuries seen at two places",
        (
            e("a", "2021-03-01", "injury", by="nursery", explained="unexplained"),
            e("b", "2021-06-01", "attendance", by="hosp", factors="bruising"),
        ),
        speaks_on="2021-06-01",
        rests_on="a b",
    ),
    Case(
        "repeated_injuries_or_attendances",
        "attendances for an illness are no pattern of injury",
        tuple(e(f"a{n}", f"2021-0{n}-01", "attendance", by=by) for n, by in enumerate(("hosp", "ucc", "far"), 3)),
        silent_on="2021-06-01",
    ),
    Case(
        "repeated_injuries_or_attendances",
        "a year apart, not longer",
        (
            e("a", "2021-03-01", "injury", by="nursery", explained="unexplained"),
            e("b", "2022-03-02", "injury", by="hosp", explained="unexplained"),
        ),
        silent_on="2022-03-02",
    ),
    Case(
        "repeated_injuries_or_attendances",
        "the newest is asked about for a year",
        (
            e("a", "2021-03-01", "injury", by="nursery", explained="unexplained"),
            e("b", "2021-06-01", "injury", by="hosp", explained="unexplained"),
        ),
        speaks_on="2022-06-01",
        silent_on="2022-06-02",
    ),
    Case(
        "enquiry_without_outcome",
        "a strategy discussion that nothing followed",
        (BRUISE, e("b", "2021-03-02", "meeting", type="strategy")),
        speaks_on="2021-05-10",
        rests_on="a b",
    ),
    Case(
        "enquiry_without_outcome",
        "an assessment was made",
        (
            BRUISE,
            e("b", "2021-03-02", "meeting", type="strategy"),
            e("d", "2021-04-20", "assessment", type="section_47", stage="completed"),
        ),
        silent_on="2021-05-10",
    ),
    Case(
        "enquiry_without_outcome",
        "45 working days are left",
        (BRUISE, e("b", "2021-03-02", "meeting", type="strategy")),
        silent_on="2021-05-03",
        speaks_on="2021-05-04",
    ),
    Case(
        "concerns_from_different_people",
        "two people within weeks, neither tested",
        (
            e("a", "2021-03-01", "concern", told_by="family:aunt", factors="neglect"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour", factors="emotional_abuse"),
        ),
        speaks_on="2021-04-01",
        rests_on="a b",
    ),
    Case(
        "concerns_from_different_people",
        "the same person again, and the child seen each time",
        (
            e("a", "2021-03-01", "concern", told_by="public:neighbour"),
            e("a1", "2021-03-01", "visit", outcome="seen", seen="c"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour"),
            e("b1", "2021-04-01", "visit", outcome="seen", seen="c"),
            e("d", "2021-05-01", "concern", told_by="public:neighbour"),
            e("d1", "2021-05-01", "visit", outcome="seen", seen="c"),
        ),
        silent_on="2021-05-01 2021-06-01",
    ),
    Case(
        "concerns_from_different_people",
        "three different people, although the child was seen each time",
        (
            e("a", "2021-03-01", "concern", told_by="public:neighbour"),
            e("a1", "2021-03-01", "visit", outcome="seen", seen="c"),
            e("b", "2021-04-01", "concern", told_by="family:aunt"),
            e("b1", "2021-04-01", "visit", outcome="seen", seen="c"),
            e("d", "2021-05-01", "concern", told_by="professional:school"),
            e("d1", "2021-05-01", "visit", outcome="seen", seen="c"),
        ),
        speaks_on="2021-05-01",
        rests_on="a b d",
    ),
    Case(
        "concerns_from_different_people",
        "a clinic noticed what the school then reports",
        (
            e("a", "2021-01-01", "observation", by="hosp", factors="emotional_abuse"),
            e("b", "2021-04-01", "concern", told_by="professional:school", factors="emotional_abuse"),
        ),
        speaks_on="2021-04-01",
        rests_on="a b",
    ),
    Case(
        "concerns_from_different_people",
        "a clinic noticed something else",
        (
            e("a", "2021-01-01", "observation", by="hosp", factors="hygiene"),
            e("b", "2021-04-01", "concern", told_by="professional:school", factors="emotional_abuse"),
        ),
        silent_on="2021-04-01",
    ),
    Case(
        "concerns_from_different_people",
        "twice about exploitation, from one source",
        (
            e("a", "2021-01-01", "incident", by="police", factors="missing", told="csc"),
            e("b", "2021-04-01", "incident", by="police", factors="criminal_exploitation", told="csc"),
        ),
        speaks_on="2021-04-01",
        rests_on="a b",
    ),
    Case(
        "concerns_from_different_people",
        "an assessment has read them together",
        (
            e("a", "2021-03-01", "concern", told_by="family:aunt", factors="neglect"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour", factors="neglect"),
            e("d", "2021-04-20", "assessment", type="child_and_family", stage="completed"),
        ),
        silent_on="2021-05-01",
    ),
    Case(
        "concerns_from_different_people",
        "read together for a year",
        (
            e("a", "2021-03-01", "concern", told_by="family:aunt", factors="neglect"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour", factors="neglect"),
        ),
        speaks_on="2022-04-01",
        silent_on="2022-04-02",
    ),
    Case(
        "harm_continues_under_plan",
        "reports go on coming in under a plan",
        (
            e("p", "2021-01-10", "plan", type="child_protection", stage="opened"),
            e("a", "2021-03-01", "concern", told_by="public:neighbour"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour"),
            e("b1", "2021-04-02", "visit", outcome="seen", seen="c"),
        ),
        speaks_on="2021-04-02",
        rests_on="p a b",
    ),
    Case(
        "harm_continues_under_plan",
        "one report under a plan, and one before it",
        (
            e("a", "2021-01-01", "concern", told_by="public:neighbour"),
            e("p", "2021-01-10", "plan", type="child_protection", stage="opened"),
            e("b", "2021-04-01", "concern", told_by="public:neighbour"),
        ),
        silent_on="2021-04-02",
    ),
    Case(
        "harm_continues_under_plan",
        "asked about for a year",
        (
            e("p", "2021-01-10", "plan", type="child_in_need", stage="opened"),
            e("a", "2021-03-01", "injury", by="nursery", explained="unexplained"),
        ),
        speaks_on="2022-03-01",
        silent_on="2022-03-02",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_rule(case: Case) -> None:
    check(case)
