"""What asking costs: questions in a family and a year. Shown beside every replay and every figure of recall (S6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.oversee.replay.walking import Replay
from onestory.oversee.signals.rule import Level

LOOKED_AT = dt.timedelta(days=365 * 6)
"""A history's last years, over which questions are counted: what lies before is background, told in a few entries."""
SHORTEST = 0.25


@dataclass(frozen=True, slots=True)
class Burden:
    """Questions within the years looked at, how many of them urgent, and how many years that are."""

    asks: int
    urgent: int
    years: float

    @property
    def per_year(self) -> float:
        """Questions in a family and a year."""
        return self.asks / self.years


def burden(replayed: Replay) -> Burden:
    """The questions of a replay that fall into the years looked at."""
    days = [entry.happened.last for entry in replayed.history.entries if entry.known is not None]
    if not days:
        return Burden(0, 0, SHORTEST)
    end = replayed.incident.happened.last if replayed.incident is not None else max(days)
    start = max(min(days), end - LOOKED_AT)
    inside = [ask for ask in replayed.asks if start <= ask.on <= end]
    urgent = sum(1 for ask in inside if ask.level is Level.ACT)
    return Burden(len(inside), urgent, max((end - start).days / 365.25, SHORTEST))
