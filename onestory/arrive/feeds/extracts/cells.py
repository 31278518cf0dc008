"""One cell of an extract as a value of the record. Every function raises NotThat, which says what is allowed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from onestory.platform.history.dates import NotADate, When, day, parse_when

ENGLAND = ZoneInfo("Europe/London")
LONGEST_TEXT = 10_000
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_FIRST_OF_MARCH_1900 = 61
"""Excel counts a 29 February 1900 that never was. Serial numbers before this day are not taken."""

DATE_WORDS = {
    "day/month/year": "a date like 27/03/2018",
    "year-month-day": "a date like 2018-03-27",
    "day month year": "a date like 27 March 2018",
    "month/year": "a month like 03/2018",
    "year-month": "a month like 2018-03",
    "year": "a year like 2018",
    "serial": "a spreadsheet's number of a day, like 43186",
    "instant": "a moment with its offset, like 2018-03-27T14:05:00Z",
}
"""How dates may be written, and how that is said. A time of day after a day is allowed and not kept."""

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[APap][Mm])?)?"
_NUMBERS = {
    "day/month/year": re.compile(rf"(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}){_TIME}\Z", re.ASCII),
    "year-month-day": re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_TIME}\Z", re.ASCII),
    "month/year": re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})\Z", re.ASCII),
    "year-month": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})\Z", re.ASCII),
    "year": re.compile(r"(?P<y>\d{4})\Z", re.ASCII),
}
_NAMED = re.compile(rf"(?P<d>\d{{1,2}})[ -](?P<m>[A-Za-z]{{3,9}})[ -](?P<y>\d{{4}}){_TIME}\Z", re.ASCII)
_MONTHS = {f"{dt.date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_MONTHS |= {name[:3]: month for name, month in _MONTHS.items()} | {"sept": 9}
_KEPT_CONTROLS = "\n\t"


class NotThat(ValueError):
    """The cell does not hold what its column is for; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its file gives it: text from CSV; from Excel also numbers, dates and truths.

    ``is_percent`` : Excel shows it as a percentage. ``is_formula`` : it holds a formula instead of a value.
    ``from_1904`` : the workbook counts its days from 1904.
    """

    value: str | float | int | bool | dt.datetime | dt.date | dt.time | None
    is_percent: bool = False
    is_formula: bool = False
    from_1904: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, or spaces only."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


def text_of(cell: Cell) -> str:
    """The cell as one text, in composed letters; lines keep their breaks. Raises NotThat for what no text holds."""
    if cell.is_formula:
        raise NotThat("a value; copy formulas as values before the extract is saved")
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        value = value.date()
    text = value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in _KEPT_CONTROLS for letter in text):
        raise NotThat("text without control characters")
    if len(text) > LONGEST_TEXT:
        raise NotThat(f"at most {LONGEST_TEXT:,} letters")
    return text


def date_of(cell: Cell, forms: Collection[str]) -> When:
    """A date written in one of the forms (DATE_WORDS); a moment with an offset counts as England's day."""
    allowed = " or ".join(DATE_WORDS[form] for form in forms)
    value = cell.value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date) and not cell.is_formula:
        return _in_range(day(value), allowed)
    if isinstance(value, int | float) and not isinstance(value, bool) and not cell.is_formula:
        return _in_range(_of_serial(value, cell.from_1904, allowed), allowed)
    text = text_of(cell)
    for form in forms:
        if found := _written(text, form, allowed):
            return _in_range(found, allowed)
    raise NotThat(allowed)


def _in_range(when: When, allowed: str) -> When:
    if not EARLIEST_YEAR <= when.first.year <= LATEST_YEAR:
        raise NotThat(f"{allowed}, from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return when


def _of_serial(number: float, from_1904: bool, allowed: str) -> When:
    first = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    if not (1 if from_1904 else _FIRST_OF_MARCH_1900) <= number < 80_000:
        raise NotThat(allowed)
    return day(first + dt.timedelta(days=int(number)))


def _written(text: str, form: str, allowed: str) -> When | None:
    """The date, where it is written in this form; raises NotThat where it is and stands in no calendar."""
    try:
        if form == "serial":
            return _of_serial(float(text), False, allowed) if re.fullmatch(r"\d{2,5}(\.\d+)?", text, re.ASCII) else None
        if form == "instant":
            return _of_instant(text)
        found = (_NAMED if form == "day month year" else _NUMBERS[form]).match(text)
        return parse_when(_in_order(found)) if found else None
    except (NotADate, ValueError, OverflowError, KeyError) as error:
        raise NotThat(f"{allowed} that is in the calendar") from error


def _in_order(found: re.Match[str]) -> str:
    parts = found.groupdict()
    month = parts.get("m")
    if month and not month.isdigit():
        month = str(_MONTHS[month.lower()])
    return "-".join([parts["y"], *(f"{int(part):02}" for part in (month, parts.get("d")) if part)])


def _of_instant(text: str) -> When | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text, re.ASCII):
        return None
    at = dt.datetime.fromisoformat(text)
    return day((at.astimezone(ENGLAND) if at.tzinfo else at).date())


def number_of(cell: Cell) -> int:
    """A whole number from 1 to a million."""
    value = cell.value
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,7}\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or cell.is_formula or not 1 <= value <= 1_000_000:
        raise NotThat("a whole number from 1")
    return value


def percent_of(cell: Cell) -> float:
    """A number from 0 to 100, with or without a percent sign; in Excel a cell shown as a percentage counts as one."""
    value = cell.value
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,3}(\.\d+)?\s*%?\s*", value, re.ASCII):
        value = float(value.strip().removesuffix("%"))
    if isinstance(value, bool) or not isinstance(value, int | float) or cell.is_formula:
        raise NotThat("a number from 0 to 100")
    value = round(value * 100, 6) if cell.is_percent else float(value)
    if not 0 <= value <= 100:
        raise NotThat("a number from 0 to 100")
    return value


def folded(text: str) -> str:
    """A heading or a code as two are compared: capitals and spaces do not count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
