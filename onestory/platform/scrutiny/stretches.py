"""Accesses in stretches: what one person did on one day that is looked into for one reason. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from onestory.platform.access.audit import AccessRecord

ENGLAND = ZoneInfo("Europe/London")
MANY_IN_A_DAY = 20
"""From so many searches in one day on, somebody asks what for. A front door of three people searches some 70 times."""
MANY_DAYS = 4
"""The same words on so many days: somebody may be watching a family."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one person did on one day; ``says`` why it is looked into, in sentences."""

    actor: UUID
    on: dt.date
    accesses: tuple[AccessRecord, ...]
    says: tuple[str, ...] = ()


def by_actor_and_day(accesses: Iterable[AccessRecord]) -> list[Stretch]:
    """Accesses put together by who and by England's day; the newest day first."""
    grouped: dict[tuple[UUID, dt.date], list[AccessRecord]] = defaultdict(list)
    for one in accesses:
        grouped[one.actor_id, day_of(one.at)].append(one)
    stretches = [
        Stretch(actor, on, tuple(sorted(rows, key=lambda row: row.at))) for (actor, on), rows in grouped.items()
    ]
    return sorted(stretches, key=lambda one: (one.on, str(one.actor)), reverse=True)


def trawls(searches: Iterable[AccessRecord]) -> list[Stretch]:
    """Days on which somebody searched very often, or for the same words as on several days before."""
    stretches = by_actor_and_day(searches)
    days_of_words = _days_of_words(stretches)
    found = []
    for one in stretches:
        says = []
        if len(one.accesses) >= MANY_IN_A_DAY:
            says.append(f"Searched {len(one.accesses)} times on this day.")
        again = max((len(days_of_words[one.actor, words]) for words in _words(one)), default=0)
        if again >= MANY_DAYS:
            says.append(f"Searched for the same words on {again} days.")
        if says:
            found.append(Stretch(one.actor, one.on, one.accesses, tuple(says)))
    return found


def day_of(at: dt.datetime) -> dt.date:
    """The day in England."""
    return at.astimezone(ENGLAND).date()


def _days_of_words(stretches: Iterable[Stretch]) -> dict[tuple[UUID, frozenset[str]], set[dt.date]]:
    days: dict[tuple[UUID, frozenset[str]], set[dt.date]] = defaultdict(set)
    for one in stretches:
        for words in _words(one):
            days[one.actor, words].add(one.on)
    return days


def _words(stretch: Stretch) -> set[frozenset[str]]:
    return {frozenset(one.search_tokens) for one in stretch.accesses if one.search_tokens}
