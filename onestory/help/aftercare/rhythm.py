"""After-care by its rhythm: which turns were kept by evidence, which were missed, which comes next. Pure (L7, F5.40).

A promise to watch a child every so often is kept by an entry of whoever promised in which the child was seen or came.
The clock runs on from the last time the child was seen; what an agency was merely told is no evidence.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

_PERIOD = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?\Z", re.ASCII)
DRAWN_BACK = frozenset({"missed", "not_brought", "cancelled", "declined", "not_arranged", "no_access", "refused"})
"""Outcomes of an appointment or a visit by which a family draws back. Cancelling again and again counts alike."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a rhythm: the day by which it is due, and the day on which the child was seen for it, if any."""

    due_on: dt.date
    kept_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a promise stands on a day: turns so far, the next day, whether it is missed, whether it is over."""

    turns: tuple[Turn, ...]
    next_on: dt.date | None
    last_seen_on: dt.date | None
    missed: int
    over: bool

    @property
    def is_late(self) -> bool:
        """Whether the child should have been seen by now."""
        return not self.over and self.missed > 0


def step(start: dt.date, period: str) -> dt.date | None:
    """The day one ISO 8601 duration of days, weeks, months or years later; None where there is no duration."""
    found = _PERIOD.match(period)
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (int(one or 0) for one in found.group("years", "months", "weeks", "days"))
    month = start.month - 1 + months + 12 * years
    year, month = start.year + month // 12, month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    later = dt.date(year, month, min(start.day, last)) + dt.timedelta(weeks=weeks, days=days)
    return later if later > start else None


def standing(
    *, made_on: dt.date, every: str, until_on: dt.date | None, seen_on: Iterable[dt.date], today: dt.date
) -> Standing:
    """Where a promise to see a child every so often stands. Days on which the child was seen may come in any order."""
    seen = sorted({day for day in seen_on if made_on < day <= today})
    turns, start = [], made_on
    due = step(start, every)
    while due is not None and (until_on is None or due <= until_on):
        kept = next((day for day in seen if start < day <= due), None)
        if kept is None and due >= today:
            break
        turns.append(Turn(due, kept))
        start = kept or due
        due = step(start, every)
    over = until_on is not None and until_on < today
    next_on = None if over or (until_on and due and due > until_on) else due
    return Standing(tuple(turns), next_on, seen[-1] if seen else None, _missed(turns), over)


def _missed(turns: list[Turn]) -> int:
    """How many turns went by since the child was last seen."""
    missed = 0
    for turn in reversed(turns):
        if turn.kept_on is not None:
            break
        missed += 1
    return missed
