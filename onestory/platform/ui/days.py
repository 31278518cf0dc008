"""Days as people type them. Pure."""

from __future__ import annotations

import datetime as dt
import re

from onestory.platform.history.dates import NotADate, parse_when

_MONTHS = {f"{dt.date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_MONTHS |= {name[:3]: month for name, month in _MONTHS.items()}
_ENGLISH = re.compile(r"(\d{1,2})[ /.-]+(\d{1,2}|[a-z]+)[ /.,-]+(\d{4})\Z")


class NotADay(ValueError):
    """The text is no day; the message can be shown."""


def parse_day(text: str) -> dt.date:
    """The day of ``27/3/2018``, ``27 March 2018``, ``27 Mar 2018`` or ``2018-03-27``. Raises NotADay."""
    typed = " ".join(text.lower().split())
    try:
        if found := _ENGLISH.match(typed):
            day, month, year = found.groups()
            return dt.date(int(year), _MONTHS.get(month) or int(month), int(day))
        when = parse_when(typed)
    except (ValueError, NotADate) as error:
        raise NotADay(f"“{text}” is not a day. Write it like 27/3/2018") from error
    if not when.is_day:
        raise NotADay(f"“{text}” is not one day. Write it like 27/3/2018")
    return when.last


def typed_day(day: dt.date | None) -> str:
    """A day as it stands in a field."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""
