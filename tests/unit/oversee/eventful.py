"""Generated histories in which what was on record is corrected or taken back, people die, and children are born as
expected, late, or at a time of which only the month or the year is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from onestory.arrive.feeds.case_history import read_case_history
from onestory.platform.history.dates import When, day, parse_when
from onestory.platform.history.record import Entry, History, Relationship
from tests.unit.oversee.generated import FIRST, FIVE_YEARS, an_entry, days, entries
from tests.unit.oversee.signals.family import TIES, history

HOUSE = Path(__file__).resolve().parents[3]
FILES = [HOUSE / "demonstration" / "child-f.yaml", *sorted((HOUSE / "tests" / "histories").glob("*/*.yaml"))]
LOOSE = ("concern", "incident", "observation", "disclosure", "absence", "attendance", "injury")
"""Kinds that tell of harm and answer nothing."""


@dataclass(frozen=True, repr=False)
class Told(History):
    """A written history that says shortly what was drawn about it."""

    added: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        shown = (f"{one.id} {one.kind} {one.known} {one.about} for {one.supersedes}" for one in self.added)
        return f"{self.title}: {'; '.join(shown)}"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # where Hypothesis would print every entry
        printer.text(repr(self))


DYING = (("c", "c"), ("s", "s"), ("m", "m"), ("m c", "m"), ("c", ""), ("s c", "s"))
"""Who is named when somebody dies or is gravely harmed, and who of them died."""


@st.composite
def eventful(draw: st.DrawFn, most: int = 10, span: int = FIVE_YEARS) -> History:
    """A history of the family with everything that is hard: corrections, deaths, births, vague dates, late ties."""
    told = draw(entries(most=most, span=span))
    told += draw(corrections(told, span))
    told += draw(deaths(span))
    told += draw(births(span))
    return history(draw(st.permutations(told)), {"c": draw(dates_of_birth(span))}, draw(ties(span)))


@st.composite
def corrections(draw: st.DrawFn, told: Sequence[Entry], span: int = FIVE_YEARS) -> list[Entry]:
    """For some of the entries, and for some of their corrections, what takes their place or takes them back later."""
    found: list[Entry] = []
    for entry in draw(st.lists(st.sampled_from(told), max_size=3, unique_by=lambda one: one.id)):
        for _ in range(draw(st.sampled_from((1, 1, 2)))):
            entry = draw(_correction(entry, f"x{len(found)}", span))
            found.append(entry)
    return found


@st.composite
def _correction(draw: st.DrawFn, entry: Entry, name: str, span: int) -> Entry:
    """The same told otherwise, or something else in its place, or nothing: known on a later day."""
    known = day(entry.known_on + dt.timedelta(days=draw(st.integers(1, 200))))
    if draw(st.booleans()):
        return replace(entry, id=name, known=known, own={}, supersedes=entry.id, withdraws=True)
    other = draw(an_entry(name, span=span, kind_of=draw(st.sampled_from(("", entry.kind)))))
    about = draw(st.sampled_from((entry.about, other.about)))
    return replace(other, happened=entry.happened, known=known, about=about, supersedes=entry.id)


@st.composite
def deaths(draw: st.DrawFn, span: int = FIVE_YEARS) -> list[Entry]:
    """Of a child, of a brother, of a mother; or that somebody was gravely harmed and lives."""
    found = []
    for place, (about, died) in enumerate(draw(st.lists(st.sampled_from(DYING), max_size=2, unique=True))):
        entry = draw(an_entry(f"h{place}", span=span, kind_of="harm"))
        own = {"died": tuple(died.split())} if died else {}
        found.append(replace(entry, about=tuple(about.split()), own=own, supersedes=None))
    return found


@st.composite
def births(draw: st.DrawFn, span: int = FIVE_YEARS) -> list[Entry]:
    """Now and then the birth of the youngest is told; it may be told late, and the day that was expected may pass."""
    if not draw(st.booleans()):
        return []
    return [replace(draw(an_entry("b", span=span, kind_of="birth")), about=("c", "m"))]


def dates_of_birth(span: int = FIVE_YEARS) -> st.SearchStrategy[str]:
    """Long ago, within the history to the day, month or year, after it, or on no record."""
    within = days(span)
    return st.one_of(
        st.sampled_from(("2014-03-03", "2017", f"{FIRST.year + 9}-01-01", "")),
        within.map(lambda one: one.isoformat()),
        within.map(lambda one: f"{one:%Y-%m}"),
        within.map(lambda one: f"{one:%Y}"),
    )


@st.composite
def ties(draw: st.DrawFn, span: int = FIVE_YEARS) -> tuple[Relationship, ...]:
    """The family's relationships; now and then paternity is confirmed on the way, or the partner comes on record."""
    found = list(TIES)
    if draw(st.booleans()):
        found.append(Relationship("p", "father", "c", "confirmed", draw(_vague(span))))
    if draw(st.booleans()):
        found[-1 if len(found) == len(TIES) else -2] = Relationship("p", "partner", "m", known=draw(_vague(span)))
    return tuple(found)


