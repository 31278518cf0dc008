"""The persons of all files in one DuckDB table, with memory and disk in bounds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from onestory.arrive.matching.bulk.person_files import FileRow
from onestory.arrive.matching.bulk.row_problems import RowProblem, RowProblems
from onestory.arrive.matching.comparing.person import PERSON_FIELDS, Person

TABLE = "persons"
_AT_ONCE = 20_000
_LISTS = {name for name, default in Person._field_defaults.items() if default == ()}
# What an empty list and an unstated word are, where a column holds null.
_EMPTY = tuple((place, default) for place, default in enumerate(Person._field_defaults.values()) if default is not None)
_PERSON_SCHEMA = [(name, pa.list_(pa.string()) if name in _LISTS else pa.string()) for name in PERSON_FIELDS]
_SCHEMA = pa.schema(
    [("record", pa.int64()), ("source", pa.int32()), ("row", pa.int64()), ("record_id", pa.string()), *_PERSON_SCHEMA]
)


def open_engine(folder: Path, memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in ``folder``, which takes no more memory than ``memory`` and then spills into the folder.

    It fetches no extensions and reads no settings from elsewhere.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": threads,
        "temp_directory": str(folder / "spill"),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(str(folder / "linking.duckdb"), config=settings)
    connection.register("no_persons", _SCHEMA.empty_table())
    connection.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM no_persons")
    connection.unregister("no_persons")
    return connection


def add_persons(
    connection: duckdb.DuckDBPyConnection, source: int, rows: Iterator[FileRow], first: int
) -> Iterator[int]:
    """Add one file's persons, numbered on from ``first``; yields after each portion how many there are so far."""
    added = 0
    while portion := list(itertools.islice(rows, _AT_ONCE)):
        connection.register("portion", _as_arrow(source, portion, first + added))
        connection.execute(f"INSERT INTO {TABLE} SELECT * FROM portion")
        connection.unregister("portion")
        added += len(portion)
        yield added


def _as_arrow(source: int, portion: list[FileRow], first: int) -> pa.Table:
    size = len(portion)
    columns: list = [range(first, first + size), [source] * size]
    columns += [[row.row for row in portion], [row.record_id for row in portion]]
    columns += [[value or None for value in values] for values in zip(*(row.person for row in portion), strict=True)]
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def leave_out_second_uses(connection: duckdb.DuckDBPyConnection, files: list[str], problems: RowProblems) -> None:
    """Leave out each row whose id an earlier row of the same file has, and name it."""
    connection.execute(
        f"""CREATE TEMP TABLE second_uses AS
        SELECT record, source, row, record_id FROM {TABLE}
        QUALIFY row_number() OVER (PARTITION BY source, record_id ORDER BY row) > 1"""
    )
    second = connection.execute("SELECT source, row, record_id FROM second_uses ORDER BY source, row")
    for source, row, record_id in _fetched(second):
        problem = RowProblem(
            files[source], row, "record_id", record_id, "an id that no earlier row has; the row is left out"
        )
        problems.add(problem)
    connection.execute(f"DELETE FROM {TABLE} WHERE record IN (SELECT record FROM second_uses)")


def _fetched(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple]:
    while rows := answer.fetchmany(_AT_ONCE):
        yield from rows


def only_row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple:
    """The one row of an answer. Everything is fetched: DuckDB does nothing else while an answer is half read."""
    return connection.execute(query).fetchall()[0]


def name_shared_ids(connection: duckdb.DuckDBPyConnection, labels: Sequence[str]) -> str | None:
    """Put its file's label before each id that several files use; returns one of these ids, or None."""
    shared = f"SELECT record_id FROM {TABLE} GROUP BY 1 HAVING count(DISTINCT source) > 1"
    first: str | None = only_row(connection, f"SELECT min(record_id) FROM ({shared})")[0]
    if first is not None:
        connection.execute(f"CREATE TEMP TABLE shared_ids AS {shared}")
        for source, label in enumerate(labels):
            connection.execute(
                f"""UPDATE {TABLE} SET record_id = ? || ':' || record_id
                WHERE source = ? AND record_id IN (SELECT record_id FROM shared_ids)""",
                [label, source],
            )
    return first


def person_columns(side: str) -> str:
    """The columns of one record in a query, in the order that `person_of` reads."""
    return ", ".join(f"{side}.{name}" for name in PERSON_FIELDS)


def person_of(values: Sequence) -> Person:
    """A Person from a row of `person_columns`."""
    known = list(values)
    for place, empty in _EMPTY:
        value = known[place]
        known[place] = empty if value is None else tuple(value) if empty == () else value
    return Person(*known)
