"""Working days against a calendar that was written by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.platform.deadlines import after_working_days, is_working_day, working_days_between

day = dt.date.fromisoformat

# England's bank holidays, copied by hand and not worked out: substitute days are marked.
BANK_HOLIDAYS = {
    2018: ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"],
    2019: ["01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2020: ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"],  # VE day moved; 28th substitute
    2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],  # both of Christmas substitute
    2022: [
        "01-03",
        "04-15",
        "04-18",
        "05-02",
        "06-02",
        "06-03",
        "08-29",
        "09-19",
        "12-26",
        "12-27",
    ],  # jubilee, funeral
    2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],  # coronation
    2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],  # 28th substitute
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],  # both substitute
}


def by_hand(year: int) -> set[dt.date]:
    free = {day(f"{year}-{one}") for one in BANK_HOLIDAYS[year]}
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=number) for number in range((dt.date(year + 1, 1, 1) - first).days)]
    return {one for one in days if one.isoweekday() not in (6, 7) and one not in free}


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_every_day_of_ten_years_is_a_working_day_or_not_as_in_the_calendar(year: int) -> None:
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=number) for number in range((dt.date(year + 1, 1, 1) - first).days)]
    assert {one for one in days if is_working_day(one)} == by_hand(year)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-12-14", 15, "2027-01-07"),  # Christmas, Boxing Day's substitute, New Year
        ("2026-05-18", 45, "2026-07-21"),  # spring bank holiday
        ("2026-04-02", 1, "2026-04-07"),  # over Easter
        ("2026-04-02", 2, "2026-04-08"),
        ("2027-12-24", 1, "2027-12-29"),  # Christmas on a Saturday: two substitute days
        ("2026-01-30", 1, "2026-02-02"),  # a month's end on a Friday
        ("2024-02-28", 2, "2024-03-01"),  # leap day between
        ("2026-03-27", 1, "2026-03-30"),  # the clocks go forward in between
        ("2026-10-23", 1, "2026-10-26"),  # the clocks go back in between
        ("2022-09-16", 1, "2022-09-20"),  # a holiday that was made for one year
        ("2026-07-04", 1, "2026-07-06"),  # begins on a Saturday
        ("2026-07-01", 0, "2026-07-01"),
    ],
)
def test_known_answers(start: str, count: int, end: str) -> None:
    assert after_working_days(day(start), count) == day(end)


DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2027, 6, 1))


@given(start=DAYS, count=st.integers(1, 60))
def test_counting_back_gives_what_was_counted_forward(start: dt.date, count: int) -> None:
    end = after_working_days(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count


@given(start=DAYS, count=st.integers(1, 60), later=st.integers(0, 30))
def test_what_begins_later_is_not_due_earlier(start: dt.date, count: int, later: int) -> None:
    assert after_working_days(start, count) <= after_working_days(start + dt.timedelta(days=later), count)
