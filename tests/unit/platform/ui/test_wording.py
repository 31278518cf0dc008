"""How dates, ages, numbers and lists are written."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.platform.history.dates import parse_when
from onestory.platform.ui.wording import (
    age_words,
    day_words,
    due_words,
    listed,
    moment_words,
    plural,
    sentence,
    span_words,
    when_words,
)

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("2026-11-22", "no days old"),
        ("2026-11-21", "1 day old"),
        ("2026-11-15", "1 week old"),
        ("2026-08-22", "3 months old"),
        ("2024-11-23", "23 months old"),
        ("2024-11-22", "2 years old"),
        ("2016-11-23", "9 years old"),
        ("2016-11-22", "10 years old"),
        ("2016-11", "about 9 years old"),
        ("2015", "about 10 years old"),
        ("2026-11", "about 3 weeks old"),
        ("2027-01", "not yet born"),
        (None, "date of birth not recorded"),
    ],
)
def test_how_old_somebody_is(born, words):
    assert age_words(parse_when(born) if born else None, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (21, "21 days"),
        (22, "3 weeks"),
        (99, "14 weeks"),
        (100, "3 months"),
        (729, "23 months"),
        (731, "2 years"),
    ],
)
def test_how_long(days, words):
    assert span_words(days) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "No day set"),
        (dt.date(2026, 11, 23), "23 November 2026"),
        (dt.date(2026, 11, 22), "22 November 2026, today"),
        (dt.date(2026, 11, 21), "21 November 2026, 1 day overdue"),
        (dt.date(2017, 12, 7), "7 December 2017, 8 years overdue"),
    ],
)
def test_when_something_is_due(due, words):
    assert due_words(due, TODAY) == words


def test_an_instant_is_told_in_englands_time():
    assert moment_words(dt.datetime(2026, 7, 1, 11, 5, tzinfo=dt.UTC)) == "1 July 2026, 12:05pm"
    assert moment_words(dt.datetime(2026, 12, 1, 0, 5, tzinfo=dt.UTC)) == "1 December 2026, 12:05am"
    assert moment_words(dt.datetime(2026, 12, 1, 13, 0, tzinfo=dt.UTC)) == "1 December 2026, 1:00pm"


def test_numbers_and_lists():
    assert [plural(n, "entry", "entries") for n in (0, 1, 2, 1204)] == [
        "no entries",
        "1 entry",
        "2 entries",
        "1,204 entries",
    ]
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert (sentence("éa"), sentence(""), day_words(None), when_words(None)) == ("Éa", "", "", "")
