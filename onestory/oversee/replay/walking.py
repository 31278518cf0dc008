"""What replaying a history comes to: its alerts, each with every time that somebody would have been asked.

It never looks ahead: each day reads Stories of that day, and what is asked follows from them and from
what was asked before. It ends with the death or serious harm under review: what is asked on that day
came too late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestory.oversee.signals.asking import Ask, Ended, Memory, Swallowed
from onestory.oversee.signals.looking import Look, indexes_of
from onestory.oversee.signals.rule import Finding, Level, Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.walking import walk
from onestory.platform.history.record import Entry, History

AFTERWARDS = dt.timedelta(days=28)
"""How long the walk goes on after the last entry: promises fall due and grace runs out."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One pattern and every time that somebody was asked about it."""

    signal: str
    key: str
    about: tuple[str, ...]
    level: Level
    asked: tuple[Ask, ...]
    added: tuple[Swallowed, ...] = ()
    ended: tuple[Ended, ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """What replaying one history came to."""

    history: History
    alerts: tuple[Alert, ...]
    notes: tuple[tuple[dt.date, Finding], ...]
    first_day: dt.date | None
    last_day: dt.date | None
    incident: Entry | None

    @property
    def asks(self) -> list[Ask]:
        """Every ask, in the order of days."""
        return sorted((ask for alert in self.alerts for ask in alert.asked), key=lambda ask: ask.on)


def replay(
    history: History, *, rules: Sequence[Rule] = ALL_RULES, settings: Mapping[str, Settings] | None = None
) -> Replay:
    """Replay the history with these rules, to the death or serious harm under review or to its end."""
    known = sorted((entry for entry in history.entries if entry.known is not None), key=lambda entry: entry.known_on)
    incident = next((entry for entry in known if entry.kind == "harm"), None)
    looks = list(_walk(history, incident, rules, settings))
    return Replay(
        history=history,
        alerts=_alerts([taken for _, taken in looks]),
        notes=_notes(looks),
        first_day=known[0].known_on if known else None,
        last_day=incident.known_on if incident else (known[-1].known_on if known else None),
        incident=incident,
    )


def _walk(
    history: History, incident: Entry | None, rules: Sequence[Rule], settings: Mapping[str, Settings] | None
) -> Iterator[tuple[dt.date, Look]]:
    indexes = indexes_of(history)
    days = [day for index in indexes for day in index.days]
    return walk(indexes, Memory(), after=None, end=_end(days, incident), rules=rules, settings=settings)


def _end(days: list[dt.date], incident: Entry | None) -> dt.date:
    """The day before the incident; without one, some weeks after the last entry."""
    if incident is not None:
        return incident.known_on - dt.timedelta(days=1)
    return max(days) + AFTERWARDS if days else dt.date.min


def _alerts(looks: Sequence[Look]) -> tuple[Alert, ...]:
    asked: dict[tuple[str, str], list[Ask]] = {}
    added: dict[tuple[str, str], list[Swallowed]] = {}
    ended: dict[tuple[str, str], list[Ended]] = {}
    for taken in looks:
        for ask in taken.asks:
            asked.setdefault((ask.signal, ask.key), []).append(ask)
        for reason in taken.swallowed:
            added.setdefault((reason.signal, reason.key), []).append(reason)
        for end in taken.ended:
            ended.setdefault((end.signal, end.key), []).append(end)
    return tuple(
        Alert(
            signal=signal,
            key=key,
            about=tuple(dict.fromkeys(child for ask in asks for child in ask.children)),
            level=max(ask.level for ask in asks),
            asked=tuple(asks),
            added=tuple(added.get((signal, key), ())),
            ended=tuple(ended.get((signal, key), ())),
        )
        for (signal, key), asks in asked.items()
    )


def _notes(looks: Sequence[tuple[dt.date, Look]]) -> tuple[tuple[dt.date, Finding], ...]:
    seen: set[tuple[str, str]] = set()
    found = []
    for day, taken in looks:
        for finding in taken.notes:
            if (finding.signal, finding.key) not in seen:
                seen.add((finding.signal, finding.key))
                found.append((day, finding))
    return tuple(found)
