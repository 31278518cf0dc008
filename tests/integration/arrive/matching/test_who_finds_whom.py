"""Search is never an oracle: whom one may not know of is not found, by nothing that is withheld, and not counted."""

from __future__ import annotations

import pytest
from django.db import connection

from onestory.arrive.matching.actions import add_contact
from onestory.arrive.matching.models import RecordContact, SearchKey
from onestory.platform.access.actions import (
    declare_conflict,
    list_reader,
    name_in_seal,
    protect_location,
    record_threat,
    seal_record,
)
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Conflict, Seal
from onestory.platform.access.reading_as import look_among, read_as
from onestory.platform.access.visibility import visible_to
from onestory.platform.people.models import AgencyRecord
from tests.integration.arrive.matching.register import (
    NOW,
    PURPOSE,
    found,
    front_door,
    names,
    post,
    record,
    sight_of,
    user,
)

pytestmark = pytest.mark.django_db
QUESTION = "Ella Fenwick 4/5/2016 MK9 3AB"


def ella(held_by: str = "School"):
    held = record("Ella Fenwick", "2016-05-04", held_by=held_by)
    add_contact(held, postcode="MK9 3AB", by=None, at=NOW)
    return held


def test_without_a_purpose_the_front_door_finds_nobody_to_whom_it_is_not_tied():
    ella()
    amina = post("amina", "duty_social_worker", "Social care")
    assert names(sight_of(amina), QUESTION) == []
    assert names(sight_of(amina, PURPOSE), QUESTION) == ["Ella Fenwick"]


@pytest.mark.parametrize("role", ["teacher", "health_visitor", "police_officer", "social_work_manager"])
def test_others_find_whom_their_own_agency_knows_and_a_purpose_changes_nothing(role):
    ella(held_by="School")
    there = post("ruth", role, "School")
    elsewhere = post("wendy", role, "Clinic")
    assert names(sight_of(there), "Ella Fenwick 4/5/2016") == ["Ella Fenwick"]
    assert names(sight_of(elsewhere, PURPOSE), "Ella Fenwick 4/5/2016") == []


@pytest.mark.parametrize("role", ["partnership_administrator", "privacy_officer", "board_member"])
def test_whose_role_sees_no_record_finds_nobody(role):
    ella(held_by="Partnership office")
    assert names(sight_of(post("gwen", role, "Partnership office"), PURPOSE), QUESTION) == []


def test_others_find_by_an_address_only_where_their_own_agency_recorded_it():
    held = record("Ella Fenwick", "2016-05-04", held_by="School")
    at_clinic = record("Ella Fenwick", "2016-05-04", held_by="Clinic", person=held.person)
    add_contact(at_clinic, postcode="MK9 3AB", by=None, at=NOW)
    assert names(sight_of(post("ruth", "teacher", "School")), "MK9 3AB") == []
    assert names(sight_of(post("wendy", "health_visitor", "Clinic")), "MK9 3AB") == ["Ella Fenwick"]


def test_a_sealed_record_is_found_by_nothing_but_by_whom_its_list_names():
    held = ella()
    seal = seal_record(held.person_id, ground=Seal.Ground.ADOPTION, by=user("lead"), at=NOW)
    assert found(front_door(), QUESTION) == []
    assert found(sight_of(post("ruth", "teacher", "School")), QUESTION) == []
    name_in_seal(seal, user_id=user("amina").id, by=user("lead"), at=NOW)
    assert found(front_door(), QUESTION) == []  # named, but neither lead nor manager


def test_a_conflict_of_interest_hides_the_person():
    held = ella()
    nature = Conflict.Nature.RELATIVE
    declare_conflict(held.person_id, user_id=user("amina").id, nature=nature, by=user("amina"), at=NOW)
    assert found(front_door("amina"), QUESTION) == []
    assert names(front_door("nadia"), QUESTION) == ["Ella Fenwick"]


