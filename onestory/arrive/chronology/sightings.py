"""When each child was seen by a professional, and how long nobody saw them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onestory.platform.history.record import Entry, History, Person

LONG = dt.timedelta(days=56)
"""From eight weeks on a time without anybody seeing the child is drawn and said."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody is recorded as having seen the child; both days are its ends."""

    child: str
    first: dt.date
    last: dt.date
    open: bool

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Sightings:
    """What is recorded about one child being seen: by whom last, and the times without."""

    child: Person
    seen: tuple[Entry, ...]
    gaps: tuple[Gap, ...]

    @property
    def last(self) -> Entry | None:
        """The latest entry in which the child was seen."""
        return self.seen[-1] if self.seen else None


def saw(entry: Entry, child: str) -> bool:
    """Whether a professional saw the child on that occasion."""
    return child in entry.seen or child in entry.seen_alone


def sightings(history: History, today: dt.date, children: Collection[str] | None = None) -> tuple[Sightings, ...]:
    """For each child of the history (or for these), eldest first, up to a day. Unborn children are left out."""
    told = [one for one in history.people.values() if one.is_child and (children is None or one.id in children)]
    born = [one for one in told if one.born is None or one.born.first <= today]
    born.sort(key=lambda one: (one.born.first if one.born else dt.date.min, one.label))
    return tuple(_of(child, history.entries, today) for child in born)


def _of(child: Person, entries: Iterable[Entry], today: dt.date) -> Sightings:
    mine = [entry for entry in entries if child.id in entry.about or saw(entry, child.id)]
    seen = sorted(
        (entry for entry in mine if saw(entry, child.id) and entry.happened.last <= today),
        key=lambda e: e.happened.last,
    )
    begins = _begins(child, mine)
    return Sightings(child, tuple(seen), tuple(_gaps(child.id, seen, begins, today)) if begins else ())


def _begins(child: Person, mine: list[Entry]) -> dt.date | None:
    """From when on somebody might have seen the child: the first entry about them, not before the birth."""
    first = min((entry.happened.first for entry in mine), default=None)
    if first is None:
        return None
    return max(first, child.born.last) if child.born else first


def _gaps(child: str, seen: list[Entry], begins: dt.date, today: dt.date) -> Iterable[Gap]:
    """Times longer than LONG between sightings. A sighting without a day counts for the whole of its time."""
    since = begins
    for entry in seen:
        if entry.happened.first - since > LONG:
            yield Gap(child, since, entry.happened.first, open=False)
        since = max(since, entry.happened.last)
    if today - since > LONG:
        yield Gap(child, since, today, open=True)
