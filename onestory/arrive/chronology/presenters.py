"""The chronology's pages, ready to be shown. Pure: everything in words, nothing left to compute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from onestory.arrive.chronology.forms import NarrowingForm, applied
from onestory.arrive.chronology.lanes import draw
from onestory.arrive.chronology.narrowing import Family, Narrowing, as_known_on, narrow, newest_first
from onestory.arrive.chronology.picture import ends_on, gap_words, picture_of
from onestory.arrive.chronology.rows import Day, ahead_of, days, extent, names_of
from onestory.arrive.chronology.saying import Names
from onestory.arrive.chronology.sightings import Gap, sightings
from onestory.platform.history.record import Entry, History
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.results import Results, fill_pages, results
from onestory.platform.ui.wording import day_words, plural, span_words

ON_A_PAGE = 50
"""Entries on one page, at least: a day is never torn in two."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter that is set, in words, and the address of the same view without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a narrowing leaves of a history: the entries that have happened, those ahead, and how it is told.

    ``until`` is the day with which the picture and the times without a sighting end.
    """

    history: History
    children: frozenset[str]
    names: Names
    today: dt.date
    until: dt.date
    entries: tuple[Entry, ...]
    ahead: tuple[Entry, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class ChronologyPage:
    """The chronology as a table."""

    identity: Identity
    form: NarrowingForm
    told: str
    looking_back: str
    applied: tuple[Applied, ...]
    results: Results[Day]
    ahead: tuple[Day, ...]
    nothing: str
    query: str


@dataclass(frozen=True, slots=True)
class UnseenRow:
    """A long time in which nobody is recorded as having seen a child."""

    child: str
    since: str
    until: str
    length: str


@dataclass(frozen=True, slots=True)
class LaneRow:
    """An agency's lane in words."""

    agency: str
    entries: str
    first: str
    last: str
    query: str


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The lane picture with the same in sentences and tables."""

    identity: Identity
    told: str
    looking_back: str
    applied: tuple[Applied, ...]
    sentences: tuple[str, ...]
    svg: Markup
    lanes: tuple[LaneRow, ...]
    unseen: tuple[UnseenRow, ...]
    query: str


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The chronology on paper: what it is for, and what was left out."""

    identity: Identity
    purpose: str
    kept: tuple[tuple[str, str], ...]
    told: str
    looking_back: str
    applied: tuple[Applied, ...]
    sentences: tuple[str, ...]
    svg: Markup
    days: tuple[Day, ...]
    ahead: tuple[Day, ...]
    nothing: str


def shown(family: Family, narrowing: Narrowing, today: dt.date) -> Shown:
    """What is left of the history after the narrowing, newest day first, what lies ahead apart."""
    told = as_known_on(family.history, narrowing.known_on)
    on = narrowing.known_on or today
    behind, ahead = ahead_of(newest_first(narrow(told.entries, narrowing)), on)
    return Shown(
        told,
        family.children,
        names_of(told),
        on,
        ends_on(told.entries, on),
        tuple(behind),
        tuple(reversed(ahead)),
        len(told.entries),
    )


def chronology_page(
    family: Family, form: NarrowingForm, today: dt.date, path: str, query: Mapping[str, str]
) -> ChronologyPage:
    """The page of the table. Where a filter could not be understood nothing is shown: anything else might mislead."""
    narrowing = form.narrowing()
    view = shown(family, narrowing or Narrowing(), today)
    entries = view.entries if narrowing else ()
    kept = {name: value for name, value in query.items() if value and name not in ("page", "entry")}
    return ChronologyPage(
        identity=identity_of(family.history.people[family.child], today),
        form=form,
        told=told_words(view) if narrowing else "",
        looking_back=looking_back(narrowing),
        applied=_applied(narrowing, view.names, path, kept),
        results=_pages(days(entries, view.names), query, path, kept),
        ahead=tuple(days(view.ahead, view.names)) if narrowing else (),
        nothing=nothing_found(view, narrowing) if not entries else "",
        query=_query(kept),
    )


def picture_page(
    family: Family, narrowing: Narrowing, today: dt.date, path: str, query: Mapping[str, str]
) -> PicturePage:
    """The page of the picture; its tables say the same."""
    view = shown(family, narrowing, today)
    kept = {name: value for name, value in query.items() if value}
    seen = sightings(view.history, view.until, view.children)
    return PicturePage(
        identity=identity_of(family.history.people[family.child], today),
        told=told_words(view),
        looking_back=looking_back(narrowing),
        applied=_applied(narrowing, view.names, path, kept),
        sentences=sentences(view),
        svg=Markup(draw(picture_of(view.history, view.entries, today=view.until, children=view.children))),
        lanes=tuple(_lane_rows(view, kept)),
        unseen=tuple(_unseen(gap, view.names) for one in seen for gap in one.gaps),
        query=_query(kept),
    )


