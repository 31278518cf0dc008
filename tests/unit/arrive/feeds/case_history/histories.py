"""Generated histories, as full of everything as the format allows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from onestory.platform.history.dates import When, parse_when
from onestory.platform.history.record import (
    Agency,
    ConditionTest,
    Entry,
    History,
    Person,
    Relationship,
    RelationshipTest,
    Reporter,
    who_was_told,
)
from onestory.platform.history.vocabulary import FACTORS, KINDS, RELATIONS, REPORTERS, RESTRICTIONS, Key, Shape

PEOPLE = ("k", "s 1", "mother", "نور", "no", "it's: #1")
CHILDREN = ("k", "s 1")
AGENCIES = ("csc", "tvp", "null", "hv")

words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"), max_size=30
)
lines = words.filter(lambda text: text.strip())
texts = st.one_of(words, st.just("First.\n\tSecond: 'yes' # no\n\n"))
REFER_BACK = ("decision", "condition")
ORIGINS = frozenset({"mother", "father", "parent", "grandparent", "great_grandparent"})

some_people = st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple)
some_agencies = st.lists(st.sampled_from(AGENCIES), unique=True).map(tuple)
reporters = st.builds(Reporter, st.sampled_from(tuple(REPORTERS)), st.none() | st.sampled_from(AGENCIES), lines)
some_factors = st.frozensets(st.sampled_from(tuple(FACTORS)), max_size=4)


@st.composite
def dates(draw: st.DrawFn) -> When:
    """A day, a month, a year or an interval."""
    day = draw(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)))
    begin = draw(st.sampled_from((day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}")))
    end = draw(st.sampled_from(("", f"/{day.year + 1}", f"/{day.year + 2}-02")))
    return parse_when(begin + end)


@st.composite
def conditions(draw: st.DrawFn) -> ConditionTest:
    """What makes a standing condition fire; never nothing."""
    test = ConditionTest(
        draw(st.frozensets(st.sampled_from(tuple(KINDS)), max_size=2)),
        draw(some_factors),
        frozenset(draw(some_people)),
        frozenset(draw(some_people)),
        draw(st.none() | st.just(RelationshipTest("mother", "mother", "k"))),
    )
    return test if test != ConditionTest() else ConditionTest(kinds=frozenset({"concern"}))


def own_values(key: Key, entry_ids: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Values of a kind's own key."""
    by_shape: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.TEXT: texts,
        Shape.CODE: lines,
        Shape.DETAIL: texts,
        Shape.PLACE: lines,
        Shape.CODES: st.lists(lines, unique=True, max_size=3).map(tuple),
        Shape.CHOICE: st.sampled_from(key.allowed or ("",)),
        Shape.TRUTH: st.booleans(),
        Shape.NUMBER: st.integers(1, 999),
        Shape.PERCENT: st.decimals(0, 100, places=2).map(float),
        Shape.WHEN: dates(),
        Shape.PERIOD: st.sampled_from(("P1M", "P2W", "P10D", "P1Y", "P1Y6M")),
        Shape.PERSON: st.sampled_from(PEOPLE),
        Shape.PEOPLE: some_people,
        Shape.AGENCY: st.sampled_from(AGENCIES),
        Shape.AGENCIES: some_agencies,
        Shape.PARTY: st.sampled_from(PEOPLE + AGENCIES),
        Shape.PARTIES: st.lists(st.sampled_from(PEOPLE + AGENCIES), unique=True).map(tuple),
        Shape.ENTRY: st.sampled_from(entry_ids),
        Shape.ENTRIES: st.lists(st.sampled_from(entry_ids), unique=True).map(tuple),
        Shape.FACTORS: some_factors,
        Shape.CONDITION: conditions(),
        Shape.FORBIDS: some_people,
    }
    return by_shape[key.shape]


@st.composite
def entries(draw: st.DrawFn, identity: str, earlier: tuple[str, ...]) -> Entry:
    """An entry of any kind with any of its keys; what it refers to stands before it."""
    kind = draw(
        st.sampled_from([kind for kind in KINDS.values() if earlier or kind.code not in ("decision", "condition")])
    )
    chosen = draw(st.lists(st.sampled_from(kind.keys), unique=True)) if kind.keys else []
    own = {key.name: draw(own_values(key, earlier)) for key in chosen}
    if kind.one_of and not any(own.get(name, "").strip() for name in kind.one_of):
        own[draw(st.sampled_from(kind.one_of))] = draw(texts.filter(str.strip))
    by = draw(st.sampled_from(AGENCIES))
    shared_with = draw(st.none() | some_agencies)
    sent_to = own.get("to") if kind.code == "concern" else None
    told = who_was_told(kind=kind.code, by=by, shared_with=shared_with, sent_to=sent_to, social_care="csc")
    return Entry(
        id=identity,
        happened=draw(dates().filter(lambda when: when.last.year <= 2031)),
        known=parse_when("2040"),  # one day for all, so that whatever is referred to was known
        by=by,
        kind=kind.code,
        about=draw(some_people.filter(bool)),
        seen=draw(st.lists(st.sampled_from(CHILDREN), unique=True).map(tuple)),
        seen_alone=draw(st.lists(st.sampled_from(CHILDREN), unique=True).map(tuple)),
        together=draw(some_people),
        reporter=draw(st.none() | reporters),
        factors=draw(some_factors),
        text=draw(texts),
        ref=draw(texts),
        told=told,
        count=draw(st.integers(1, 50)),
        restricted=draw(st.none() | st.sampled_from(RESTRICTIONS)),
        own=own,
    )


@st.composite
def relationships(draw: st.DrawFn) -> Relationship:
    """A relationship that contradicts no other: no line of descent among them."""
    person, of = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True))
    relation = draw(
        st.sampled_from([name for name in RELATIONS if "parent" not in name and name not in ("mother", "father")])
    )
    status = draw(st.sampled_from(("alleged", "denied", "confirmed")))
    known, by = draw(st.none() | dates()), draw(st.none() | st.sampled_from(AGENCIES))
    return Relationship(person, relation, of, status, known, draw(st.none() | dates()), None, by, draw(texts))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A whole history."""
    people = {name: Person(name, draw(lines), name in CHILDREN) for name in PEOPLE}
    agencies = {name: Agency(name, draw(lines), "police", draw(st.just("") | lines)) for name in AGENCIES}
    agencies["csc"] = Agency("csc", "Social care", "childrens_social_care")
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 5))):
        made.append(draw(entries(f"e{number}", tuple(entry.id for entry in made))))
    rows = draw(st.lists(relationships(), max_size=4))
    return History(draw(lines), draw(lines), people, tuple(rows), agencies, tuple(made))
