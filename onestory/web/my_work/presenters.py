"""My work under a heading for each stretch of time. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from onestory.web.waiting.presenters import Item


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is due in one stretch of time."""

    heading: str
    work: tuple[Item, ...]


def stretches(dated: Iterable[tuple[dt.date | None, Item]], today: dt.date) -> list[Stretch]:
    """Work in the order in which it is due, under a heading for each stretch of time."""
    found = groupby(dated, key=lambda pair: _heading(pair[0], today))
    return [Stretch(heading, tuple(item for _, item in those)) for heading, those in found]


def _heading(due_on: dt.date | None, today: dt.date) -> str:
    if due_on is None:
        return "No day set"
    if due_on < today:
        return "Overdue"
    if due_on == today:
        return "Due today"
    return "Due in the next seven days" if (due_on - today).days <= 7 else "Due later"
