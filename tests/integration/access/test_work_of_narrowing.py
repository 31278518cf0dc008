"""Who looks at few people is not made to wait for all the others whom their agency knows."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection

from onestory.platform.access.policy import Tie
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.access.ties import Tie as TieRow
from onestory.platform.agencies.models import Membership
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.access.place import NOW, Place

pytestmark = pytest.mark.django_db

MANY, LOOKED_AT, FEW = 3_000, 5, 100


@pytest.fixture
def people() -> Iterator[list[Person]]:
    """Many whom the reader's agency knows."""
    agency = Place().team("Health").agency
    made = Person.objects.bulk_create(Person(id=uuid4(), is_child=True, since_at=NOW) for _ in range(MANY))
    AgencyRecord.objects.bulk_create(
        AgencyRecord(person=one, agency=agency, label="Somebody", recorded_at=NOW) for one in made
    )
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


def test_the_querysets_reader_asks_for_ties_to_these_only(people: list[Person], reader: Membership) -> None:
    sight = read_narrowly(reader, people)
    before = rows_read()
    assert sight.on_record.ties == ()  # that the agency holds a record is asked where it opens something
    assert sight.tied({Tie.AGENCY}) == {one.id for one in people[:LOOKED_AT]}
    assert rows_read() - before < FEW


def test_the_databases_reader_asks_for_ties_to_these_only(people: list[Person], reader: Membership) -> None:
    read_narrowly(reader, people)
    before = rows_read()
    assert AgencyRecord.objects.count() == LOOKED_AT
    assert rows_read() - before < FEW
