"""A person is found however the name was typed, by any address that they had, and by any number."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.arrive.matching.actions import add_contact, add_former_name
from onestory.platform.access.keeping import keeping
from onestory.platform.access.visibility import visible_to
from onestory.platform.history.actions import record_relationship
from onestory.platform.people.models import AgencyRecord
from tests.integration.arrive.matching.register import NOW, found, front_door, names, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """Eight people of whom each question means one, among namesakes."""
    record("Elizabeth Ashworth", "2016-05-04", nhs_number="9990000018", number="P-10442")
    record("Elisabeth Ashcroft", "2016-04-05")
    record("Oluwadamilola Adeyemi-Cole", "2012-11-30", held_by="Nursery")
    record("Małgorzata Wiśniewska", "1988-02-17", child=False)
    record("Mohammed Abdur Rahman", "1979-08-01", child=False)
    record("Siobhán Ní Bhriain", "1991-12-24", child=False)
    record("Chen Wei", "2019-09-08")
    record("Gethin ap Rhys", "2014-07-19", upn="L826200114001")
    record("Chowdhury Tahmina", "2010-01-09")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Elizabeth Ashworth", "Elizabeth Ashworth"),
        ("ashworth elizabeth", "Elizabeth Ashworth"),
        ("Ashworth, Lizzie 4/5/2016", "Elizabeth Ashworth"),
        ("Elisabth Ashwort 04/05/2016", "Elizabeth Ashworth"),
        ("Elizabeth Ashworth 5/4/2016", "Elizabeth Ashworth"),
        ("Elizabeth Ashwoth 14/05/2016", "Elizabeth Ashworth"),
        ("999 000 0018", "Elizabeth Ashworth"),
        ("9990000081 Ashworth", "Elizabeth Ashworth"),
        ("P-10442", "Elizabeth Ashworth"),
        ("Dami Adeyemi", "Oluwadamilola Adeyemi-Cole"),
        ("Damilola Cole", "Oluwadamilola Adeyemi-Cole"),
        ("Gosia Wisniewski 1988", "Małgorzata Wiśniewska"),
        ("Muhammad Rohman", "Mohammed Abdur Rahman"),
        ("Abdul Rehman 1 Aug 1979", "Mohammed Abdur Rahman"),
        ("O'Brien Siobhan 24-12-1991", "Siobhán Ní Bhriain"),
        ("Wei Chen", "Chen Wei"),
        ("Gethin Rees 2014-07-19", "Gethin ap Rhys"),
        ("Tahmina Chaudhry", "Chowdhury Tahmina"),
    ],
)
def test_somebody_is_found_however_the_name_is_typed(register, question, meant):
    assert names(front_door(), question)[:1] == [meant]


def test_the_answer_says_why_in_words(register):
    first = found(front_door(), "Lizzie Ashworth 05/04/2016")[0]
    assert first.why == (
        "given name in another form (lizzie, Elizabeth); same surname",
        "birth date with day and month swapped (05/04/2016, 04/05/2016)",
    )


def test_the_answer_shows_who_is_involved_and_nothing_of_what_happened(register):
    first = found(front_door(), "999 000 0018")[0]
    assert [(one.agency, one.since_on, one.reach) for one in first.involved] == [
        ("School", NOW.date(), "School duty team")
    ]
    assert set(first.__slots__) == {
        "person_id", "is_child", "name", "other_names", "born", "why", "involved", "mother"
    }  # fmt: skip


def test_whoever_searched_reads_afterwards_what_they_read_before(register):
    sight = front_door()
    before = set(visible_to(sight, AgencyRecord.objects.all()).values_list("label", flat=True))
    assert names(sight, "Elizabeth Ashworth 4/5/2016")[:1] == ["Elizabeth Ashworth"]
    again = set(visible_to(sight, AgencyRecord.objects.all()).values_list("label", flat=True))
    assert again == before >= {"Elizabeth Ashworth", "Chen Wei"}


def test_a_question_costs_as_many_statements_however_many_it_may_mean():
    sight = front_door()
    record("Ann Nowak", "2015-03-02")
    with CaptureQueriesContext(connection) as for_one:
        assert len(found(sight, "Ann Nowak")) == 1
    for day in range(10, 30):
        record("Ann Nowak", f"2015-03-{day}")
    with CaptureQueriesContext(connection) as for_many:
        assert len(found(sight, "Ann Nowak")) == 10
    assert len(for_many) == len(for_one)


def test_a_former_name_and_a_former_address_find_somebody_too():
    held = record("Kelly Harding", "1994-03-02", child=False)
    add_former_name(held, family_name="Prosser", by=None, at=NOW)
    add_contact(held, postcode="MK6 2TD", address_line="4 Elm Walk", by=None, at=NOW)
    add_contact(held, postcode="MK9 3AB", phone="07700 900123", by=None, at=NOW)
    sight = front_door()
    for question in ("Kelly Prosser", "Kelly MK6 2TD", "Harding MK6 2DT", "Kely Hardin mk62td", "07700900123"):
        assert names(sight, question) == ["Kelly Harding"], question


def test_a_newer_record_of_the_agency_leaves_the_older_name_findable():
    held = record("Ella Moss", "2015-06-01")
    record("Ella Fenwick", "2015-06-01", person=held.person)
    first, *others = found(front_door(), "Ella Moss")
    assert (first.name, first.other_names, others) == ("Ella Moss", ("Ella Fenwick",), []) or first.other_names == (
        "Ella Moss",
    )


def test_a_child_who_is_not_born_yet_is_found_by_the_mother():
    mother = record("Shannon Price", "2009-03-05", child=False)
    unborn = record("", "", held_by="School", label="Unborn baby")
    with keeping():
        record_relationship(person=mother, relation="mother", of=unborn, by=None, at=NOW)
    answer = found(front_door(), "Shannon Price 5/3/2009")
    assert [(one.name, one.mother) for one in answer] == [("Shannon Price", ""), ("Unborn baby", "Shannon Price")]
    assert answer[1].why == ("not born yet; Shannon Price is on record as the mother",)


def test_what_is_no_question_finds_nobody(register):
    sight = front_door()
    for question in ("", "   ", "mother of the child", "2016", "''); DROP TABLE people_person; --", "%", "_ _ _"):
        assert found(sight, question) == [], question


def test_a_birth_date_alone_with_another_name_is_nobody(register):
    assert names(front_door(), "Zbigniew Kovalenko 04/05/2016") == []