def _vague(span: int) -> st.SearchStrategy[When]:
    forms = st.sampled_from(("%Y-%m-%d", "%Y-%m", "%Y"))
    return st.builds(lambda one, form: parse_when(one.strftime(form)), days(span), forms)


@cache
def told_in(path: Path) -> Told:
    """A history that somebody wrote down, in which rules have something to say; those never known left out."""
    history = read_case_history(path).history
    known = tuple(entry for entry in history.entries if entry.known is not None)
    return Told(history.title, history.area, history.people, history.relationships, history.agencies, known)


@st.composite
def rewritten(draw: st.DrawFn, dying: bool = True) -> History:
    """A written history in which some entries are corrected or taken back later and, now and then, a child or an adult
    dies or is gravely harmed."""
    told = told_in(draw(st.sampled_from(FILES)))
    added: list[Entry] = []
    for entry in draw(st.lists(st.sampled_from(told.entries), min_size=1, max_size=8, unique_by=lambda one: one.id)):
        for _ in range(draw(st.sampled_from((1, 1, 1, 2)))):
            entry = draw(_told_again(entry, f"x{len(added)}"))
            added.append(entry)
    if dying:
        added += draw(_deaths_in(told))
    return replace(told, entries=(*told.entries, *added), added=tuple(added))


@st.composite
def _told_again(draw: st.DrawFn, entry: Entry, name: str) -> Entry:
    """The entry with less in it, or with nothing left, as it was put right on a later day."""
    known = day(entry.known_on + dt.timedelta(days=draw(st.integers(1, 90))))
    again = replace(entry, id=name, known=known, supersedes=entry.id)
    match draw(st.sampled_from(("taken back", "plainer", "unseen", "other kind"))):
        case "taken back":
            return replace(again, own={}, withdraws=True)
        case "plainer":
            return replace(again, factors=frozenset())
        case "unseen":
            return replace(again, seen=(), seen_alone=())
        case _:
            return replace(again, kind="note", own={})


@st.composite
def _deaths_in(draw: st.DrawFn, told: History) -> list[Entry]:
    whom = st.sampled_from(sorted(told.people))
    found = []
    for place in range(draw(st.integers(0, 2))):
        like, about = draw(st.sampled_from(told.entries)), (draw(whom),)
        own = {"died": about} if draw(st.booleans()) else {}
        found.append(replace(like, id=f"h{place}", kind="harm", about=about, own=own, factors=frozenset()))
    return found


@st.composite
def reports_of_one_day(draw: st.DrawFn) -> tuple[History, History]:
    """A written history in which some reports came on one day, and the same with these in another order."""
    told = told_in(draw(st.sampled_from(FILES)))
    loose = [one for one in told.entries if one.kind in LOOSE and not one.seen and not one.seen_alone]
    assume(len(loose) > 1)
    some = draw(st.lists(st.sampled_from(loose), min_size=2, max_size=4, unique_by=lambda one: one.id))
    on = day(some[0].known_on)
    together = [replace(one, happened=on, known=on) for one in some]
    again = draw(st.permutations(together))
    rest = [one for one in told.entries if one not in some]
    one, other = (replace(told, entries=(*rest, *these), added=tuple(these)) for these in (together, again))
    return one, other
