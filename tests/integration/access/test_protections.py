"""Putting protections in force and ending them; confirming a join as second person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from onestory.platform.access.actions import (
    confirm_join,
    end_protection,
    list_reader,
    name_in_seal,
    protect_location,
    record_care_history_basis,
    record_care_history_wish,
    record_threat,
    seal_record,
)
from onestory.platform.access.models import AccessRecord, Listing, LocationProtection, RecordMark, Seal, Threat
from onestory.platform.access.policies import NotNow
from onestory.platform.people.actions import move_records
from onestory.platform.people.models import AgencyRecord
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def place() -> Place:
    return Place()


def test_a_protection_is_put_in_force_once_and_says_so_in_the_audit(place: Place) -> None:
    mother, lead = place.person(child=False), place.user("lead")
    twice = [protect_location(mother.id, reason="Refuge", by=lead, at=NOW) for _ in range(2)]
    assert twice[0] == twice[1]
    assert AccessRecord.objects.get().people == [mother.id]


def test_a_protection_that_ended_can_be_put_in_force_again_and_both_stay_on_record(place: Place) -> None:
    mother, lead = place.person(child=False), place.user("lead")
    first = protect_location(mother.id, reason="Refuge", by=lead, at=NOW)
    end_protection(first, by=lead, at=LATER)
    end_protection(first, by=place.user("other"), at=LATER + dt.timedelta(days=1))
    protect_location(mother.id, reason="Found again", by=lead, at=LATER)
    assert sorted(LocationProtection.objects.values_list("reason", "ended_at")) == [
        ("Found again", None),
        ("Refuge", LATER),
    ]


def test_a_protection_is_not_rewritten(place: Place) -> None:
    mother, father, lead = place.person(child=False), place.person(child=False), place.user("lead")
    record_threat(mother.id, alleged_id=father.id, reason="Told the midwife", by=lead, at=NOW)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        Threat.objects.update(reason="Nothing")


def test_users_and_teams_can_be_listed_and_named(place: Place) -> None:
    child, lead, team = place.person(), place.user("lead"), place.team("Front door")
    list_reader(child.id, team_id=team.id, by=lead, at=NOW)
    list_reader(child.id, user_id=lead.id, by=lead, at=NOW)
    seal = seal_record(child.id, ground=Seal.Ground.ADOPTION, by=lead, at=NOW)
    assert name_in_seal(seal, user_id=lead.id, by=lead, at=NOW).seal == seal
    assert Listing.objects.count() == 2


def test_a_basis_against_a_persons_wish_must_be_stated(place: Place) -> None:
    mother, lead, agency = place.person(child=False), place.user("lead"), place.team("Housing").agency
    record_care_history_wish(mother.id, by=lead, at=NOW)
    with pytest.raises(NotNow):
        record_care_history_basis(mother.id, agency_id=agency.id, basis=" ", by=lead, at=NOW)
    assert record_care_history_basis(mother.id, agency_id=agency.id, basis="Court order", by=lead, at=NOW).basis


def test_only_somebody_else_confirms_a_join(place: Place) -> None:
    child, twin, first = place.person(), place.person(), place.user("first")
    record = AgencyRecord.objects.create(
        person=child, agency=place.team("Health").agency, label="Child", recorded_at=NOW
    )
    with pytest.raises(NotNow):
        confirm_join(record.id, by=first, at=NOW)
    move_records([record.pk], to_person_id=twin.id, reason="Same number", by=first, at=NOW)
    with pytest.raises(NotNow):
        confirm_join(record.id, by=first, at=NOW)
    confirm_join(record.id, by=place.user("second"), at=NOW)
    assert RecordMark.objects.get(record=record).grants_follow == twin
