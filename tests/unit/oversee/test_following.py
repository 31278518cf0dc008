"""What a rule read before need not be read again: every evaluation that is kept is the one that would be made anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from onestory.arrive.feeds.case_history import read_case_history
from onestory.oversee.signals.looking import Evaluated
from onestory.oversee.signals.rules import ALL_RULES
from onestory.platform.history.dates import parse_when
from onestory.platform.history.followed import Followed
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import History, Relationship
from onestory.platform.history.story import Story, story_on
from tests.unit.oversee.busy import busy_family
from tests.unit.oversee.generated import histories
from tests.unit.oversee.signals.family import TIES, e, history

HOUSE = Path(__file__).resolve().parents[3]
FILES = [HOUSE / "demonstration" / "child-f.yaml", *sorted((HOUSE / "tests" / "histories").glob("*/*.yaml"))]
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def kept_equals_anew(history: History) -> int:
    """Goes through the history of each child; returns on how many evaluations it looked."""
    number = 0
    for child in [person.id for person in history.people.values() if person.is_child]:
        index, evaluated = StoryIndex(history, child), Evaluated()
        for day in sorted({*index.days, *index.turning_days}):
            story = story_on(index, day)
            kept = evaluated.of(story, ALL_RULES, {})
            anew = Evaluated().of(story_on(StoryIndex(history, child), day), ALL_RULES, {})
            assert [one.findings for one in kept] == [one.findings for one in anew]
            number += len(kept)
    return number


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_evaluation_kept_is_the_one_made_anew(path: Path) -> None:
    assert kept_equals_anew(read_case_history(path).history) > 0


@few
@given(histories())
def test_also_where_entries_are_late_or_imprecise(told: History) -> None:
    kept_equals_anew(told)


def test_also_where_an_entry_is_corrected() -> None:
    told = (
        e("a", "2021-03-01", "concern", factors="bruising", told_by="family:aunt"),
        e("b", "2021-03-02", "concern", factors="neglect", told_by="public:neighbour"),
        e("d", "2021-03-05", "decision", outcome="no_further_action", on_entries="a"),
        e("a2", "2021-03-01", "note", known="2021-03-09", supersedes="a"),
        e("v", "2021-03-10", "visit", outcome="no_access"),
        e("w", "2021-03-05", "decision", known="2021-03-12", supersedes="d", withdraws=True),
    )
    assert kept_equals_anew(history(told)) > 0


def test_also_where_far_too_much_is_known() -> None:
    assert kept_equals_anew(busy_family(3)) > 0


def test_a_reading_that_changes_is_named_and_others_are_not() -> None:
    index = StoryIndex(read_case_history(FILES[0]).history, "f")
    early, late = story_on(index, index.days[40]), story_on(index, index.days[60])
    followed = Followed(early, {}, {})
    kinds, none = followed.of("concern"), followed.of("fgm")
    assert kinds == early.of("concern")
    assert none == ()
    assert followed.evidence == early.evidence
    assert followed.read == {("concern",), ("fgm",), "evidence"}
    later, changed = followed.on(late)
    assert changed == {("concern",), "evidence"}
    assert later.of("concern") == late.of("concern")


def test_what_is_made_of_something_made_is_made_anew_with_it() -> None:
    index = StoryIndex(read_case_history(FILES[0]).history, "f")
    early, late = story_on(index, index.days[40]), story_on(index, index.days[60])

    def concerns(story: Story) -> int:
        return len(story.of("concern"))

    def twice(story: Story) -> int:
        return 2 * story.once("concerns", concerns)

    followed = Followed(early, {}, {})
    assert followed.once("twice", twice) == 2 * len(early.of("concern"))
    later, changed = followed.on(late)
    assert changed is not None
    assert {("once", "concerns"), ("once", "twice")} <= changed
    assert later.once("twice", twice) == 2 * len(late.of("concern")) > followed.once("concerns", concerns)


def test_what_is_made_of_relationships_is_made_anew_when_one_comes_on_record() -> None:
    ties = (*TIES[:-1], Relationship("p", "partner", "m", known=parse_when("2021-04-01")))
    told = history((e("a", "2021-03-01", "note"), e("b", "2021-06-01", "note")), ties=ties)
    index = StoryIndex(told, "c")

    def partners(story: Story) -> int:
        return len([row for row in story.relationships if row.relation == "partner"])

    on = [story_on(index, dt.date(2021, month, 2)).once("partners", partners) for month in (3, 4)]
    assert on == [0, 1]


def test_whoever_asked_for_what_is_not_known_yet_reads_again_with_every_entry() -> None:
    index = StoryIndex(history((e("a", "2021-03-01", "concern"), e("b", "2021-06-01", "note"))), "c")
    early, late = story_on(index, dt.date(2021, 3, 2)), story_on(index, dt.date(2021, 6, 2))
    followed = Followed(early, {}, {})
    assert followed.entry("a") is not None
    assert followed.read == set()
    assert followed.entry("b") is None
    assert followed.read == {"entries"}
    followed.begin()
    assert followed.since(dt.date(2021, 2, 1)) == early.entries
    assert followed.since(dt.date(2021, 3, 1)) == ()
    assert followed.read == {"entries"}
    followed.begin()
    assert followed.answer(replace(early.evidence[0], position=7)) is None
    assert followed.read == {"entries"}
    assert followed.on(late)[1] == {"entries"}
