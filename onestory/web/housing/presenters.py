"""Homes and moves in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.help.housing.models import Home
from onestory.help.housing.priority import OF_AGE, is_under
from onestory.help.housing.queries import Housed
from onestory.platform.history.models import Entry
from onestory.platform.ui.wording import age_words, day_words, listed, plural


@dataclass(frozen=True, slots=True)
class ChildOf:
    """A child of somebody who is housed, with the address of their page."""

    id: str
    name: str
    age: str


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One person and their home: what is flagged, by which rule they are housed first, moves, who has taken over."""

    name: str
    age: str
    sort: str
    team: str
    flags: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]
    children: tuple[ChildOf, ...]
    for_the_child: str
    moves: str
    hand_over: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of the last year."""

    id: str
    on: str
    by: str


def home_rows(found: Iterable[Housed], today: dt.date) -> list[HomeRow]:
    """Everybody in the order given."""
    return [_row(one, today) for one in found]


def _row(one: Housed, today: dt.date) -> HomeRow:
    home, born = one.home, one.record.born
    return HomeRow(
        name=one.record.label,
        age=age_words(born, today),
        sort=f"{Home.Sort(home.sort).label} since {day_words(home.since_on)}",
        team=str(home.team),
        flags=tuple(_flags(one, today)),
        rules=tuple((rule.sentence, rule.source) for rule in one.rules),
        children=tuple(ChildOf(str(c.person_id), c.label, age_words(c.born, today)) for c in one.children),
        for_the_child=home.for_the_child,
        moves=_moves(one.moves),
        hand_over=_hand_over(one),
    )


def _flags(one: Housed, today: dt.date) -> Iterable[tuple[str, str]]:
    if one.rules:
        yield one.rules[0].words, "act"
    if is_under(one.record.born, OF_AGE, today):
        yield "Under 18", "act"
    if one.home.placed:
        yield Home.Placed(one.home.placed).label, "act" if one.home.placed == "outside" else "contact"
    if len(one.moves) > 1:
        yield plural(len(one.moves), "move") + " in a year", "review"
    if one.care_experienced:
        yield "Was in care, and wishes this to be known", "review"


def _moves(moves: list[Entry]) -> str:
    if not moves:
        return "No move in the last year is on record"
    return f"Moved {listed(day_words(one.happened_last) for one in moves)}"


def _hand_over(one: Housed) -> str:
    if one.acknowledged:
        last = one.acknowledged[-1]
        return f"Taken over by {last.agency.name}, {day_words(last.happened_last)}"
    if one.sent:
        return f"Handed over on {day_words(one.sent[-1].happened_last)}; nobody has acknowledged it yet"
    return "Moved, and handed over to nobody" if one.moves else ""


def move_rows(moves: Iterable[Entry]) -> list[MoveRow]:
    """Moves in the order given."""
    return [MoveRow(str(one.id), day_words(one.happened_last), one.agency.name) for one in moves]


def first_sentence(rows: Iterable[HomeRow]) -> str:
    """The list in one sentence."""
    rows = list(rows)
    first = sum(bool(one.rules) for one in rows)
    if not rows:
        return "Nobody of whom you may know has applied or is a tenant."
    people = plural(len(rows), "person", "people").capitalize()
    return f"{people}; {first or 'none'} to be housed first by the agreed rule."
