"""The walk from one day to another: only days on which something became known or on which time alone matters.

A replay walks from the first day of a history to its last; the live system walks from the day after its last look to
today, so that days on which nobody looked (the sweep did not run, a file was imported) are caught up one by one.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.looking import Evaluated, Look, look, stories_on
from onestory.oversee.signals.rule import Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES
from onestory.platform.history.circle import START
from onestory.platform.history.index import StoryIndex


def walk(
    indexes: Sequence[StoryIndex],
    memory: Memory,
    *,
    after: dt.date | None,
    end: dt.date,
    look_again_on: dt.date | None = None,
    rules: Sequence[Rule] = ALL_RULES,
    settings: Mapping[str, Settings] | None = None,
) -> Iterator[tuple[dt.date, Look]]:
    """Look at the circle on each day after ``after`` (None: from the beginning), up to ``end``, that can bring news.

    ``memory`` and ``look_again_on`` are what the last look left. Each look's memory goes into the next.
    """
    days = _days(indexes)
    evaluated, before = Evaluated(), after
    today = _next(days, after, look_again_on)
    while today is not None and today <= end:
        taken = look(
            stories_on(indexes, today), memory, today, rules=rules, settings=settings, evaluated=evaluated, since=before
        )
        yield today, taken
        memory, before = taken.memory, today
        today = _next(days, today, taken.look_again_on)


def _days(indexes: Sequence[StoryIndex]) -> list[dt.date]:
    return sorted({day for index in indexes for day in (*index.days, *index.turning_days)} - {START})


def _next(days: Sequence[dt.date], after: dt.date | None, look_again_on: dt.date | None) -> dt.date | None:
    """The next day worth a look; a day to look again that lies behind us is taken up on the day after the last look."""
    if after is None:
        return min(days, default=None)
    coming = list(days[(place := bisect_right(days, after)) : place + 1])
    if look_again_on is not None:
        coming.append(max(look_again_on, after + dt.timedelta(days=1)))
    return min(coming, default=None)
