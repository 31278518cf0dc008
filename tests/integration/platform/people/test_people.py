"""Anchors, what each agency holds, and relationships that tell how belief changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from onestory.platform.history.actions import record_relationship
from onestory.platform.history.dates import parse_when
from onestory.platform.people.actions import (
    RelationshipRefused,
    add_agency_record,
    keep_story_for,
    new_relationship,
    record_of,
)
from onestory.platform.people.models import AgencyRecord, Person, Relationship
from tests.integration.platform.history.families import AT, family, person

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=30)


def test_an_agency_that_learns_more_keeps_what_it_had() -> None:
    home = family()
    anchor = home.child.person_id
    newer = add_agency_record(
        person_id=anchor,
        agency_id=home.social_care.id,
        label="Ada Marsh",
        born=parse_when("2020-02"),
        by=None,
        at=LATER,
    )

    assert record_of(person_id=anchor, agency_id=home.social_care.id, by=None, at=LATER) == newer
    assert AgencyRecord.objects.filter(person=anchor).count() == 2


def test_an_agency_without_a_record_gets_one_that_says_what_others_know() -> None:
    home = family()
    made = record_of(person_id=home.child.person_id, agency_id=home.school.id, by=None, at=LATER)

    assert (made.label, made.agency, made.person) == ("Ada", home.school, home.child.person)
    assert record_of(person_id=home.child.person_id, agency_id=home.school.id, by=None, at=LATER) == made


def test_a_story_is_kept_for_whoever_turns_out_to_be_a_child() -> None:
    mother = family().mother
    keep_story_for(mother.person_id, is_child=True, by=None, at=AT)

    assert Person.objects.get(id=mother.person_id).is_child


def test_how_belief_changed_is_several_rows() -> None:
    home = family()
    man = person("B", home.social_care)
    for status, known in (("alleged", "2016-09"), ("denied", "2016-09"), ("confirmed", "2017-11")):
        record_relationship(
            person=man, relation="father", of=home.child, status=status, known=parse_when(known), by=None, at=AT
        )

    rows = Relationship.objects.filter(relation="father").order_by("position", "id")
    assert [row.status for row in rows] == ["alleged", "denied", "confirmed"]


@pytest.mark.parametrize(
    ("relation", "status", "says"),
    [("godmother", "confirmed", "allowed: mother, father"), ("mother", "rumoured", "allowed: alleged, denied")],
)
def test_words_that_the_record_does_not_know_are_refused(relation: str, status: str, says: str) -> None:
    home = family()
    with pytest.raises(RelationshipRefused, match=says):
        new_relationship(person=home.mother, relation=relation, of=home.child, status=status, at=AT)


def test_nobody_is_related_to_themselves_under_another_agencys_record_either() -> None:
    home = family()
    at_school = record_of(person_id=home.child.person_id, agency_id=home.school.id, by=None, at=AT)
    with pytest.raises(RelationshipRefused, match="themselves"):
        record_relationship(person=home.child, relation="sibling", of=at_school, by=None, at=AT)
    with pytest.raises(IntegrityError, match="nobody_is_related"), transaction.atomic():
        Relationship.objects.create(
            person=home.child, relation="sibling", of=home.child, status="confirmed", position=1, recorded_at=AT
        )
