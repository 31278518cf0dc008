"""What a reader asked to see of a history: filters, and the day as of which it is told. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onestory.platform.history.circle import circle_of
from onestory.platform.history.record import Entry, History


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters of a chronology; an empty one lets everything through.

    ``since`` and ``until`` bound when something happened. ``known_on`` tells the history as it was known
    on that day: nothing that became known later, no relationship recorded later (F5.18, F5.54–5.58).
    """

    child: str = ""
    agency: str = ""
    kind: str = ""
    factor: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    known_on: dt.date | None = None

    @property
    def filters(self) -> bool:
        """Whether entries are left out for another reason than the day as of which the history is told."""
        return replace(self, known_on=None) != Narrowing()


@dataclass(frozen=True, slots=True)
class Family:
    """One child's family: what is on record that names somebody of the child's circle, and who belongs to it.

    ``history.people`` also holds those outside the circle whom an entry mentions, so that they can be named.
    """

    child: str
    history: History
    circle: frozenset[str]
    children: frozenset[str]


def family_of(history: History, child: str) -> Family:
    """A history cut to one child's circle."""
    circle = circle_of(history, child)
    inside = frozenset(circle.joined)
    cut = replace(
        history,
        entries=tuple(entry for entry in history.entries if not inside.isdisjoint((*entry.about, *entry.seen))),
        relationships=tuple(row for row in history.relationships if row.person in inside and row.of in inside),
    )
    return Family(child, cut, inside, circle.children)


def as_known_on(history: History, day: dt.date | None) -> History:
    """The history as it was known on a day; without a day, as it is known now, what came out afterwards included.

    A corrected entry is left out from the day on which its correction became known, and what was taken back is gone.
    """
    known = [entry for entry in history.entries if day is None or (entry.known and entry.known.last <= day)]
    corrected = {entry.supersedes for entry in known if entry.supersedes}
    return replace(
        history,
        entries=tuple(entry for entry in known if entry.id not in corrected and not entry.withdraws),
        relationships=tuple(
            one for one in history.relationships if day is None or one.known is None or one.known.last <= day
        ),
    )


def narrow(entries: Iterable[Entry], narrowing: Narrowing) -> tuple[Entry, ...]:
    """The entries that pass every filter, in the order given."""
    return tuple(entry for entry in entries if passes(entry, narrowing))


def passes(entry: Entry, narrowing: Narrowing) -> bool:
    """Whether an entry passes every filter. A date that is not a day passes a period that it touches."""
    return (
        (not narrowing.child or narrowing.child in entry.about or narrowing.child in entry.seen)
        and (not narrowing.agency or narrowing.agency == entry.by)
        and (not narrowing.kind or narrowing.kind == entry.kind)
        and (not narrowing.factor or narrowing.factor in entry.factors)
        and (narrowing.since is None or entry.happened.last >= narrowing.since)
        and (narrowing.until is None or entry.happened.first <= narrowing.until)
    )


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Days newest first; within a day in the order given, which is the order in which they became known."""
    return sorted(entries, key=lambda entry: (entry.happened.last, entry.happened.first), reverse=True)
