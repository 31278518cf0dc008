"""England's working days: not Saturdays, not Sundays, not bank holidays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether offices in England work on the day."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def after_working_days(start: dt.date, count: int) -> dt.date:
    """The day ``count`` working days after ``start``; ``start`` itself does not count."""
    day, left = start, count
    while left > 0:
        day += dt.timedelta(days=1)
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after ``start`` up to and with ``end``; none where ``end`` is not later."""
    days = range(1, (end - start).days + 1)
    return sum(is_working_day(start + dt.timedelta(days=number)) for number in days)
