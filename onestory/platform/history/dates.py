"""Dates as the records give them: a day, a month, a year, or an interval of these.

The notation is EDTF (ISO 8601-2) level 0 and its intervals: ``2017-06-14``, ``2017-06``, ``2017``,
``2018-11/2019-04``. Why this is not the ``edtf`` library is in docs/adr/0003.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_MONTHS = list(calendar.month_name)
NOTATION = "a day (2017-06-14), a month (2017-06), a year (2017) or an interval (2018-11/2019-04)"


class NotADate(ValueError):
    """The text is no EDTF level 0 date; the message says in plain words why."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as it was given, with the first and the last day that it can mean.

    A date that is not a day stands for its **last** day in every comparison and for every clock
    that it starts, so that nothing counts as known too early. It is shown as it was given.
    """

    text: str
    first: dt.date
    last: dt.date

    @property
    def is_day(self) -> bool:
        """Whether the record names the very day."""
        return self.first == self.last

    def words(self) -> str:
        """The date for a reader: ``14 June 2017``, ``June 2017``, ``2017``, ``November 2018 to April 2019``."""
        return " to ".join(_words(part) for part in self.text.split("/"))

    def __str__(self) -> str:
        return self.text


def _words(point: str) -> str:
    parts = [int(part) for part in point.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    named = f"{_MONTHS[parts[1]]} {parts[0]}"
    return named if len(parts) == 2 else f"{parts[2]} {named}"


def _span(point: str) -> tuple[dt.date, dt.date]:
    match = _POINT.match(point)
    if not match or not point.isascii():
        raise NotADate(f"'{point}' is not {NOTATION}")
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        if match[2] is None:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        first = dt.date(year, month, day if match[3] else 1)
        if match[3] is None:
            return first, first.replace(day=calendar.monthrange(year, month)[1])
    except ValueError as error:
        raise NotADate(f"'{point}' is not in the calendar") from error
    return first, first


@lru_cache(maxsize=65_536)
def parse_when(text: str) -> When:
    """Read a date in EDTF level 0 or an interval of two such dates.

    Raises NotADate, whose message says what is wrong, when the text is no such date, is not in the
    calendar, or is an interval that ends before it begins.
    """
    begin, slash, end = text.partition("/")
    first, last = _span(begin)
    if slash:
        other_first, last = _span(end)
        if last < first or other_first < first:
            raise NotADate(f"the interval '{text}' ends before it begins")
    return When(text, first, last)


def day(value: dt.date) -> When:
    """The When of one calendar day."""
    return When(value.isoformat(), value, value)