def test_a_protected_address_finds_nobody_and_the_name_still_does():
    held = ella()
    protect_location(held.person_id, reason="Fled", by=user("lead"), at=NOW)
    assert names(front_door(), "MK9 3AB") == []
    answer = found(front_door(), QUESTION)
    assert [one.name for one in answer] == ["Ella Fenwick"]
    assert not any("postcode" in words for words in answer[0].why)
    list_reader(held.person_id, user_id=user("amina").id, by=user("lead"), at=NOW)
    assert names(front_door(), "MK9 3AB") == ["Ella Fenwick"]


def test_who_is_tied_to_the_alleged_perpetrator_finds_nobody_by_where_they_live():
    held = ella()
    alleged = record("Lee Parrish", "1984-01-02", held_by="Probation", child=False)
    record("Ella Fenwick", "2016-05-04", held_by="Probation", person=held.person)
    record_threat(held.person_id, alleged_id=alleged.person_id, reason="Violence", by=user("lead"), at=NOW)
    assert names(sight_of(post("femi", "probation", "Probation")), "MK9 3AB") == []
    assert names(front_door(), "MK9 3AB") == ["Ella Fenwick"]


def test_hidden_people_change_neither_what_is_found_nor_how_many():
    shown = [record("Anna Nowak", f"2016-05-{day:02}").person_id for day in range(1, 4)]
    before = found(front_door(), "Anna Nowak")
    for day in range(4, 20):
        hidden = record("Anna Nowak", f"2016-05-{day:02}")
        seal_record(hidden.person_id, ground=Seal.Ground.WITNESS, by=user("lead"), at=NOW)
    after = found(front_door(), "Anna Nowak")
    assert after == before
    assert sorted(one.person_id for one in after) == sorted(shown)


def test_the_reader_of_the_transaction_is_the_same_after_a_search_as_before():
    ella()
    other = record("Tom Bell", "2015-01-01", held_by="School")
    sight = sight_of(post("ruth", "teacher", "School"))
    assert names(sight, QUESTION) == ["Ella Fenwick"]
    assert names(sight, "Tom Bell 1/1/2015") == ["Tom Bell"]
    assert type(other).objects.filter(id=other.id).exists()


def test_the_program_itself_reads_no_keys_and_without_a_reader_nothing_is_found():
    ella()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM matching_searchkey")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT access_read_as(gen_random_uuid(), now(), NULL, '')")
        cursor.execute("SELECT count(*) FROM matching_find('{1}'::bigint[], '{1}'::smallint[], '{1}'::real[], 9)")
        assert cursor.fetchone() == (0,)
    with keeping():
        assert SearchKey.objects.exists()


def test_an_address_is_read_by_whom_the_policy_shows_it():
    ella()
    front_door()
    assert not RecordContact.objects.exists()
    with keeping():
        assert RecordContact.objects.exists()


def test_a_post_that_has_ended_finds_nobody():
    ella()
    amina = post("amina", "duty_social_worker", "Social care")
    assert found(read_as(amina, at=NOW, purpose=PURPOSE), QUESTION)
    with keeping():
        type(amina).objects.filter(pk=amina.pk).update(until_on=NOW.date().replace(day=1))
    assert found(read_as(amina, at=NOW, purpose=PURPOSE), QUESTION) == []


def test_who_looks_among_few_reads_nobody_else_and_nobody_at_all_without_having_begun_to_read():
    child, other = ella(), record("Tom Bell", "2015-01-01", held_by="School")
    ruth = post("ruth", "teacher", "School")
    narrowed = look_among(sight_of(ruth), {other.person_id})
    assert set(AgencyRecord.objects.values_list("id", flat=True)) == {other.id}
    assert set(visible_to(narrowed, AgencyRecord.objects.all()).values_list("id", flat=True)) == {other.id}
    assert look_among(narrowed, {child.person_id}).among == {child.person_id}
    assert set(AgencyRecord.objects.values_list("id", flat=True)) == {child.id}
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_read_as(gen_random_uuid(), now(), NULL, '')")
    look_among(narrowed, {child.person_id})
    assert not AgencyRecord.objects.exists()
