"""The Story: who belongs to it, what counts as evidence, what settles it, and what is known on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.platform.history.answers import Answered
from onestory.platform.history.circle import START, circle_of
from onestory.platform.history.dates import parse_when
from onestory.platform.history.evidence import Weight, source_of, weigh
from onestory.platform.history.record import Entry, Relationship
from onestory.platform.history.story import Story, build_story
from tests.unit.oversee.signals.family import TIES, e, history

KIDS = frozenset({"c", "s"})
BRUISE = e("a", "2021-03-01", "concern", told_by="family:aunt", factors="bruising")
WORRY = e("a", "2021-03-01", "concern", told_by="public:neighbour", factors="hygiene")


def story(*entries: Entry, on: str = "2022-01-01", child: str = "c", **said: object) -> Story:
    return build_story(history(entries, **said), child, dt.date.fromisoformat(on))


@pytest.mark.parametrize(
    ("entry", "weight"),
    [
        (e("x", "2021", "concern", told_by="family:aunt"), Weight.REPORT),
        (e("x", "2021", "concern", told_by="family:aunt", factors="bruising"), Weight.HARM),
        (e("x", "2021", "concern", told_by="self:m", factors="drugs_parent"), None),
        (e("x", "2021", "injury", explained="unexplained"), Weight.HARM),
        (e("x", "2021", "injury", explained="consistent"), Weight.SIGN),
        (e("x", "2021", "injury", about="m", factors="domestic_abuse_parent"), Weight.REPORT),
        (e("x", "2021", "incident", about="m", factors="domestic_abuse_parent"), Weight.REPORT),
        (e("x", "2021", "incident", about="p"), None),
        (e("x", "2021", "disclosure", told_by="child:c"), Weight.REPORT),
        (e("x", "2021", "disclosure", told_by="child:c", factors="sexual_abuse_adult"), Weight.HARM),
        (e("x", "2021", "disclosure", about="m", told_by="self:m", factors="alcohol_parent"), Weight.SIGN),
        (e("x", "2021", "disclosure", about="m", told_by="self:m", factors="mental_health_parent"), None),
        (e("x", "2021", "observation", factors="hunger"), Weight.SIGN),
        (e("x", "2021", "observation", factors="bruising"), Weight.HARM),
        (e("x", "2021", "observation"), None),
        (e("x", "2021", "attendance"), None),
        (e("x", "2021", "absence"), Weight.SIGN),
        (e("x", "2021", "appointment", about="m", outcome="kept", factors="drugs_parent"), None),
        (e("x", "2021", "appointment", about="m", outcome="missed", factors="drugs_parent"), Weight.SIGN),
        (e("x", "2021", "note", by="prob", about="p", factors="other"), Weight.SIGN),
        (e("x", "2021", "note", by="school", about="p", factors="other"), None),
        (e("x", "2021", "check", about="p", result="adverse"), Weight.SIGN),
        (e("x", "2021", "assessment", type="medical", factors="bruising"), Weight.HARM),
        (e("x", "2021", "withdrawal", about="m", factors="drugs_parent"), Weight.SIGN),
        (e("x", "2021", "withdrawal"), None),
        (e("x", "2021", "breach", about="p"), Weight.REPORT),
        (e("x", "2021", "plan", factors="neglect"), None),
    ],
    ids=lambda value: value.kind if isinstance(value, Entry) else str(value),
)
def test_what_an_entry_weighs(entry: Entry, weight: Weight | None) -> None:
    sector = {"prob": "probation"}.get(entry.by, "")
    assert weigh(entry, KIDS, sector) is weight


def test_distinct_people_are_told_apart_and_the_unnamed_are_not() -> None:
    told = [
        e("x", "2021", "concern", told_by="family:aunt"),
        e("x", "2021", "concern", told_by="family:uncle"),
        e("x", "2021", "concern", told_by="professional:school"),
        e("x", "2021", "observation", by="school"),
        e("x", "2021", "concern", told_by="anonymous:"),
        e("x", "2021", "concern", told_by="anonymous:"),
    ]
    assert len({source_of(entry) for entry in told}) == 4


@pytest.mark.parametrize(
    ("says", "evidence", "later", "answered"),
    [
        ("verified", BRUISE, e("b", "2021-03-05", "decision", on_entries="a", verified=True), Answered.FIRM),
        ("checked", BRUISE, e("b", "2021-03-05", "decision", on_entries="a", checks_done=True), Answered.SOFT),
        ("not stated", BRUISE, e("b", "2021-03-05", "decision", on_entries="a"), Answered.OPEN),
        ("about another", BRUISE, e("b", "2021-03-05", "decision", on_entries="z", verified=True), Answered.OPEN),
        ("taken up", BRUISE, e("b", "2021-03-05", "decision", on_entries="a", outcome="section_47"), Answered.TAKEN_UP),
        ("a strategy discussion", BRUISE, e("b", "2021-03-05", "meeting", type="strategy"), Answered.TAKEN_UP),
        ("a plan", BRUISE, e("b", "2021-04-05", "plan", type="child_in_need", stage="opened"), Answered.TAKEN_UP),
        ("the sister's plan", BRUISE, e("b", "2021-04-05", "plan", about="s", stage="opened"), Answered.OPEN),
        ("seen alone", BRUISE, e("b", "2021-03-02", "visit", outcome="seen", seen_alone="c"), Answered.FIRM),
        ("seen", WORRY, e("b", "2021-03-02", "visit", outcome="seen", seen="c"), Answered.SOFT),
        ("harm, seen", BRUISE, e("b", "2021-03-02", "visit", outcome="seen", seen="c"), Answered.OPEN),
        ("harm, seen by a doctor", BRUISE, e("b", "2021-03-02", "visit", by="gp", seen="c"), Answered.SOFT),
        ("seen too late", WORRY, e("b", "2021-04-13", "visit", outcome="seen", seen="c"), Answered.OPEN),
        ("seen in time", WORRY, e("b", "2021-04-12", "visit", outcome="seen", seen="c"), Answered.SOFT),
        ("seen before", WORRY, e("b", "2021-02-28", "visit", seen="c", known="2021-03-02"), Answered.OPEN),
        ("access, nobody seen", WORRY, e("b", "2021-03-02", "visit", outcome="seen"), Answered.OPEN),
        ("seen hungry", WORRY, e("b", "2021-03-02", "observation", seen="c", factors="hunger"), Answered.OPEN),
        ("a clear check", WORRY, e("b", "2021-03-02", "check", answered="gp", result="nothing_held"), Answered.SOFT),
        ("an adverse check", WORRY, e("b", "2021-03-02", "check", answered="gp", result="adverse"), Answered.OPEN),
        ("no answer", WORRY, e("b", "2021-03-02", "check", asked="gp"), Answered.OPEN),
        ("a tool", WORRY, e("b", "2021-05-02", "tool", tool="neglect"), Answered.FIRM),
        ("a tool on a bruise", BRUISE, e("b", "2021-05-02", "tool", tool="neglect"), Answered.OPEN),
        (
            "a clear medical",
            BRUISE,
            e("b", "2021-03-02", "assessment", type="medical", stage="completed"),
            Answered.FIRM,
        ),
        (
            "assessed",
            WORRY,
            e("b", "2021-05-02", "assessment", type="child_and_family", stage="completed", covers="hygiene"),
            Answered.SOFT,
        ),
        (
            "assessed for something else",
            WORRY,
            e("b", "2021-05-02", "assessment", type="child_and_family", stage="completed", covers="drugs_parent"),
            Answered.OPEN,
        ),
        ("begun", WORRY, e("b", "2021-05-02", "assessment", type="child_and_family", stage="started"), Answered.OPEN),
        ("fits", e("a", "2021-03-01", "injury", explained="consistent"), e("b", "2021-03-02", "note"), Answered.SOFT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_settles_evidence(says: str, evidence: Entry, later: Entry, answered: Answered) -> None:
    told = story(evidence, later)
    item = next(item for item in told.evidence if item.id == "a")
    assert told.answered(item) is answered


@pytest.mark.parametrize(
    ("says", "earlier"),
    [
        ("an open plan", e("z", "2021-01-01", "plan", type="child_in_need", stage="opened")),
        ("a breach", e("z", "2020-03-02", "breach", about="p", against="p")),
        ("a strategy discussion", e("z", "2020-03-02", "meeting", type="strategy")),
        ("taken out of school", e("z", "2021-01-01", "withdrawal", from_="school")),
    ],
)
def test_being_seen_is_no_longer_enough_after(says: str, earlier: Entry) -> None:
    seen = e("b", "2021-03-02", "visit", outcome="seen", seen="c")
    told = story(earlier, WORRY, seen)
    item = next(item for item in told.evidence if item.id == "a")
    assert told.answered(item) is Answered.OPEN
    later = e("z", "2020-02-29", "breach", about="p", against="p")
    assert story(later, WORRY, seen).answer(item) is not None  # more than a year later it is again


def test_a_decision_that_tested_nothing_takes_back_what_was_only_seen() -> None:
    seen = e("b", "2021-03-02", "visit", outcome="seen", seen="c")
    closed = e("d", "2021-03-05", "decision", outcome="closed", on_entries="a", verified=False)
    told = story(WORRY, seen, closed)
    assert told.unanswered[0].id == "a"
    assert not story(WORRY, seen, closed, on="2021-03-04").unanswered


def test_a_medical_clears_only_a_child_without_a_history() -> None:
    before = e("z", "2021-01-01", "incident", by="police", factors="domestic_abuse_parent")
    medical = e("b", "2021-03-02", "assessment", type="medical", stage="completed")
    told = story(before, BRUISE, medical)
    assert told.answered(told.evidence[-1]) is Answered.SOFT


def test_a_month_stands_for_its_last_day() -> None:
    entry = e("a", "2021-03", "concern")
    assert story(entry, on="2021-03-30").entries == ()
    assert story(entry, on="2021-03-31").entries == (entry,)


def test_an_entry_counts_from_the_day_on_which_somebody_knew_whom_it_is_about() -> None:
    ties = (*TIES[:-1], Relationship("p", "partner", "m", known=parse_when("2021-06-01")))
    entry = e("a", "2021-03-01", "note", by="prob", about="p", factors="violence_or_offending_adult")
    assert story(entry, on="2021-05-31", ties=ties).entries == ()
    assert story(entry, on="2021-06-01", ties=ties).entries == (entry,)
    assert story(e("h", "2021-02-01", "household", about="c m", joined="p"), entry, on="2021-03-01", ties=ties).entries


def test_the_circle_reaches_as_far_as_the_parents_ties() -> None:
    ties = (
        *TIES,
        Relationship("x", "aunt_uncle", "m"),
        Relationship("x", "partner", "y"),
        Relationship("z", "father", "s"),
        Relationship("f", "denied_father", "c", status="denied"),
    )
    circle = circle_of(history((), ties=ties), "c")
    assert {"c", "s", "m", "f", "p", "g", "x", "z"} == set(circle.joined)
    assert circle.children == {"c", "s"}
    assert circle.joined["z"] == START


def test_an_unborn_child_is_known_of_once_somebody_names_it() -> None:
    booking = e("a", "2021-02-01", "pregnancy", by="mw", about="c m")
    born = {"c": "2021-09"}
    assert not story(on="2021-01-31", born=born).exists
    early = story(booking, on="2021-02-01", born=born)
    assert (early.exists, early.is_unborn) == (True, True)
    assert not story(booking, e("b", "2021-09-03", "birth", by="hosp"), on="2021-09-03", born=born).is_unborn
    assert not story(booking, on="2021-09-30", born=born).is_unborn


def test_age_is_the_youngest_that_the_child_can_be() -> None:
    assert story(on="2021-10-30", born={"c": "2021-09"}).age_in_days() == 30
    assert story(on="2021-10-30", born={"c": ""}).age_in_days() is None
    assert story(e("b", "2021-10-01", "birth", by="hosp"), on="2021-10-30", born={"c": ""}).age_in_days() == 29


def test_a_corrected_entry_counts_until_the_correction_is_known() -> None:
    right = e("b", "2021-03-01", "note", known="2021-04-01", supersedes="a")
    assert [item.id for item in story(WORRY, right, on="2021-03-31").evidence] == ["a"]
    later = story(WORRY, right, on="2021-04-01")
    assert [entry.id for entry in later.entries] == ["b"]
    assert later.evidence == ()


def test_an_answer_that_was_taken_back_answers_nothing() -> None:
    seen = e("b", "2021-03-02", "visit", outcome="seen", seen="c")
    back = e("d", "2021-03-02", "visit", known="2021-05-01", supersedes="b", withdraws=True)
    assert story(WORRY, seen, back, on="2021-04-30").unanswered == ()
    assert [item.id for item in story(WORRY, seen, back).unanswered] == ["a"]


def test_plans_are_episodes_and_a_closing_without_an_opening_is_one_too() -> None:
    told = story(
        e("q", "2020-05-01", "plan", type="child_in_need", stage="closed"),
        e("p", "2021-01-01", "plan", type="child_protection", stage="opened"),
        e("r", "2021-04-01", "plan", type="child_protection", stage="reviewed"),
        e("o", "2021-04-01", "plan", about="s", type="child_in_need", stage="opened"),
    )
    assert [(plan.opened.id, plan.closed and plan.closed.id) for plan in told.plans] == [("q", "q"), ("p", None)]
    assert told.open_plan is not None
    assert [entry.id for entry in told.open_plan.entries()] == ["p", "r"]
    assert len(told.family_plans) == 3


def test_a_sisters_injury_is_evidence_and_her_lateness_is_not() -> None:
    told = story(
        e("x", "2021-03-01", "injury", about="s", explained="unexplained"),
        e("y", "2021-03-01", "absence", about="s", factors="punctuality"),
        e("z", "2021-03-01", "observation", about="m", factors="alcohol_parent"),
    )
    assert [item.id for item in told.evidence] == ["x", "z"]


def test_last_seen_goes_by_the_day_of_seeing_not_of_hearing_of_it() -> None:
    told = story(
        e("x", "2021-01-01", "visit", seen="c", known="2021-08-01"), e("y", "2021-05-01", "appointment", seen="c")
    )
    assert told.last_seen is not None
    assert told.last_seen.id == "y"
    assert told.seen_since(dt.date(2021, 4, 30))
    assert not told.seen_since(dt.date(2021, 5, 1))
    assert not told.seen_since(dt.date(2020, 1, 1), alone=True)


def test_a_story_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="cannot be changed"):
        story().today = dt.date(2030, 1, 1)  # type: ignore[misc]


def test_the_programs_own_notes_are_no_part_of_the_story() -> None:
    entry = e("x", "2021-03-01", "note", factors="neglect")
    object.__setattr__(entry, "weight", "system")
    assert story(entry).entries == ()


@pytest.mark.parametrize("relation", ["sibling", "half_sibling"])
def test_a_brother_or_sister_belongs_to_the_circle_though_nobody_recorded_their_parents(relation: str) -> None:
    ties = (Relationship("s", relation, "c"), Relationship("g", "mother", "s"), Relationship("m", "mother", "c"))
    story = build_story(history([e("a", "2021-03-01", "note")], ties=ties), "c", dt.date(2021, 4, 1))
    assert story.children == {"c", "s"}
    assert [row.person for row in story.relationships if row.of == "s"] == ["g"]


def test_a_child_of_the_same_mother_belongs_to_the_circle_though_nobody_called_them_siblings() -> None:
    ties = (Relationship("m", "mother", "c"), Relationship("m", "mother", "s"), Relationship("f", "father", "s"))
    story = build_story(history([e("a", "2021-03-01", "note")], ties=ties), "c", dt.date(2021, 4, 1))
    assert story.children == {"c", "s"}
    assert [row.person for row in story.relationships if row.of == "s"] == ["m", "f"]
