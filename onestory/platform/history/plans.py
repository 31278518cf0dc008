"""Plans as episodes: opened, reviewed, closed. Read from a story's plan entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from onestory.platform.history.record import Entry

NEEDS_OF_THEIR_OWN = frozenset({"disability_child", "learning_disability_child", "illness_parent"})
RANK = {"early_help": 1, "child_in_need": 2, "child_protection": 3}


@dataclass(slots=True)
class Plan:
    """One plan from its opening to its closing. ``position`` is the opening's place in the story."""

    type: str
    opened: Entry
    opened_on: dt.date
    position: int
    closed: Entry | None = None
    closed_on: dt.date | None = None
    closed_position: int = 0
    reviews: list[Entry] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """1 early help, 2 child in need, 3 child protection."""
        return RANK.get(self.type, 0)

    @property
    def is_serious(self) -> bool:
        """Child in need or child protection."""
        return self.rank >= 2

    @property
    def is_for_disability(self) -> bool:
        """A child in need plan that names a disability or illness and nothing else: help, not an answer to harm."""
        return self.type == "child_in_need" and bool(self.opened.factors) and self.opened.factors <= NEEDS_OF_THEIR_OWN

    @property
    def is_wary(self) -> bool:
        """A plan because of harm: while it is open, that the child was seen beside the parents is not enough."""
        return self.is_serious and not self.is_for_disability

    def open_before(self, position: int) -> bool:
        """Whether it was open just before the entry at this place became known."""
        return self.position < position and (self.closed is None or self.closed_position >= position)

    def entries(self) -> tuple[Entry, ...]:
        """Opening, reviews, closing."""
        return (self.opened, *self.reviews, *((self.closed,) if self.closed else ()))


def episodes(placed: Iterable[tuple[int, dt.date, Entry]]) -> tuple[Plan, ...]:
    """Plans in the order in which they were opened; a review that fits no open plan is left out."""
    plans: list[Plan] = []
    for position, day, entry in placed:
        stage, kind = entry.own.get("stage"), entry.own.get("type", "")
        if stage == "opened":
            plans.append(Plan(kind, entry, day, position))
            continue
        plan = next((p for p in reversed(plans) if p.closed is None and kind in ("", p.type)), None)
        if plan is None and stage == "closed":
            plan = Plan(kind, entry, day, position)  # its opening is on no record: what is known is that it ended
            plans.append(plan)
        if plan is None:
            continue
        if stage == "closed":
            plan.closed, plan.closed_on, plan.closed_position = entry, day, position
        elif stage == "reviewed":
            plan.reviews.append(entry)
    return tuple(plans)
