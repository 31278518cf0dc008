"""Which pairs are compared at all: those that share one of a few keys. No key may make the work grow out of hand.

A pair is missed only if it shares none of the keys, so they rest on different fields: whoever's birth date is wrong is
found by name and postcode, whoever changed name and home by birth date.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from onestory.arrive.matching.bulk.people_table import TABLE, only_row

KEYED = "keyed_persons"
"""The table of persons with their keys."""

MOST_SHARING = 1_000
"""What more records share says nothing of who somebody is (1 January 1900): the narrowest form leaves them out."""

PAIRS_FOR_A_RECORD, PAIRS_IN_ANY_CASE = 10, 1_000_000
"""How many pairs one key may bring for each record, and in any case; above that its narrower form is used."""

_GIVEN, _SURNAME = "coalesce(given_sound, given)", "coalesce(surname_sound, surname)"
# In either order, since the two are often changed round.
_NAMES = f"CASE WHEN {_GIVEN} < {_SURNAME} THEN {_GIVEN} || '|' || {_SURNAME} ELSE {_SURNAME} || '|' || {_GIVEN} END"
# With day and month in either order.
_BORN = "least(born, coalesce(born_swapped, born))"
_STREET = "substr(street, 1, 5)"
_LOCALITY = "substr(locality, 1, 5)"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the columns that it is put together from, widest form first."""

    name: str
    forms: tuple[tuple[str, ...], ...]


KEYS = (
    Key("nhs_number", (("nhs_number",),)),
    Key("upn", (("upn",),)),
    Key("phone", (("phone",), ("phone", _SURNAME))),
    Key("born", ((_BORN,), (_BORN, "substr(given, 1, 1)"), (_BORN, _SURNAME))),
    Key(
        "names",
        (
            (_NAMES,),
            (_NAMES, "substr(birth_year, 1, 3)"),
            (_NAMES, "birth_year"),
        ),
    ),
    Key("surname_postcode", ((_SURNAME, "postcode"),)),
    Key("given_postcode", ((_GIVEN, "postcode"),)),
    Key("home", (("street_number", _STREET), ("street_number", _STREET, _LOCALITY))),
    Key("street_postcode", ((_STREET, "postcode"), ("street_number", "postcode", _STREET))),
    Key("street_locality", ((_STREET, _LOCALITY), (_STREET, _LOCALITY, "birth_year"))),
    Key(
        "surname_locality",
        ((_SURNAME, _LOCALITY), (_SURNAME, _LOCALITY, "substr(given, 1, 1)"), (_SURNAME, _LOCALITY, "birth_year")),
    ),
    Key(
        "given_locality",
        ((_GIVEN, _LOCALITY), (_GIVEN, _LOCALITY, "substr(surname, 1, 1)"), (_GIVEN, _LOCALITY, "birth_year")),
    ),
)


def add_keys(connection: duckdb.DuckDBPyConnection, records: int) -> list[str]:
    """Make the table KEYED of the persons with their keys; returns the conditions under which pairs are compared."""
    most = max(PAIRS_IN_ANY_CASE, PAIRS_FOR_A_RECORD * records)
    written = {key.name: sql for key in KEYS if (sql := _written(connection, key, most))}
    columns = "".join(f", {sql} AS key_{name}" for name, sql in written.items())
    connection.execute(f"CREATE TABLE {KEYED} AS SELECT *{columns} FROM {TABLE}")
    return [f"l.key_{name} = r.key_{name}" for name in written]


def _written(connection: duckdb.DuckDBPyConnection, key: Key, most: int) -> str | None:
    """The key as SQL in its widest form that stays within ``most`` pairs; None where no two records share it."""
    for form in key.forms:
        whole = " || '|' || ".join(form)
        shared = f"SELECT {whole} AS value, count(*) AS sharing FROM {TABLE} WHERE {whole} IS NOT NULL GROUP BY 1"
        (pairs,) = only_row(connection, f"SELECT coalesce(sum(sharing * (sharing - 1) / 2), 0) FROM ({shared})")
        if pairs <= most:
            return whole if pairs else None
    return _without_crowds(connection, key, whole, shared)


def _without_crowds(connection: duckdb.DuckDBPyConnection, key: Key, whole: str, shared: str) -> str:
    crowds = f"crowds_{key.name}"
    connection.execute(f"CREATE TEMP TABLE {crowds} AS SELECT value FROM ({shared}) WHERE sharing > {MOST_SHARING}")
    return f"CASE WHEN {whole} NOT IN (SELECT value FROM {crowds}) THEN {whole} END"
