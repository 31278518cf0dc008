"""Nobody changes or removes what was recorded: not the program, not the owner of the tables."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Reporter
from onestory.platform.people.models import RecordMove
from tests.integration.platform.history.families import AT, family, person

HISTORY = (
    "Entry",
    "EntryPerson",
    "EntryTold",
    "EntryText",
    "EntrySourceDetail",
    "EntryCareHistory",
    "EntryReporter",
    "EntryLocation",
    "EntryLocationHeld",
    "EntryLegalAdvice",
)
TABLES = {name: apps.get_model("history", name)._meta for name in HISTORY} | {
    name: apps.get_model("people", name)._meta for name in ("Relationship", "RecordMove")
}


def one_row_in_every_table() -> None:
    home = family()
    for restricted in (None, "adult_mental_health", "care_history", "legal", "address", "reporter_identity"):
        record_entry(
            agency=home.social_care.id,
            kind="note",
            happened=parse_when("2024-02-01"),
            about=(home.child.id,),
            restricted=restricted,
            text="Words.",
            reporter=Reporter("family", None, "aunt"),
            by=None,
            at=AT,
        )
    other = person("Ada, once more", home.school, is_child=True)
    RecordMove.objects.create(
        record=other, from_person=other.person, to_person=home.child.person, moved_at=AT, reason="The same child."
    )


def test_every_table_that_only_grows_is_meant() -> None:
    """A table that is added to the history later must be thought of here."""
    assert {model.__name__ for model in apps.get_app_config("history").get_models()} == set(HISTORY)


@pytest.mark.django_db
def test_the_program_may_neither_change_nor_remove_nor_empty() -> None:
    one_row_in_every_table()
    for meta in TABLES.values():
        key = meta.pk.column
        for statement in (
            f'UPDATE {meta.db_table} SET "{key}" = "{key}"',
            f"DELETE FROM {meta.db_table}",
            f"TRUNCATE {meta.db_table} CASCADE",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_tables_may_not_either(owner_connection: psycopg.Connection) -> None:
    one_row_in_every_table()
    owner_connection.execute("SET onestory.owner_reads = 'yes'")  # else the owner sees no row to change
    for name, meta in TABLES.items():
        key = meta.pk.column
        count = owner_connection.execute(f"SELECT count(*) FROM {meta.db_table}").fetchone()
        assert count != (0,), f"{name} has no row to try it on"
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot update"):
            owner_connection.execute(f'UPDATE {meta.db_table} SET "{key}" = "{key}"')
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot"):
            owner_connection.execute(f"DELETE FROM {meta.db_table}")
        assert owner_connection.execute(f"SELECT count(*) FROM {meta.db_table}").fetchone() == count


@pytest.mark.django_db(transaction=True)
def test_the_trigger_holds_where_the_privilege_was_given_by_mistake(owner_connection: psycopg.Connection) -> None:
    one_row_in_every_table()
    for meta in TABLES.values():
        owner_connection.execute(f"GRANT UPDATE, DELETE ON {meta.db_table} TO onestory_app, onestory_keeper")
        key = meta.pk.column
        for statement in (f'UPDATE {meta.db_table} SET "{key}" = "{key}"', f"DELETE FROM {meta.db_table}"):
            with pytest.raises(ProgrammingError, match="Cannot"), connection.cursor() as cursor:
                cursor.execute(statement)
