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
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.row_level import Guarded, guard, keeper_and_owner
from onestory.platform.access.visibility import ONLY_CLOSES, keys_of
from onestory.platform.database.own_sql import OwnSql, TableOf
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
    # Copied by the database from a row that has been checked: neither checked again nor looked up by.
    held_by = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    keys = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        abstract = True


def keys_for(records: Iterable[UUID]) -> list[str]:
    """The keys of a row about the people of these agency records. One query."""
    return keys_for_each({None: records})[None]


def keys_that_only_close(records: Iterable[UUID]) -> list[str]:
    """Keys of people whose conflicts, seals and threats close a row, and to whom no tie opens it. One query."""
    return sorted(f"{ONLY_CLOSES}{mark}" for mark, _ in marks_of(set(records)).values())


def keys_for_each[Name: Hashable](about: Mapping[Name, Iterable[UUID]]) -> dict[Name, list[str]]:
    """The keys of many rows, each by the agency records that it is about. One query, however many rows."""
    named = {name: set(records) for name, records in about.items()}
    marks = marks_of(set().union(*named.values()))
    return {name: keys_of(marks[one] for one in records if one in marks) for name, records in named.items()}


def marks_of(records: set[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Of each record its mark, and whether it is a child's."""
    if not records:
        return {}
    rows = RecordMark.objects.filter(record__in=records).values_list("record_id", "mark", "person__is_child")
    return {record: (mark, is_child) for record, mark, is_child in rows}


def guard_table(guarded: Guarded) -> OwnSql:
    """A migration's operation: put the table under row-level security. It may be repeated, with a new policy."""
    return _running(lambda: guard(guarded))


def guard_by_entry(guarded: Guarded, info: InfoClass | None = None) -> OwnSql:
    """The same for a table of ``AboutEntry``: its rows get holder and keys of their entry, by a trigger.

    ``info``: the class of all its rows, whatever their entry's is. Where the entry's column of a row changes, the three
    columns follow. Rows that are there already are filled in.
    """
    return guard_by_row(guarded, column=guarded.entry or "entry_id", of="history_entry", holder="agency_id", info=info)


def guard_by_row(
    guarded: Guarded, *, column: str, of: str, holder: str = "held_by_id", info: InfoClass | None = None
) -> OwnSql:
    """The same for a table whose rows belong to a row of another guarded table, named by ``column``."""
    copied = _Copied(guarded.table, column, of, holder, str(info.number) if info else "p.info")
    return _running(lambda: (*copied.statements(), *guard(guarded)))


def only_for_keeper(table: str) -> OwnSql:
    """A migration's operation: nobody reads or writes the table but the keeper, who works things out with it."""

    def statements() -> Iterator[str]:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield from keeper_and_owner(table)

    return _running(statements)


def _running(statements: Any) -> OwnSql:
    def run(_table_of: TableOf, schema_editor: Any) -> None:
        _refuse_without_keeper(schema_editor.connection)
        for statement in statements():
            schema_editor.execute(statement)

    return OwnSql(run)


def _refuse_without_keeper(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [KEEPER])
        if cursor.fetchone() is None:
            raise RuntimeError(f"The role {KEEPER} is missing. Run `onestory manage prepare_roles` first.")


@dataclass(frozen=True, slots=True)
class _Copied:
    """A table whose rows take class, holder and keys from the row of another table to which they belong."""

    table: str
    column: str
    of: str
    holder: str
    info: str

    def statements(self) -> Iterator[str]:
        """The trigger that copies, and the filling in of rows that are there already."""
        yield f"""
CREATE OR REPLACE FUNCTION guard_{self.table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  SELECT {self.info}, p.{self.holder}, p.keys INTO NEW.info, NEW.held_by_id, NEW.keys
  FROM {self.of} p WHERE p.id = NEW.{self.column};
  IF NOT FOUND THEN NEW.info := 0; NEW.keys := '{{}}'; END IF;
  PERFORM set_config('onestory.owner_reads', 'no', true);
  RETURN NEW;
END $$"""
        yield (
            f"CREATE OR REPLACE TRIGGER guard_by_row BEFORE INSERT OR UPDATE OF {self.column} ON {self.table}"
            f" FOR EACH ROW EXECUTE FUNCTION guard_{self.table}()"
        )
        yield from without_triggers(
            self.table,
            f"UPDATE {self.table} t SET info = {self.info}, held_by_id = p.{self.holder}, keys = p.keys"
            f" FROM {self.of} p WHERE p.id = t.{self.column}",
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
