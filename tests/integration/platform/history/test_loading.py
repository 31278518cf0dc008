"""From the database to the pure History: everything near a child, in a fixed number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.platform.history.actions import record_entries
from onestory.platform.history.dates import parse_when
from onestory.platform.history.loading import load_history
from onestory.platform.history.record import ConditionTest, RelationshipTest, Reporter
from onestory.platform.people.actions import record_of
from tests.integration.platform.history.families import AT, Family, agency, family, new, person, relate

pytestmark = pytest.mark.django_db


def fill(home: Family, number: int) -> None:
    entries = [
        new(
            home.school,
            home.child,
            home.mother,
            kind="condition",
            text="Words.",
            reporter=Reporter("public", str(home.school.id), "neighbour"),
            own={"if": ConditionTest(about=frozenset({str(home.mother.id)})), "then": "Ask."},
        )
        for _ in range(number)
    ]
    record_entries(entries, by=None, at=AT)


def queries_to_load(*children: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        load_history([child.person_id for child in children])
    return len(captured)


def test_a_hundred_entries_take_as_many_queries_as_one() -> None:
    home, other = family("Ada"), family("Bo")
    fill(home, 1)
    fill(other, 100)

    assert queries_to_load(home.child) == queries_to_load(other.child) <= 20


def test_three_children_take_as_many_queries_as_one() -> None:
    homes = [family(f"Child {number}") for number in range(3)]
    for home in homes:
        fill(home, 2)

    assert queries_to_load(homes[0].child) == queries_to_load(*(home.child for home in homes))


def test_everything_that_was_recorded_comes_back() -> None:
    home = family()
    partner = person("Partner", home.social_care)
    when = parse_when("2024-02")
    test = ConditionTest(
        kinds=frozenset({"concern"}),
        factors=frozenset({"neglect"}),
        about=frozenset({str(home.mother.id)}),
        together=frozenset({str(partner.id), str(home.mother.id)}),
        relationship=RelationshipTest(str(partner.id), "father", str(home.child.id)),
    )
    entry = new(
        home.school,
        home.child,
        kind="condition",
        known=when,
        seen=(home.child.id,),
        seen_alone=(home.child.id,),
        together=(home.mother.id, partner.id),
        reporter=Reporter("professional", str(home.school.id), "teacher"),
        factors=frozenset({"debt", "care_experienced_parent"}),
        text="Words.",
        restricted="legal",
        count=3,
        weight="key",
        ref="F5.12",
        told=frozenset({home.social_care.id}),
        own={"if": test, "then": "Ask.", "ended": when},
    )
    record_entries([entry], by=None, at=AT)
    [read] = load_history([home.child.person_id]).entries
    child, mother, man = (str(one.person_id) for one in (home.child, home.mother, partner))

    assert (read.id, read.happened, read.known, read.by) == (str(entry.id), entry.happened, when, str(home.school.id))
    assert (read.about, read.seen, read.seen_alone, read.together) == ((child,), (child,), (child,), (mother, man))
    assert (read.reporter, read.factors, read.text) == (entry.reporter, entry.factors, "Words.")
    assert (read.restricted, read.count, read.weight, read.ref) == ("legal", 3, "key", "F5.12")
    assert read.told == {str(home.school.id), str(home.social_care.id)}
    assert read.own == {
        "if": ConditionTest(
            test.kinds,
            test.factors,
            frozenset({mother}),
            frozenset({man, mother}),
            RelationshipTest(man, "father", child),
        ),
        "then": "Ask.",
        "ended": when,
    }


def test_a_person_is_called_as_the_newest_record_calls_them() -> None:
    home = family()
    later = record_of(person_id=home.child.person_id, agency_id=home.school.id, by=None, at=AT)
    type(later).objects.filter(id=later.id).update(label="Ada Marsh", born=parse_when("2020-02"))

    [child] = [one for one in load_history([home.child.person_id]).people.values() if one.is_child]
    assert (child.label, child.born) == ("Ada Marsh", parse_when("2020-02"))


def test_joining_two_anchors_joins_their_histories_without_touching_an_entry() -> None:
    """What an agency recorded keeps its own record of the person; only where that record points has changed."""
    home = family()
    twice = person("Ada M.", home.school, is_child=True)
    relate(twice, "friend", home.child)
    record_entries([new(home.school, twice, text="At school."), new(home.social_care, home.child)], by=None, at=AT)
    type(twice).objects.filter(id=twice.id).update(person=home.child.person_id)
    history = load_history([home.child.person_id])

    assert {entry.about for entry in history.entries} == {(str(home.child.person_id),)}
    assert [row.relation for row in history.relationships] == ["mother"], "nobody is their own friend"


def test_another_family_brings_nothing_in() -> None:
    one, other = family("Ada"), family("Bo")
    fill(one, 1)
    before = load_history([one.child.person_id])
    fill(other, 3)
    relate(person("A lodger", other.social_care), "carer", other.child)

    assert load_history([one.child.person_id]) == before


def test_agencies_that_an_entry_names_are_there_and_no_others() -> None:
    home = family()
    clinic, elsewhere = agency("Clinic", "health"), agency("Court", "court")
    checked = new(home.social_care, home.child, kind="check", own={"asked": (str(clinic.id),)})
    record_entries([checked], by=None, at=AT)
    agencies = load_history([home.child.person_id]).agencies

    assert str(clinic.id) in agencies
    assert str(elsewhere.id) not in agencies
    assert agencies[str(clinic.id)].area == "Northport"


def test_the_history_of_nobody_is_empty() -> None:
    history = load_history([])

    assert (history.title, history.area, history.people, history.entries) == ("", "", {}, ())
