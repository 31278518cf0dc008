"""Ages at the edge of their day, and who is housed first by the partnership's rules."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.help.housing.priority import birthday, is_under, is_under_months, priority_rules, rules_met
from onestory.platform.history.dates import parse_when

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "under"),
    [
        ("2006-11-23", True),  # twenty tomorrow
        ("2006-11-22", False),  # twenty today
        ("2006-11-21", False),
        ("2006-12", True),
        ("2006-11", True),  # may be the thirtieth
        ("2006-10", False),
        ("2006", True),  # may be December
        ("2005", False),
    ],
)
def test_somebody_is_under_twenty_until_their_birthday(born: str, under: bool) -> None:
    assert is_under(parse_when(born), 20, TODAY) is under


def test_nobody_without_a_birth_date_is_under_any_age() -> None:
    assert not is_under(None, 20, TODAY)
    assert not is_under_months(None, 24, TODAY)


def test_who_was_born_on_29_february_has_a_birthday_on_1_march() -> None:
    assert birthday(dt.date(2008, 2, 29), 18) == dt.date(2026, 3, 1)
    assert birthday(dt.date(2008, 2, 29), 20) == dt.date(2028, 2, 29)
    assert is_under(parse_when("2008-02-29"), 18, dt.date(2026, 2, 28))
    assert not is_under(parse_when("2008-02-29"), 18, dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("born", "months", "on", "under"),
    [
        ("2024-11-23", 24, TODAY, True),  # two tomorrow
        ("2024-11-22", 24, TODAY, False),
        ("2027-01-10", 24, TODAY, True),  # not born yet
        ("2026-08-31", 6, dt.date(2027, 2, 27), True),
        ("2026-08-31", 6, dt.date(2027, 2, 28), False),  # February has no thirty-first
        ("2026-11-30", 1, dt.date(2026, 12, 29), True),
        ("2026-11-30", 1, dt.date(2026, 12, 30), False),
    ],
)
def test_a_child_is_under_an_age_in_months_until_that_day(born: str, months: int, on: dt.date, under: bool) -> None:
    assert is_under_months(parse_when(born), months, on) is under


@pytest.mark.parametrize(
    ("born", "children", "met"),
    [
        ("2007-05-01", ["2026-03-01"], ["young_parent_with_baby"]),
        ("2007-05-01", ["2027-02-01"], ["young_parent_with_baby"]),  # expecting
        ("2007-05-01", ["2024-11-22"], []),  # the child is two today
        ("2006-11-22", ["2026-03-01"], []),  # the parent is twenty today
        ("2009-05-01", ["2026-03-01"], ["young_parent_with_baby", "parent_under_18"]),
        ("2009-05-01", ["2024-01-01"], ["parent_under_18"]),
        ("2009-05-01", [], []),
        ("2007-05-01", ["2020-01-01", "2026-03-01"], ["young_parent_with_baby"]),
    ],
)
def test_who_is_housed_first(born: str, children: list[str], met: list[str]) -> None:
    found = rules_met(parse_when(born), [parse_when(one) for one in children], TODAY)
    assert [one.code for one in found] == met


def test_every_rule_says_why_in_a_sentence_and_where_that_was_learnt() -> None:
    assert len(priority_rules()) == 2
    for one in priority_rules():
        assert one.sentence.endswith(".")
        assert one.source.startswith("T")
