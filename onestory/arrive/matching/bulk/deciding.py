"""From scored pairs to pairs that may be joined: each explained, vetoes heeded, and nobody made two people."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from onestory.arrive.matching.bulk.candidate_keys import KEYED
from onestory.arrive.matching.bulk.engine_settings import level_in_sql
from onestory.arrive.matching.bulk.people_table import person_columns, person_of
from onestory.arrive.matching.bulk.scoring import SCORED, paired
from onestory.arrive.matching.comparing.conditions import DUCKDB
from onestory.arrive.matching.comparing.explaining import explain
from onestory.arrive.matching.comparing.levels import GIVEN_NAME, NHS_NUMBER, UPN
from onestory.arrive.matching.comparing.person import PERSON_FIELDS, Person
from onestory.arrive.matching.comparing.weights import Weights

ACCEPTED = "accepted_pairs"
"""The table of pairs to hand out: ``record_l``, ``record_r``, ``evidence``, ``probability``, ``why``."""

CLEARLY_MORE = 10.0
"""Where one record fits two people, the better one is kept if it has so many bits more: a thousand to one."""

_AT_ONCE = 5_000
_SCHEMA = pa.schema(
    [
        ("record_l", pa.int64()),
        ("record_r", pa.int64()),
        ("evidence", pa.float64()),
        ("probability", pa.float64()),
        ("why", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Decided:
    """How many pairs were looked at so far, of how many, and how many of these vetoes held back."""

    looked_at: int
    of: int
    vetoed: int


def make_accepted(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of accepted pairs, empty."""
    connection.register("no_pairs", _SCHEMA.empty_table())
    connection.execute(f"CREATE TABLE {ACCEPTED} AS SELECT * FROM no_pairs")
    connection.unregister("no_pairs")


def decide(connection: duckdb.DuckDBPyConnection, weights: Weights, threshold: float) -> Iterator[Decided]:
    """Explain each pair whose evidence reaches ``threshold`` (a probability) and keep those without a veto."""
    make_accepted(connection)
    connection.execute(f"CREATE TABLE worth_explaining AS {_worth_explaining(connection, weights, threshold)}")
    of = connection.execute("SELECT count(*) FROM worth_explaining").fetchall()[0][0]
    looked_at = vetoed = 0
    # A second connection: the first can do nothing else while its answer is half read.
    reading = connection.cursor()
    pairs = _read_pairs(reading, "worth_explaining")
    while rows := pairs.fetchmany(_AT_ONCE):
        accepted = []
        for record_l, record_r, *values in rows:
            comparison = explain(*_two_persons(values), weights)
            if comparison.probability >= threshold:
                accepted.append((record_l, record_r, comparison.evidence, comparison.probability, comparison.why))
        _add(connection, accepted)
        looked_at, vetoed = looked_at + len(rows), vetoed + len(rows) - len(accepted)
        yield Decided(looked_at, of, vetoed)
    reading.close()


def _worth_explaining(connection: duckdb.DuckDBPyConnection, weights: Weights, threshold: float) -> str:
    """The pairs with enough evidence, without those that a family's veto would hold back in any case.

    Brothers and sisters are many, and putting each of them into words takes longer than all the rest.
    """
    least = math.log2(threshold / (1 - threshold)) - weights.prior_bits
    if not (weights.families.apart and GIVEN_NAME.name in weights.levels):
        return f"SELECT record_l, record_r FROM {SCORED} WHERE evidence >= {least}"
    numbers = " OR ".join(f"coalesce({name}_l = {name}_r, false)" for name in (NHS_NUMBER.name, UPN.name))
    return f"""SELECT record_l, record_r FROM {paired(connection, f"evidence >= {least}")}
        WHERE {level_in_sql(GIVEN_NAME, DUCKDB)} <> '{GIVEN_NAME.levels[-1].name}' OR {numbers}"""


def _read_pairs(connection: duckdb.DuckDBPyConnection, pairs: str) -> duckdb.DuckDBPyConnection:
    return connection.execute(
        f"""SELECT record_l, record_r, {person_columns("l")}, {person_columns("r")} FROM {pairs}
        JOIN {KEYED} l ON l.record = record_l JOIN {KEYED} r ON r.record = record_r"""
    )


def _two_persons(values: list) -> tuple[Person, Person]:
    width = len(PERSON_FIELDS)
    return person_of(values[:width]), person_of(values[width:])


def _add(connection: duckdb.DuckDBPyConnection, rows: list[tuple]) -> None:
    if rows:
        columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), _SCHEMA, strict=True)]
        connection.register("portion", pa.Table.from_arrays(columns, schema=_SCHEMA))
        connection.execute(f"INSERT INTO {ACCEPTED} SELECT * FROM portion")
        connection.unregister("portion")


def leave_out_what_fits_two(connection: duckdb.DuckDBPyConnection, weights: Weights) -> int:
    """Take back pairs through which two people would become one; returns how many.

    A record without a given name may fit either twin, one without a birth date father and son. Where two of a record's
    partners are held apart by a veto, only the clearly better one is kept, and neither where none is.
    """
    connection.execute(
        f"""CREATE TEMP TABLE either_way AS
        SELECT record_l AS one, record_r AS other, evidence FROM {ACCEPTED}
        UNION ALL SELECT record_r, record_l, evidence FROM {ACCEPTED}"""
    )
    connection.execute(
        f"""CREATE TABLE partners AS
        SELECT a.one AS between,
            a.other AS record_l, b.other AS record_r, a.evidence AS evidence_l, b.evidence AS evidence_r
        FROM either_way a JOIN either_way b ON a.one = b.one AND a.other < b.other
        WHERE NOT EXISTS (FROM {ACCEPTED} x WHERE x.record_l = a.other AND x.record_r = b.other)"""
    )
    apart = _held_apart(connection, weights)
    connection.register("apart", pa.table({"one": [pair[0] for pair in apart], "other": [pair[1] for pair in apart]}))
    connection.execute(
        f"""CREATE TEMP TABLE taken_back AS
        SELECT least(between, partner) AS record_l, greatest(between, partner) AS record_r FROM (
            SELECT between, unnest([
                CASE WHEN evidence_l - evidence_r < {CLEARLY_MORE} THEN record_l END,
                CASE WHEN evidence_r - evidence_l < {CLEARLY_MORE} THEN record_r END
            ]) AS partner FROM partners JOIN apart ON record_l = apart.one AND record_r = apart.other
        ) WHERE partner IS NOT NULL GROUP BY ALL"""
    )
    connection.unregister("apart")
    connection.execute(
        f"DELETE FROM {ACCEPTED} p USING taken_back t WHERE p.record_l = t.record_l AND p.record_r = t.record_r"
    )
    return connection.execute("SELECT count(*) FROM taken_back").fetchall()[0][0]


def _held_apart(connection: duckdb.DuckDBPyConnection, weights: Weights) -> list[tuple[int, int]]:
    reading = connection.cursor()
    pairs = _read_pairs(reading, "(SELECT DISTINCT record_l, record_r FROM partners)")
    apart = []
    while rows := pairs.fetchmany(_AT_ONCE):
        for record_l, record_r, *values in rows:
            veto = explain(*_two_persons(values), weights).veto
            if veto and veto.two_people:
                apart.append((record_l, record_r))
    reading.close()
    return apart
