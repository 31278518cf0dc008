"""Every agency record has a mark; a move takes denials along at once, grants wait for a second person."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import PolicyCap, PolicyCell, RecordMark, RoleGroup
from onestory.platform.access.policy import load_policy
from onestory.platform.access.reviewed import rows_of_caps, rows_of_cells, rows_of_groups
from onestory.platform.people.models import AgencyRecord
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db


def test_the_database_reads_the_same_table_as_the_program() -> None:
    policy = load_policy()
    for model, rows in (
        (PolicyCell, rows_of_cells(policy)),
        (PolicyCap, rows_of_caps(policy)),
        (RoleGroup, rows_of_groups()),
    ):
        laid_down = list(model.objects.values(*rows[0]))
        assert sorted(map(str, laid_down)) == sorted(map(str, rows))


def test_the_program_cannot_write_the_table() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PolicyCell.objects.update(level=4)


def record(place: Place) -> AgencyRecord:
    agency = place.team("Health").agency
    return AgencyRecord.objects.create(person=place.person(), agency=agency, label="Somebody", recorded_at=NOW)


def test_a_record_has_its_mark_from_the_beginning() -> None:
    made = record(Place())
    mark = RecordMark.objects.get(record=made)
    assert mark.person_id == mark.home_id == mark.grants_follow_id == made.person_id


def test_after_a_join_denials_follow_and_grants_wait() -> None:
    place = Place()
    made, other = record(place), place.person()
    with keeping():
        AgencyRecord.objects.filter(pk=made.pk).update(person=other)
    mark = RecordMark.objects.get(record=made)
    assert (mark.person_id, mark.grants_follow_id) == (other.id, made.person_id)


def test_a_join_that_is_undone_is_undone_at_once_although_it_was_confirmed() -> None:
    place = Place()
    made, other = record(place), place.person()
    with keeping():
        AgencyRecord.objects.filter(pk=made.pk).update(person=other)
        RecordMark.objects.filter(record=made).update(grants_follow=other)
        assert RecordMark.objects.get(record=made).grants_follow == other
        AgencyRecord.objects.filter(pk=made.pk).update(person=made.person_id)
    mark = RecordMark.objects.get(record=made)
    assert (mark.person_id, mark.grants_follow_id) == (made.person_id, made.person_id)
