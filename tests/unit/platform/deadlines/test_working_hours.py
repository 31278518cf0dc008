"""Working hours, also over the week-ends on which the clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.platform.deadlines import OFFICE, after_working_hours
from onestory.platform.deadlines.working_hours import Hours

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T10:00", 4, "2026-11-23T14:00"),
        ("2026-11-23T15:30", 4, "2026-11-24T11:30"),  # over one evening
        ("2026-11-20T16:00", 4, "2026-11-23T12:00"),  # over a week-end
        ("2026-11-21T11:00", 4, "2026-11-23T13:00"),  # begins on a Saturday
        ("2026-11-23T20:00", 4, "2026-11-24T13:00"),  # begins in the evening
        ("2026-11-23T06:00", 4, "2026-11-23T13:00"),  # begins before work
        ("2026-11-23T17:00", 4, "2026-11-24T13:00"),  # as work ends
        ("2026-11-23T09:00", 8, "2026-11-23T17:00"),  # a whole day ends with it
        ("2026-12-24T15:00", 4, "2026-12-29T11:00"),  # Christmas, a week-end and a substitute day
        ("2026-11-23T09:00", 24, "2026-11-25T17:00"),
        ("2026-11-23T09:00", 72, "2026-12-03T17:00"),
        ("2026-03-27T16:00", 4, "2026-03-30T12:00"),  # the clocks go forward on the Sunday
        ("2026-10-23T16:00", 4, "2026-10-26T12:00"),  # the clocks go back on the Sunday
        ("2026-11-30T16:00", 2, "2026-12-01T10:00"),  # a month's end
    ],
)
def test_hours_of_work(start: str, hours: int, end: str) -> None:
    assert after_working_hours(at(start), hours) == at(end)


ROUND_THE_CLOCK = Hours(dt.time(0), dt.time(23), every_day=True)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-29T00:00", "2026-03-29T05:00"),  # one hour is missing: four hours later it says five
        ("2026-10-25T00:00", "2026-10-25T03:00"),  # one hour comes twice: four hours later it says three
    ],
)
def test_an_hour_lasts_an_hour_also_in_the_night_in_which_the_clocks_change(start: str, end: str) -> None:
    assert after_working_hours(at(start), 4, ROUND_THE_CLOCK) == at(end)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        after_working_hours(dt.datetime(2026, 11, 23, 10), 4)  # noqa: DTZ001


INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 6, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
MINUTES = st.integers(-10, 10).map(lambda count: dt.timedelta(minutes=count))


@given(start=INSTANTS, hours=st.sampled_from([1, 4, 24, 72]))
def test_it_ends_while_somebody_works_and_never_before_that_many_hours(start: dt.datetime, hours: int) -> None:
    end = after_working_hours(start, hours)
    opens, closes = OFFICE.stretch(end.astimezone(LONDON).date())
    assert opens < end <= closes
    assert end - start >= dt.timedelta(hours=hours)


@given(start=INSTANTS, gap=st.timedeltas(dt.timedelta(), dt.timedelta(days=9)), shift=MINUTES)
def test_a_clock_that_is_ten_minutes_wrong_changes_no_order(
    start: dt.datetime, gap: dt.timedelta, shift: dt.timedelta
) -> None:
    """The same shift for both, as when a machine's clock is wrong."""
    first, second = (after_working_hours(one + shift, 4) for one in (start, start + gap))
    assert first <= second
