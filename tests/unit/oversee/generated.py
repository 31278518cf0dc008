"""Generated histories: any kind of entry with any of its keys about one invented family, days, months and late news."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import (
    ConditionTest,
    Entry,
    History,
    Person,
    Relationship,
    RelationshipTest,
    Reporter,
    who_was_told,
)
from onestory.platform.history.vocabulary import FACTORS, KINDS, REPORTERS, Key, Shape
from tests.unit.oversee.signals.family import SECTORS, TIES, history

FIRST = dt.date(2018, 1, 1)
PEOPLE = ("c", "s", "m", "f", "p", "g")
STRANGERS = ("yy", "zz")
CODES = {
    "service": ("new_birth_visit", "development_review_2y", "clinic", "drug_test"),
    "type": ("welfare_check", "non_molestation", "bail", "care", "supervision", "community"),
    "from": ("school", "gp_list"),
    "tool": ("neglect",),
    "tools": ("neglect",),
    "action": ("tests", "visits"),
    "request": ("r1", "r2"),
}


FIVE_YEARS = 5 * 365


def days(span: int = FIVE_YEARS) -> st.SearchStrategy[dt.date]:
    """Days of five years, or of another span."""
    return st.integers(0, span).map(lambda n: FIRST + dt.timedelta(days=n))


def _dates(day: dt.date, sort: str, late: int) -> tuple[str, str]:
    """When it happened and when it became known; a month or a year stands for itself and becomes known within it, or on
    a day soon after it."""
    if sort == "month":
        return f"{day:%Y-%m}", f"{day:%Y-%m}"
    if sort == "year":
        return f"{day:%Y}", f"{day:%Y}"
    if sort == "long ago":
        return f"{day.year - 1}", day.isoformat()
    return day.isoformat(), (day + dt.timedelta(days=late)).isoformat()


def _value(key: Key, span: int) -> st.SearchStrategy:
    people, agencies = st.sampled_from(PEOPLE), st.sampled_from(tuple(SECTORS))
    match key.shape:
        case Shape.CHOICE:
            return st.sampled_from(key.allowed)
        case Shape.TRUTH:
            return st.booleans()
        case Shape.NUMBER:
            return st.integers(1, 4)
        case Shape.PERCENT:
            return st.floats(0, 100)
        case Shape.WHEN:
            return days(span).map(lambda day: parse_when(day.isoformat()))
        case Shape.PERIOD:
            return st.sampled_from(("P1M", "P2W", "P10D", "P1Y"))
        case Shape.PEOPLE | Shape.FORBIDS:
            return st.lists(people, min_size=1, max_size=2, unique=True).map(tuple)
        case Shape.AGENCIES:
            return st.lists(agencies, min_size=1, max_size=3, unique=True).map(tuple)
        case Shape.AGENCY | Shape.PARTY:
            return agencies
        case Shape.PARTIES:
            return agencies.map(lambda one: (one,))
        case Shape.ENTRIES:
            return st.lists(st.integers(0, 12), min_size=1, max_size=3, unique=True).map(
                lambda ns: tuple(f"e{n}" for n in ns)
            )
        case Shape.ENTRY:
            return st.integers(0, 12).map(lambda n: f"e{n}")
        case Shape.FACTORS:
            return st.frozensets(st.sampled_from(tuple(FACTORS)), max_size=4)
        case Shape.CONDITION:
            return st.one_of(
                st.builds(ConditionTest, kinds=st.frozensets(st.sampled_from(tuple(KINDS)), min_size=1, max_size=2)),
                st.just(ConditionTest(together=frozenset({"m", "p"}))),
                st.just(ConditionTest(relationship=RelationshipTest("p", "father", "c"))),
            )
        case _:
            return st.sampled_from(CODES.get(key.name, ("words",)))


@st.composite
def entries(
    draw: st.DrawFn, name: str = "e", people: tuple[str, ...] = PEOPLE, most: int = 12, span: int = FIVE_YEARS
) -> list[Entry]:
    """Some entries about these people, in no order of days."""
    return [draw(an_entry(f"{name}{n}", people, span)) for n in range(draw(st.integers(1, most)))]


@st.composite
def an_entry(
    draw: st.DrawFn, name: str, people: tuple[str, ...] = PEOPLE, span: int = FIVE_YEARS, kind_of: str = ""
) -> Entry:
    """One entry about these people, of any kind but a death or of the one given."""
    kind = KINDS[kind_of or draw(st.sampled_from([kind for kind in KINDS if kind != "harm"]))]
    own = {key.name: draw(_value(key, span)) for key in kind.keys if draw(st.booleans())}
    if people is not PEOPLE:
        own = {key: value for key, value in own.items() if KINDS[kind.code].by_name[key].shape is Shape.CHOICE}
    day, late = draw(days(span)), draw(st.sampled_from((0, 0, 0, 3, 200)))
    happened, known = _dates(day, draw(st.sampled_from(("day", "day", "day", "month", "long ago", "year"))), late)
    some = st.lists(st.sampled_from(people), max_size=2, unique=True).map(tuple)
    by = draw(st.sampled_from(tuple(SECTORS)))
    told = draw(st.none() | st.lists(st.sampled_from(tuple(SECTORS)), max_size=2))
    role = draw(st.none() | st.sampled_from(tuple(REPORTERS)))
    return Entry(
        id=name,
        happened=parse_when(happened),
        known=parse_when(known),
        by=by,
        kind=kind.code,
        about=draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True).map(tuple)),
        seen=draw(some),
        seen_alone=draw(some),
        together=draw(some),
        reporter=Reporter(role, None, draw(st.sampled_from(("", "one", "two")))) if role else None,
        factors=draw(st.frozensets(st.sampled_from(tuple(FACTORS)), max_size=3)),
        told=who_was_told(kind=kind.code, by=by, shared_with=told, sent_to=None, social_care="csc"),
        count=draw(st.sampled_from((1, 1, 1, 4))),
        own=own,
    )


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> History:
    """A history of the family; now and then paternity is confirmed on the way, or the youngest is born in it."""
    ties = TIES
    if draw(st.booleans()):
        ties = (*ties, Relationship("p", "father", "c", "confirmed", parse_when(draw(days()).isoformat())))
    born = draw(st.sampled_from(("2014-03-03", "2019-06", "2020-10-10", "")))
    return history(draw(entries(most=most)), {"c": born}, ties)


def with_strangers(told: History, other: list[Entry], first: bool) -> History:
    """The same history among the entries of another family."""
    people = {**told.people, **{one: Person(one, one, True) for one in STRANGERS}}
    mixed = (*other, *told.entries) if first else (*told.entries, *other)
    return History(told.title, told.area, people, told.relationships, told.agencies, mixed)
