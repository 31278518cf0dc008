"""When each child was seen, and how long nobody saw them."""

from __future__ import annotations

import datetime as dt

from onestory.arrive.chronology.picture import gap_words
from onestory.arrive.chronology.rows import names_of
from onestory.arrive.chronology.sightings import sightings
from tests.unit.arrive.chronology.histories import entry, history

TODAY = dt.date(2021, 12, 31)


def of_mia(*entries, today=TODAY):
    return next(one for one in sightings(history(*entries), today, {"mia"}))


def test_a_child_about_whom_nothing_is_recorded_has_no_gap():
    one = of_mia()
    assert (one.last, one.gaps) == (None, ())


def test_eight_weeks_are_a_gap_from_the_day_after():
    first = entry("a", "2021-01-01", "visit", seen=("mia",))
    at_the_edge = entry("b", "2021-02-26", "visit", seen=("mia",))
    assert of_mia(first, at_the_edge, today=dt.date(2021, 2, 26)).gaps == ()
    a_day_more = entry("b", "2021-02-27", "visit", seen=("mia",))
    (gap,) = of_mia(first, a_day_more, today=dt.date(2021, 2, 27)).gaps
    assert (gap.first, gap.last, gap.days, gap.open) == (dt.date(2021, 1, 1), dt.date(2021, 2, 27), 57, False)


def test_the_last_gap_stands_open_until_today():
    (gap,) = of_mia(entry("a", "2021-06-01", "visit", seen=("mia",))).gaps
    assert (gap.first, gap.last, gap.open) == (dt.date(2021, 6, 1), TODAY, True)


def test_access_alone_does_not_say_that_a_child_was_seen():
    one = of_mia(entry("a", "2021-06-01", "visit", own={"outcome": "seen"}))
    assert one.last is None
    assert one.gaps[0].first == dt.date(2021, 6, 1)


def test_seen_alone_is_seen():
    assert of_mia(entry("a", "2021-06-01", "visit", seen_alone=("mia",))).last is not None


def test_a_sighting_without_a_day_counts_for_the_whole_of_its_time():
    whole_spring = entry("a", "2021-03/2021-05", "visit", seen=("mia",))
    assert [gap.first for gap in of_mia(whole_spring).gaps] == [dt.date(2021, 5, 31)]


def test_time_before_birth_and_unborn_children_are_left_out():
    before = entry("a", "2019-01-01", "assessment")
    (gap,) = of_mia(before, entry("b", "2020-08-01", "visit", seen=("mia",)), today=dt.date(2020, 8, 2)).gaps
    assert gap.first == dt.date(2020, 3, 5)
    assert [one.child.id for one in sightings(history(before), dt.date(2019, 6, 1), {"mia", "sam"})] == ["sam"]


def test_eldest_first():
    assert [one.child.id for one in sightings(history(), TODAY, {"mia", "sam"})] == ["sam", "mia"]


def test_a_later_sighting_is_not_told_on_an_earlier_day():
    one = of_mia(entry("a", "2021-06-01", "visit", seen=("mia",)), today=dt.date(2021, 5, 1))
    assert one.last is None


def test_in_a_sentence():
    names = names_of(history())
    never = of_mia(entry("n", "2021-12-30"))
    assert gap_words(never, names) == "No entry says that Mia was seen by a professional."
    seen = of_mia(entry("a", "2021-06-01", "visit", by="hv", seen=("mia",)))
    assert gap_words(seen, names) == (
        "Mia was last seen on record on 1 June 2021, by Health Visiting. The longest time without: 6 months, "
        "from 1 June 2021 to 31 December 2021 and still open."
    )
