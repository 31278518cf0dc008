"""Guarding a table: its columns, its keys, and the operations of the migration that puts it under row-level security.

Every table that tells anything about a person is guarded from its first migration on:

1. The model inherits ``AboutPeople`` and its writer fills ``info``, ``agency`` and ``keys`` (``keys_for``). Or it hangs
   on an entry, inherits ``AboutEntry``, and the database copies the three from the entry.
2. The app's ``apps.py`` says ``register(Model, GUARD)`` in ``ready()``, so that ``visible_to`` knows it.
3. The migration that creates the table ends with ``guard_table(GUARD)`` or ``guard_by_entry(GUARD)``.

``GUARD`` is one ``Guarded`` (row_level.py), kept in a file that imports no models, so that migrations can read it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.migrations.operations import RunPython

from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.row_level import Guarded, guard
from onestory.platform.access.visibility import keys_of
from onestory.platform.database.roles import KEEPER

CLASSES = [(info.number, info.value) for info in InfoClass]


class AboutPeople(models.Model):
    """Base of a guarded table whose rows stand by themselves. Whoever writes a row says what decides about it.

    A row without keys is seen by nobody but the keeper.
    """

    info = models.PositiveSmallIntegerField(choices=CLASSES, editable=False, help_text="Class of information.")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Who holds it.")
    keys = ArrayField(models.TextField(), default=list, editable=False, help_text="Whom it is about, by mark.")

    class Meta:
        abstract = True


class AboutEntry(models.Model):
    """Base of a guarded table whose rows belong to an entry. The database copies the three columns from the entry.

    Their values in a new row that was not read again are not those of the database.
    """

    info = models.PositiveSmallIntegerField(choices=CLASSES, default=0, editable=False)
    held_by = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    keys = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        abstract = True


def keys_for(records: Iterable[UUID]) -> list[str]:
    """The keys of a row about the people of these agency records. One query."""
    return keys_for_each({None: records})[None]


def keys_for_each[Name: Hashable](about: Mapping[Name, Iterable[UUID]]) -> dict[Name, list[str]]:
    """The keys of many rows, each by the agency records that it is about. One query, however many rows."""
    named = {name: set(records) for name, records in about.items()}
    marks = _marks_of(set().union(*named.values()))
    return {name: keys_of(marks[one] for one in records if one in marks) for name, records in named.items()}


def _marks_of(records: set[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Of each record its mark, and whether it is a child's."""
    if not records:
        return {}
    rows = RecordMark.objects.filter(record__in=records).values_list("record_id", "mark", "person__is_child")
    return {record: (mark, is_child) for record, mark, is_child in rows}


def guard_table(guarded: Guarded) -> RunPython:
    """A migration's operation: put the table under row-level security. It may be repeated, with a new policy."""
    return _running(lambda: guard(guarded))


def guard_by_entry(guarded: Guarded, info: InfoClass | None = None) -> RunPython:
    """The same for a table of ``AboutEntry``: its rows get holder and keys of their entry, by a trigger.

    ``info``: the class of all its rows, whatever their entry's is. Where the entry's column of a row changes, the three
    columns follow. Rows that are there already are filled in.
    """
    return _running(lambda: (*_copying(guarded, info), *guard(guarded)))


def _running(statements: Any) -> RunPython:
    def run(apps: Any, schema_editor: Any) -> None:
        _refuse_without_keeper(schema_editor.connection)
        for statement in statements():
            schema_editor.execute(statement)

    return RunPython(run, RunPython.noop)


def _refuse_without_keeper(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [KEEPER])
        if cursor.fetchone() is None:
            raise RuntimeError(f"The role {KEEPER} is missing. Run `onestory manage prepare_roles` first.")


def _copying(guarded: Guarded, info: InfoClass | None) -> Iterator[str]:
    """The trigger that copies from the entry, and the filling in of rows that are there already."""
    table, entry = guarded.table, guarded.entry
    of_class = str(info.number) if info else "e.info"
    yield f"""
CREATE OR REPLACE FUNCTION guard_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET onestory.owner_reads = 'yes' AS $$
BEGIN
  SELECT {of_class}, e.agency_id, e.keys INTO NEW.info, NEW.held_by_id, NEW.keys
  FROM history_entry e WHERE e.id = NEW.{entry};
  IF NOT FOUND THEN NEW.info := 0; NEW.keys := '{{}}'; END IF;
  RETURN NEW;
END $$"""
    yield (
        f"CREATE OR REPLACE TRIGGER guard_by_entry BEFORE INSERT OR UPDATE OF {entry} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
    )
    yield from without_triggers(
        table,
        f"UPDATE {table} t SET info = {of_class}, held_by_id = e.agency_id, keys = e.keys"
        f" FROM history_entry e WHERE e.id = t.{entry}",
    )


def without_triggers(table: str, *changes: str) -> Iterator[str]:
    """Statements that let the owner fill in columns of a table to which rows are otherwise only added."""
    yield "SET LOCAL onestory.owner_reads = 'yes'"
    yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
    yield from changes
    yield "SET CONSTRAINTS ALL IMMEDIATE"
    yield f"ALTER TABLE {table} ENABLE TRIGGER USER"
    yield "SET CONSTRAINTS ALL DEFERRED"
    yield "SET LOCAL onestory.owner_reads = 'no'"
