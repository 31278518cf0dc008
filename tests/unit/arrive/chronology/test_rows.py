"""Entries made ready for the page."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.arrive.chronology.rows import TONES, ahead_of, days, extent, names_of, row, shortened
from onestory.platform.history.vocabulary import KINDS
from tests.unit.arrive.chronology.histories import entry, history

NAMES = names_of(history())


def test_entries_of_one_day_stand_under_one_heading_in_their_order():
    grouped = days([entry("a", "2021-03-01"), entry("b", "2021-03-01"), entry("c", "2021-02")], NAMES)
    assert [(day.heading, day.note, [one.id for one in day.rows]) for day in grouped] == [
        ("1 March 2021", "", ["a", "b"]),
        ("February 2021", "the day is not recorded", ["c"]),
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (frozenset({"csc"}), "No other agency told at the time"),
        (frozenset({"csc", "school"}), "Told at the time: School"),
        (frozenset({"csc", "school", "hv"}), "Told at the time: Health Visiting and School"),
    ],
)
def test_who_knew(told, words):
    assert row(entry("e", "2021", told=told), NAMES).told == words


@pytest.mark.parametrize(
    ("happened", "known", "words"),
    [
        ("2021-03-01", "2021-03-01", ""),
        ("2021-03", "2021-03", ""),
        ("2021-03-01", "2021-05", "Known from May 2021"),
        ("2021-03-01", None, "Not known at the time: it came out only afterwards"),
    ],
)
def test_known_later_than_it_happened_is_said(happened, known, words):
    assert row(entry("e", happened, known=known), NAMES).known == words


def test_whom_a_professional_saw_and_who_was_seen_alone():
    seen = entry("e", "2021", "visit", seen=("mia", "sam"), seen_alone=("sam",))
    assert row(seen, NAMES).seen == "Mia and Sam, alone"
    assert row(entry("e", "2021", "visit"), NAMES).seen == ""


def test_contact_is_said_only_where_two_were_in_contact():
    assert row(entry("e", "2021", together=("mother", "father")), NAMES).together == "Mother and Father"
    assert row(entry("e", "2021", together=("mother",)), NAMES).together == ""


def test_not_brought_no_access_and_cancellation_are_marked_alike():
    tones = {
        row(entry("e", "2021", kind, own={"outcome": outcome}), NAMES).tone
        for kind, outcome in (("appointment", "not_brought"), ("visit", "no_access"), ("appointment", "cancelled"))
    }
    assert tones == {"missed"}


def test_what_a_professional_saw_is_a_worry_only_where_it_names_one():
    assert row(entry("e", "2021", "observation"), NAMES).tone == "contact"
    assert row(entry("e", "2021", "observation", factors=frozenset({"hygiene"})), NAMES).tone == "worry"


def test_every_kind_but_the_note_has_its_tone():
    assert KINDS.keys() - TONES.keys() == {"note"}


def test_the_programs_own_entries_are_demoted():
    assert row(entry("e", "2021", weight="system"), NAMES).demoted
    assert not row(entry("e", "2021"), NAMES).demoted


def test_several_of_the_same_kind_and_a_restriction_are_said():
    one = row(entry("e", "2021", count=6, restricted="care_history"), NAMES)
    assert (one.stands_for, one.restricted) == ("Stands for 6 of the same kind", "Restricted: care history")


def test_a_short_note_is_shown_in_full_and_a_long_one_loses_nothing():
    assert shortened("Seen at clinic.") == ("Seen at clinic.", "")
    long = " ".join(f"word{i}" for i in range(300))
    begins, rest = shortened(long)
    assert len(begins) < 600
    assert f"{begins.removesuffix(' …')} {rest.removeprefix('… ')}" == long
    begins, rest = shortened("x" * 1000)
    assert begins.removesuffix(" …") + rest.removeprefix("… ") == "x" * 1000


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([], "No entries"),
        ([entry("a", "2021-03-01")], "1 entry by 1 agency, 1 March 2021"),
        ([entry("a", "2019"), entry("b", "2021-03", by="school")], "2 entries by 2 agencies, 2019 to March 2021"),
        ([entry("a", "2018-11/2019-04")], "1 entry by 1 agency, November 2018 to April 2019"),
    ],
)
def test_how_much_is_shown(entries, words):
    assert extent(entries) == words


def test_what_lies_ahead_stands_apart():
    past, now, future = entry("past", "2021-02"), entry("now", "2021"), entry("future", "2021-06-01")
    behind, ahead = ahead_of([past, now, future], dt.date(2021, 3, 1))
    assert ([one.id for one in behind], [one.id for one in ahead]) == (["past", "now"], ["future"])
