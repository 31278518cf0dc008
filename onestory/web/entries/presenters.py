"""What the pages of recording by hand show. Pure, given a family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.arrive.chronology.narrowing import Family, as_known_on
from onestory.arrive.chronology.rows import Day, days, names_of
from onestory.arrive.entries.offers import GROUPS, Group, groups_for
from onestory.platform.history.record import Entry, History
from onestory.platform.ui.child import Identity, identity_of
from onestory.web.entries.forms import Around

BESIDE = 2
"""Entries shown before and after the one that was saved."""


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry of the reader's agency, which it can put right or take back."""

    id: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """What can be recorded, and what one's own agency recorded last."""

    identity: Identity
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What was saved, with its place in the chronology; without days where the reader does not see the chronology."""

    identity: Identity
    entry: str
    days: tuple[Day, ...]
    can_correct: bool
    is_withdrawn: bool = False


def choose_page(family: Family, sector: str, today: dt.date) -> ChoosePage:
    """The offers, those of the reader's own sector first."""
    return ChoosePage(_identity(family, today), groups_for(sector) if sector else GROUPS)


def around(family: Family, agencies: Iterable[tuple[str, str]], sector: str) -> Around:
    """Whom an entry about the child can name: the child first, then the circle by name."""
    people = family.history.people
    near = sorted((one for one in family.circle if one in people), key=lambda one: people[one].label.casefold())
    first = [family.child, *(one for one in near if one != family.child)]
    return Around(
        child=family.child,
        people=tuple((one, people[one].label) for one in first),
        children=tuple((one, people[one].label) for one in first if people[one].is_child),
        agencies=tuple(agencies),
        sector=sector,
    )


def saved_page(family: Family, entry_id: str, *, can_correct: bool, today: dt.date) -> SavedPage:
    """The entry among its neighbours in the chronology."""
    now = as_known_on(family.history, None)
    found = find(family.history, entry_id)
    nearby = _neighbours(now, found) if found else ()
    return SavedPage(
        identity=_identity(family, today),
        entry=entry_id,
        days=tuple(days(nearby, names_of(now))),
        can_correct=can_correct and any(one.id == entry_id for one in now.entries),
        is_withdrawn=bool(found and not any(one.id == entry_id for one in now.entries)),
    )


def find(history: History, entry_id: str) -> Entry | None:
    """An entry that the reader sees, whether or not it still counts."""
    return next((one for one in history.entries if one.id == entry_id), None)


def _neighbours(history: History, entry: Entry) -> list[Entry]:
    order = sorted(history.entries, key=lambda one: (one.happened.last, one.happened.first), reverse=True)
    place = next((number for number, one in enumerate(order) if one.id == entry.id), None)
    return order[max(0, place - BESIDE) : place + BESIDE + 1] if place is not None else []


def _identity(family: Family, today: dt.date) -> Identity:
    return identity_of(family.history.people[family.child], today)
