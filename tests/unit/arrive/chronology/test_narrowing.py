"""Filters, the history of a past day, and one child's family."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.arrive.chronology.narrowing import Narrowing, as_known_on, family_of, narrow, newest_first
from tests.unit.arrive.chronology.histories import entry, history

ENTRIES = (
    entry("a", "2021-01-10", "concern", by="school", factors=frozenset({"hygiene"})),
    entry("b", "2021-02", "visit", seen=("mia",)),
    entry("c", "2021-03-01", "concern", about=("sam",), known="2021-06-01"),
    entry("d", "2021-03-01", "note", known=None),
)


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [
        (Narrowing(), "abcd"),
        (Narrowing(agency="school"), "a"),
        (Narrowing(kind="concern"), "ac"),
        (Narrowing(factor="hygiene"), "a"),
        (Narrowing(child="sam"), "c"),
        (Narrowing(child="stranger"), ""),
        (Narrowing(since=dt.date(2021, 2, 28)), "bcd"),
        (Narrowing(since=dt.date(2021, 3, 1)), "cd"),
        (Narrowing(until=dt.date(2021, 2, 1)), "ab"),
        (Narrowing(until=dt.date(2021, 1, 31)), "a"),
        (Narrowing(since=dt.date(2021, 3, 1), kind="concern"), "c"),
    ],
)
def test_filters(narrowing, left):
    assert "".join(one.id for one in narrow(ENTRIES, narrowing)) == left


def test_a_child_who_was_only_seen_passes_the_filter_by_child():
    seen = entry("s", "2021", "visit", about=("mother",), seen=("sam",))
    assert narrow([seen], Narrowing(child="sam")) == (seen,)


def test_looking_back_is_not_a_filter_that_leaves_something_out():
    assert not Narrowing(known_on=dt.date(2021, 1, 1)).filters
    assert Narrowing(kind="note").filters


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2021-01-09", ""),
        ("2021-01-10", "a"),
        ("2021-02-27", "a"),
        ("2021-02-28", "ab"),
        ("2021-05-31", "ab"),
        ("2021-06-01", "abc"),
    ],
)
def test_what_was_known_on_a_day(day, known):
    told = as_known_on(history(*ENTRIES), dt.date.fromisoformat(day))
    assert "".join(one.id for one in told.entries) == known


def test_what_came_out_afterwards_is_told_today_and_on_no_past_day():
    assert "d" in {one.id for one in as_known_on(history(*ENTRIES), None).entries}
    assert "d" not in {one.id for one in as_known_on(history(*ENTRIES), dt.date(2100, 1, 1)).entries}


def test_a_relationship_is_told_from_the_day_on_which_it_was_recorded():
    def statuses(day: str) -> list[str]:
        told = as_known_on(history(), dt.date.fromisoformat(day))
        return [row.status for row in told.relationships if row.person == "father"]

    assert statuses("2020-04-29") == []
    assert statuses("2020-04-30") == ["alleged"]
    assert statuses("2021-02-28") == ["alleged", "confirmed"]


def test_a_corrected_entry_is_told_until_the_correction_was_known():
    first = entry("first", "2021-01-01")
    second = entry("second", "2021-01-01", known="2021-05-01", supersedes="first")
    corrected = history(first, second)
    assert [one.id for one in as_known_on(corrected, dt.date(2021, 4, 30)).entries] == ["first"]
    assert [one.id for one in as_known_on(corrected, dt.date(2021, 5, 1)).entries] == ["second"]
    assert [one.id for one in as_known_on(corrected, None).entries] == ["second"]


def test_what_was_taken_back_is_gone_from_that_day():
    taken = history(
        entry("x", "2021-01-01"), entry("y", "2021-01-01", known="2021-05-01", supersedes="x", withdraws=True)
    )
    assert [one.id for one in as_known_on(taken, dt.date(2021, 4, 30)).entries] == ["x"]
    assert as_known_on(taken, None).entries == ()


def test_newest_day_first_and_within_a_day_as_it_became_known():
    morning, evening = entry("morning", "2021-03-01"), entry("evening", "2021-03-01")
    month, year = entry("month", "2021-03"), entry("year", "2021")
    ordered = newest_first([year, morning, month, evening, entry("older", "2021-02-27")])
    assert [one.id for one in ordered] == ["year", "month", "morning", "evening", "older"]


def test_another_familys_entries_are_left_out_but_whom_an_entry_mentions_can_be_named():
    ours = entry("ours", "2021", about=("mia", "stranger"))
    theirs = entry("theirs", "2021", about=("stranger",))
    family = family_of(history(ours, theirs), "mia")
    assert [one.id for one in family.history.entries] == ["ours"]
    assert family.children == {"mia", "sam"}
    assert "stranger" not in family.circle
    assert family.history.people["stranger"].label == "Stranger"
