"""Which plan a child has, or had last: on every involved agency's own list the same day (L12, F5.36). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from onestory.platform.history.dates import When
from onestory.platform.ui.wording import sentence


class Stage(StrEnum):
    """Where a plan stands, as it is told on a list. A plan that is closing is open until it has closed."""

    ACTIVE = "active since"
    CLOSING = "closing since"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """What one row tells of a child's plan: its stage, since when, and which plan. ``number`` grows with time."""

    stage: Stage
    on: When
    number: UUID
    plan: str
    address: str = ""

    @property
    def rank(self) -> tuple[bool, dt.date, int]:
        """The later, the greater. A plan that is closing is the one of which to know, whatever was written since."""
        return self.stage is Stage.CLOSING, self.on.last, self.number.int

    @property
    def words(self) -> str:
        """``Child in need plan, closed on 14 June 2017``; of a plan whose day nobody knows, the month or the year."""
        before = "" if self.stage is not Stage.CLOSED else " on" if self.on.is_day else " in"
        return sentence(f"{self.plan}, {self.stage}{before} {self.on.words()}")


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """The same in words, with the page on which the reader finds it."""

    words: str
    address: str


def statuses(told: Iterable[tuple[UUID, Told]]) -> dict[UUID, PlanStatus]:
    """Of each child the last that is told: which plan, and since when it is active, closing or closed."""
    last: dict[UUID, Told] = {}
    for child, one in told:
        last[child] = max(last.get(child, one), one, key=lambda each: each.rank)
    return {child: PlanStatus(one.words, one.address) for child, one in last.items()}
