"""Entries made ready for the page: grouped by day, in words, with who knew. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from onestory.arrive.chronology import saying
from onestory.platform.history.record import Entry, History
from onestory.platform.ui.wording import listed, plural

TONES: Mapping[str, str] = {
    **dict.fromkeys(
        ("concern", "incident", "injury", "disclosure", "observation", "breach", "absence", "harm", "relevance"),
        "worry",
    ),
    **dict.fromkeys(("attendance", "appointment", "visit", "voice", "tool"), "contact"),
    **dict.fromkeys(("check", "decision", "assessment", "meeting", "plan", "agreement", "condition"), "decision"),
    **dict.fromkeys(("action", "request", "notice", "aftercare", "order", "protective"), "promise"),
    **dict.fromkeys(("pregnancy", "birth", "move", "household", "withdrawal"), "family"),
}
"""One colour for each sort of entry, so that patterns scan; the words say the same."""

MISSED = frozenset(
    {"not_brought", "missed", "cancelled", "declined", "not_arranged", "no_access", "refused", "not_made"}
)
"""Outcomes after which a child was not met: not brought, no access and repeated cancellation are marked alike."""

SHORT = 600
"""A note of up to so many letters is shown in full."""

RESTRICTED_WORDS: Mapping[str, str] = {
    "care_history": "Restricted: care history",
    "adult_mental_health": "Restricted: adult mental health",
    "reporter_identity": "Restricted: who told",
    "address": "Restricted: address",
    "legal": "Restricted: legal advice",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the page shows it. Empty words are left out by the page."""

    id: str
    anchor: str
    kind: str
    tone: str
    headline: str
    text: str
    rest: str
    details: tuple[tuple[str, str], ...]
    factors: tuple[str, ...]
    about: tuple[str, ...]
    seen: str
    together: str
    told_by: str
    agency: str
    known: str
    told: str
    stands_for: str
    restricted: str
    ref: str
    when: str
    demoted: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day, or of one month or longer where the record names no day."""

    heading: str
    note: str
    rows: tuple[Row, ...]


def names_of(history: History) -> saying.Names:
    """What the history's people, agencies and entries are called."""
    return saying.Names(
        people={person.id: person.label for person in history.people.values()},
        agencies={agency.id: agency.name for agency in history.agencies.values()},
        entries={entry.id: f"{saying.kind_words(entry.kind)}, {entry.happened.words()}" for entry in history.entries},
    )


def days(entries: Iterable[Entry], names: saying.Names) -> list[Day]:
    """Entries that stand in the order of their days, put together by day."""
    grouped = groupby(entries, key=lambda entry: entry.happened)
    return [
        Day(when.words(), "" if when.is_day else "the day is not recorded", tuple(row(entry, names) for entry in those))
        for when, those in grouped
    ]


def row(entry: Entry, names: saying.Names) -> Row:
    """One entry in words."""
    begins, rest = shortened(entry.text)
    return Row(
        id=entry.id,
        anchor=anchor(entry.id),
        kind=saying.kind_words(entry.kind),
        tone=tone(entry),
        headline=saying.headline(entry),
        text=begins,
        rest=rest,
        details=saying.details(entry, names),
        factors=saying.factor_words(entry.factors),
        about=tuple(names.each(entry.about)),
        seen=_seen(entry, names),
        together=_together(entry, names),
        told_by=saying.reporter_words(entry, names),
        agency=names.party(entry.by),
        known=_known_later(entry),
        told=_told(entry, names),
        stands_for=f"Stands for {entry.count} of the same kind" if entry.count > 1 else "",
        restricted=RESTRICTED_WORDS.get(entry.restricted or "", ""),
        ref=entry.ref,
        when=entry.happened.words(),
        demoted=entry.weight == "system",
    )


def tone(entry: Entry) -> str:
    """The sort of an entry. What a professional saw is a worry only where it names a need or a risk."""
    if entry.own.get("outcome") in MISSED:
        return "missed"
    if entry.kind == "observation" and not entry.factors:
        return "contact"
    return TONES.get(entry.kind, "other")


def shortened(text: str) -> tuple[str, str]:
    """A note as it is shown: short ones in full, of long ones the beginning and, apart, the rest."""
    if len(text) <= SHORT:
        return text, ""
    cut = text.rfind(" ", 0, SHORT * 2 // 3)
    cut = cut if cut > 0 else SHORT * 2 // 3
    return f"{text[:cut]} …", f"… {text[cut:].lstrip()}"


def anchor(entry_id: str) -> str:
    """The name under which an entry is pointed to on its page."""
    return f"entry-{entry_id}"


def _seen(entry: Entry, names: saying.Names) -> str:
    alone = set(entry.seen_alone)
    said = [f"{names.party(one)}{', alone' if one in alone else ''}" for one in (*entry.seen, *entry.seen_alone)]
    return listed(dict.fromkeys(one for one in said if one))


def _together(entry: Entry, names: saying.Names) -> str:
    return listed(names.each(entry.together)) if len(entry.together) > 1 else ""


def _known_later(entry: Entry) -> str:
    if entry.known is None:
        return "Not known at the time: it came out only afterwards"
    if entry.known.last > entry.happened.last:
        return f"Known from {entry.known.words()}"
    return ""


def _told(entry: Entry, names: saying.Names) -> str:
    others = sorted(names.party(one) for one in entry.told if one != entry.by)
    return f"Told at the time: {listed(others)}" if others else "No other agency told at the time"


def extent(entries: Iterable[Entry]) -> str:
    """How much and from when to when: "84 entries by 12 agencies, October 2012 to March 2019"."""
    held = list(entries)
    if not held:
        return "No entries"
    first = min(held, key=lambda entry: (entry.happened.first, entry.happened.last)).happened
    last = max(held, key=lambda entry: (entry.happened.last, entry.happened.first)).happened
    span = first.words().split(" to ")[0]
    span = f"{span} to {last.words().split(' to ')[-1]}" if first != last else first.words()
    agencies = plural(len({entry.by for entry in held}), "agency", "agencies")
    return f"{plural(len(held), 'entry', 'entries')} by {agencies}, {span}"


def ahead_of(entries: Iterable[Entry], today: dt.date) -> tuple[list[Entry], list[Entry]]:
    """Entries that have happened, and those that lie ahead of the day (appointments)."""
    behind: list[Entry] = []
    ahead: list[Entry] = []
    for entry in entries:
        (ahead if entry.happened.first > today else behind).append(entry)
    return behind, ahead
