"""Birth dates as they are typed, and the digits by which they are compared."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

ALLOWED = "a day as 2017-06-14, 20170614, 14/06/2017 or 14 June 2017, a month as 2017-06, or a year"

_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?\Z", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})(?: 00?:00(?::00)?)?\Z", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})[-/., ]+(\d{4})\Z", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date for comparing: the year, and all eight digits where the day is known.

    ``real`` is false for 31/02/2014 and the like: a slip, whose digits still resemble those that were meant.
    """

    year: str
    digits: str | None
    real: bool

    @property
    def swapped(self) -> str | None:
        """The digits with day and month changed round; None where no calendar has that day."""
        if not self.digits:
            return None
        swapped = self.year + self.digits[6:] + self.digits[4:6]
        return swapped if _is_real(swapped) else None


@lru_cache(maxsize=100_000)
def read_birth_date(text: str) -> BirthDate | None:
    """Read a birth date; None where no form that we know fits. Day before month, as is written here."""
    text = text.strip()
    if match := _RUN_TOGETHER.match(text):
        return _of(*match.groups())
    if match := _YEAR_FIRST.match(text):
        year, _, month, day = match.groups()
        return _of(year, month or "", day or "")
    if match := _DAY_FIRST.match(text):
        day, _, month, year = match.groups()
        return _of(year, month, day)
    if (match := _IN_WORDS.match(text.lower())) and (month := _month(match[2])):
        return _of(match[3], month, match[1])
    return None


def _month(word: str) -> str:
    """The number of a month by its name or the beginning of it, as in Sept; empty for any other word."""
    return next((str(at) for at, name in enumerate(_MONTHS, start=1) if name.startswith(word)), "")


def _of(year: str, month: str, day: str) -> BirthDate:
    if not (month and day):
        return BirthDate(year, None, _year_is_real(year) and (not month or 1 <= int(month) <= 12))
    digits = f"{year}{month:0>2}{day:0>2}"
    return BirthDate(year, digits, _is_real(digits))


def _is_real(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _year_is_real(digits[:4])


def _year_is_real(year: str) -> bool:
    return _FIRST_YEAR <= int(year) <= _LAST_YEAR


def in_words(digits: str) -> str:
    """Eight digits as a reader writes them: 14/06/2017."""
    return f"{digits[6:]}/{digits[4:6]}/{digits[:4]}"