def print_page(family: Family, narrowing: Narrowing, today: dt.date, query: Mapping[str, str]) -> PrintPage:
    """The whole of what was asked for, on paper. Without a purpose the page asks for one first."""
    view = shown(family, narrowing, today)
    return PrintPage(
        identity=identity_of(family.history.people[family.child], today),
        purpose=query.get("purpose", "").strip()[:200],
        kept=tuple((name, value) for name, value in query.items() if value and name not in ("page", "purpose")),
        told=told_words(view),
        looking_back=looking_back(narrowing),
        applied=_applied(narrowing, view.names, "", {}),
        sentences=sentences(view),
        svg=Markup(draw(picture_of(view.history, view.entries, today=view.until, children=view.children))),
        days=tuple(days(view.entries, view.names)),
        ahead=tuple(days(view.ahead, view.names)),
        nothing=nothing_found(view, narrowing) if not view.entries else "",
    )


def sentences(view: Shown) -> tuple[str, ...]:
    """When each child was last seen and the longest time without, up to the day with which the records end."""
    seen = sightings(view.history, view.until, view.children)
    said = [gap_words(one, view.names) for one in seen]
    if view.until < view.today:
        said.append(f"Nothing has been recorded since {day_words(view.until)}; times without end there.")
    return tuple(said)


def told_words(view: Shown) -> str:
    """How much is shown, and of how much: nobody should take a part for the whole."""
    left_out = view.whole - len(view.entries) - len(view.ahead)
    more = f" {plural(left_out, 'entry is', 'entries are')} left out by the filters." if left_out else ""
    return f"{extent(view.entries)}.{more}"


def looking_back(narrowing: Narrowing | None) -> str:
    """The sentence that says that this is a past day's knowledge."""
    if narrowing is None or narrowing.known_on is None:
        return ""
    return (
        f"This is what was on record on {day_words(narrowing.known_on)}, with all agencies’ records put together. "
        "No one agency had all of it: each entry says who was told."
    )


def nothing_found(view: Shown, narrowing: Narrowing | None) -> str:
    """What it means that nothing is shown."""
    if narrowing is None:
        return "The chronology is not shown until the filters are corrected."
    if narrowing.filters and view.whole:
        return (
            f"No entry passes these filters. The chronology holds {plural(view.whole, 'entry', 'entries')}: "
            "searched, and nothing of this kind held."
        )
    if narrowing.known_on:
        return f"Nothing was on record on {day_words(narrowing.known_on)}. That does not say that nothing had happened."
    return "No agency that is connected has recorded anything. That does not say that nothing has happened."


def _pages(groups: list[Day], query: Mapping[str, str], path: str, kept: dict[str, str]) -> Results[Day]:
    """The page asked for; where an entry is asked for, the page on which it stands."""
    filled = fill_pages([(len(group.rows), group) for group in groups], ON_A_PAGE)
    asked = query.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    for place, page in enumerate(filled, 1):
        if any(row.id == query.get("entry") for group in page for row in group.rows):
            number = place
    return results(filled, number, path, kept)


def _applied(narrowing: Narrowing | None, names: Names, path: str, kept: dict[str, str]) -> tuple[Applied, ...]:
    if narrowing is None:
        return ()
    return tuple(
        Applied(words, path + _query({field: value for field, value in kept.items() if field != name}))
        for name, words in applied(narrowing, names)
    )


def _query(kept: Mapping[str, str]) -> str:
    return f"?{urlencode(kept)}" if kept else ""


def _lane_rows(view: Shown, kept: dict[str, str]) -> list[LaneRow]:
    rows = []
    for agency in sorted({entry.by for entry in view.entries}, key=lambda one: view.names.party(one)):
        own = [entry for entry in view.entries if entry.by == agency]
        rows.append(
            LaneRow(
                agency=view.names.party(agency),
                entries=plural(len(own), "entry", "entries"),
                first=own[-1].happened.words(),
                last=own[0].happened.words(),
                query=_query({**kept, "agency": agency}),
            )
        )
    return rows


def _unseen(gap: Gap, names: Names) -> UnseenRow:
    until = f"still open on {day_words(gap.last)}" if gap.open else day_words(gap.last)
    return UnseenRow(names.party(gap.child), day_words(gap.first), until, span_words(gap.days))
