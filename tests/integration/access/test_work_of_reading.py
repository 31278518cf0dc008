"""Nobody is made to wait for all the people whom their agency knows."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from onestory.platform.access.policy import Tie
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.access.ties import Tie as TieRow
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Membership
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MANY, LOOKED_AT, FEW = 3_000, 5, 100


@pytest.fixture
def people(owner_connection: psycopg.Connection) -> list[Person]:
    """Many whom the reader's agency knows; the database has counted them, as it does by itself every minute."""
    agency = Place().team("Health").agency
    made = Person.objects.bulk_create(Person(id=uuid4(), is_child=True, since_at=NOW) for _ in range(MANY))
    AgencyRecord.objects.bulk_create(
        AgencyRecord(person=one, agency=agency, label="Somebody", recorded_at=NOW) for one in made
    )
    owner_connection.execute("ANALYZE access_tie, access_recordmark, people_agencyrecord, people_person")
    return made


@pytest.fixture
def reader() -> Membership:
    return Place().member("hannah", "health_visitor", "Health")


def rows_read() -> int:
    """Rows of ties that the running transaction has read, in an index or one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = %s",
            [TieRow._meta.db_table],
        )
        return cursor.fetchone()[0]


def read_narrowly(reader: Membership, people: list[Person]) -> Sight:
    return read_as(reader, at=NOW, among=[one.id for one in people[:LOOKED_AT]])


@transaction.atomic
def test_the_querysets_reader_asks_for_ties_to_these_only(people: list[Person], reader: Membership) -> None:
    sight = read_narrowly(reader, people)
    before = rows_read()
    assert sight.on_record.ties == ()  # that the agency holds a record is asked where it opens something
    assert sight.tied({Tie.AGENCY}) == {one.id for one in people[:LOOKED_AT]}
    assert rows_read() - before < FEW


@transaction.atomic
def test_the_databases_reader_asks_for_ties_to_these_only(people: list[Person], reader: Membership) -> None:
    read_narrowly(reader, people)
    before = rows_read()
    assert AgencyRecord.objects.count() == LOOKED_AT
    assert rows_read() - before < FEW


@transaction.atomic
def test_who_looks_at_everybody_does_not_wait_for_all_whom_the_agency_knows(
    people: list[Person], reader: Membership
) -> None:
    sight = read_as(reader, at=NOW)
    before = rows_read()
    one = AgencyRecord.objects.filter(person=people[0])
    assert one.count() == visible_to(sight, one).count() == 1
    assert rows_read() - before < FEW
