"""How long each clock runs, read from ``clocks.csv``: by code, and by the edition that was in force on a day.

A partnership changes the file, never the code. Each line says how certain it is (V verified in a primary text, S second
hand, R recalled: check before you rely on it) and where it comes from.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onestory.platform.deadlines.working_days import after_working_days
from onestory.platform.deadlines.working_hours import ENGLAND, OFFICE, Hours, after_working_hours, end_of_work

FILE = Path(__file__).with_name("clocks.csv")
UNITS = ("hours", "working hours", "working days", "weeks", "months")


class UnknownClock(LookupError):
    """No clock of this code, or none that was in force."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One line of the file: how long something may take, by which edition, since when, and how certain that is."""

    code: str
    edition: str
    since: dt.date
    amount: int
    unit: str
    what: str
    certainty: str
    source: str

    def words(self) -> str:
        """As one would say it: ``1 working day``, ``45 working days``."""
        return f"{self.amount} {self.unit if self.amount > 1 else self.unit.removesuffix('s')}"

    def due_on(self, start: dt.date) -> dt.date:
        """The day on which it is due; ``start`` itself does not count. Raises ValueError for a clock in hours."""
        match self.unit:
            case "working days":
                return after_working_days(start, self.amount)
            case "weeks":
                return start + dt.timedelta(weeks=self.amount)
            case "months":
                return after_months(start, self.amount)
        raise ValueError(f"{self.code} runs in {self.unit}: ask for the instant, not for the day")

    def due_at(self, start: dt.datetime, service: Hours = OFFICE) -> dt.datetime:
        """The instant at which it is due, in UTC; of a clock in days the end of work on the day."""
        match self.unit:
            case "hours":
                return start.astimezone(dt.UTC) + dt.timedelta(hours=self.amount)
            case "working hours":
                return after_working_hours(start, self.amount, service)
        return end_of_work(self.due_on(start.astimezone(ENGLAND).date()), service)


def after_months(start: dt.date, count: int) -> dt.date:
    """The same day of the month ``count`` months later, or that month's last day where it has no such day."""
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=8)
def load_clocks(file: Path = FILE) -> tuple[Clock, ...]:
    """Every line of the file. Raises ValueError with the line for a unit that is none, or a clock without a length."""
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(_read(number, row) for number, row in enumerate(csv.DictReader(lines), start=2))


def _read(number: int, row: dict[str, str]) -> Clock:
    amount = int(row["amount"]) if row["amount"].isdigit() else 0
    if row["unit"] not in UNITS or amount < 1 or row["certainty"] not in ("V", "S", "R"):
        raise ValueError(f"line {number}: {row['code']}: an amount from 1, a unit of {UNITS} and a certainty V, S or R")
    return Clock(**{**row, "since": dt.date.fromisoformat(row["since"]), "amount": amount})  # type: ignore[arg-type]


def clock(code: str, *, on: dt.date | None = None, edition: str | None = None) -> Clock:
    """The clock of this code: of the edition, or of the one in force on the day (None: the newest). UnknownClock."""
    found = [one for one in load_clocks() if one.code == code and edition in (None, one.edition)]
    in_force = [one for one in found if on is None or one.since <= on]
    if not in_force:
        raise UnknownClock(f"{code}, {edition or on or 'any edition'}")
    return max(in_force, key=lambda one: one.since)


def due_on(code: str, start: dt.date, *, edition: str | None = None) -> dt.date:
    """The day on which something that began on ``start`` is due, by the edition in force then."""
    return clock(code, on=start, edition=edition).due_on(start)


def due_at(code: str, start: dt.datetime, *, edition: str | None = None) -> dt.datetime:
    """The instant at which something that began at ``start`` is due, by the edition in force then."""
    return clock(code, on=start.astimezone(ENGLAND).date(), edition=edition).due_at(start)
