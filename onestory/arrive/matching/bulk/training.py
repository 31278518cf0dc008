"""What a file teaches about its own records: Splink's expectation maximisation, kept within what reasoning allows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from onestory.arrive.matching.bulk.candidate_keys import KEYED
from onestory.arrive.matching.bulk.engine_settings import named_tests, settings_for
from onestory.arrive.matching.bulk.people_table import only_row
from onestory.arrive.matching.comparing.conditions import DUCKDB
from onestory.arrive.matching.comparing.levels import ASPECTS, Aspect
from onestory.arrive.matching.comparing.rarity import MOST_KEPT, Shares, shares_of
from onestory.arrive.matching.comparing.weights import Weights, Worth, bounded, expected_weights, rarest_counted

FEWEST_RECORDS, FEWEST_MATCHES = 500, 50
"""A file with fewer teaches nothing: what is assumed before any file is seen holds."""

_PAIRS_FOR_STRANGERS, _PAIRS_FOR_TRAINING = 2.5e5, 1e6
_AS_MANY_MATCHES, _AS_MANY_STRANGERS = 100, 20_000
_MATCHES_FOR_A_RECORD, _MOST_MATCHES = 0.1, 0.1
_SEED = 4

# Each session takes pairs that agree on one thing and learns from them how the other things differ.
_SESSIONS = (("born",), ("given", "surname"))

logging.getLogger("splink").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be linked: the pairs that are compared, and whether only across files."""

    connection: duckdb.DuckDBPyConnection
    records: int
    pairs: int
    blocking: Sequence[str]
    across: str

    def rules(self) -> list[str]:
        """The conditions under which two records are compared."""
        return [rule + self.across for rule in self.blocking]


def linker_for(task: Task, weights: Weights) -> Linker:
    """Splink over the task's records, with these weights and our shares of names."""
    for statement in named_tests(weights, DUCKDB):
        task.connection.execute(statement)
    api = DuckDBAPI(connection=task.connection)
    linker = Linker(
        api.register(KEYED), settings_for(weights, task.rules(), DUCKDB), log_level=None, validate_settings=False
    )
    for aspect in ASPECTS:
        if aspect.name in weights.levels and aspect.rare_by:
            table = _share_table(task.connection, aspect, weights)
            linker.table_management.register_term_frequency_lookup(api.register(table), aspect.rare_by)
    return linker


def _share_table(connection: duckdb.DuckDBPyConnection, aspect: Aspect, weights: Weights) -> str:
    shares, field = weights.shares[aspect.rare_by], aspect.rare_by
    values = pa.array(shares.named.keys(), pa.string()), pa.array(shares.named.values(), pa.float64())
    connection.register("named", pa.Table.from_arrays(values, ["value", "share"]))
    connection.execute(
        f"""CREATE OR REPLACE TABLE shares_of_{field} AS
        SELECT DISTINCT {field}, coalesce(share, {shares.rarest}) AS tf_{field}
        FROM {KEYED} LEFT JOIN named ON value = {field} WHERE {field} IS NOT NULL"""
    )
    connection.unregister("named")
    return f"shares_of_{field}"


def assumed_weights(task: Task) -> Weights:
    """The weights before training: what is assumed, for the aspects that the records state, with their own shares."""
    matches = max(_MATCHES_FOR_A_RECORD * task.records, 1)
    expected = expected_weights(min(matches / max(task.pairs, 1), _MOST_MATCHES))
    stated = [aspect for aspect in ASPECTS if _is_stated(task.connection, aspect)]
    shares = {aspect.rare_by: _counted(task, aspect) for aspect in stated if aspect.rare_by}
    return replace(expected, levels={aspect.name: expected.levels[aspect.name] for aspect in stated}, shares=shares)


def _is_stated(connection: duckdb.DuckDBPyConnection, aspect: Aspect) -> bool:
    stated = " OR ".join(f"count({field}) > 1" for field in aspect.fields)
    return bool(only_row(connection, f"SELECT {stated} FROM {KEYED}")[0])


def _counted(task: Task, aspect: Aspect) -> Shares:
    # Whoever is on record many times in one and the same way bears a value once.
    bearers = "count(DISTINCT concat_ws('|', given, surname, born))"
    counted = task.connection.execute(
        f"""SELECT {aspect.rare_by}, {bearers} AS bearers FROM {KEYED} WHERE {aspect.rare_by} IS NOT NULL
        GROUP BY 1 HAVING bearers > 1 ORDER BY bearers DESC, 1 LIMIT {MOST_KEPT}"""
    ).fetchall()
    exact = aspect.levels[0].same_person
    return shares_of(aspect.rare_by, counted, task.records, rarest_counted(aspect, exact))


def trained_weights(task: Task, assumed: Weights) -> Weights:
    """The weights that the records themselves teach, or the assumed ones where there are too few of them."""
    matches = _sure_matches(task)
    if task.records < FEWEST_RECORDS or matches < FEWEST_MATCHES:
        return assumed
    linker = linker_for(task, assumed)
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS_FOR_STRANGERS, seed=_SEED, num_chunks=1)
    for fields in _SESSIONS:
        rule = " AND ".join(f"l.{field} = r.{field}" for field in fields) + task.across
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=_PAIRS_FOR_TRAINING
        )
    return replace(assumed, levels=_taken_in(linker, assumed, matches, matches / task.pairs))


def _sure_matches(task: Task) -> float:
    """Pairs that agree in full on names and birth date, as a rough count of the records' true pairs."""
    rule = "l.given = r.given AND l.surname = r.surname AND l.born = r.born AND l.record < r.record"
    (pairs,) = only_row(task.connection, f"SELECT count(*) FROM {KEYED} l JOIN {KEYED} r ON {rule}{task.across}")
    return 2.0 * pairs


def _taken_in(linker: Linker, assumed: Weights, matches: float, prior: float) -> Mapping[str, Mapping[str, Worth]]:
    """What was learnt, mixed with what was assumed by how much there was to learn from, and bounded."""
    learnt = {
        comparison["output_column_name"]: comparison for comparison in linker.misc.save_model_to_json()["comparisons"]
    }
    levels: dict[str, dict[str, Worth]] = {}
    for aspect in ASPECTS:
        if aspect.name not in assumed.levels:
            continue
        rows = [row for row in learnt[aspect.name]["comparison_levels"] if not row.get("is_null_level")]
        levels[aspect.name] = {
            level.name: _mixed(assumed.levels[aspect.name][level.name], row, matches, prior)
            for level, row in zip(aspect.levels, rows, strict=True)
        }
    return bounded(levels)


def _mixed(assumed: Worth, row: Mapping, matches: float, prior: float) -> Worth:
    same = row.get("m_probability", assumed.same_person)
    strangers = row.get("u_probability", assumed.strangers)
    # Pairs taken at random are strangers for the most part; the few that are one person are taken out.
    strangers = max((strangers - prior * same) / (1 - prior), 0)
    pairs = _PAIRS_FOR_STRANGERS
    return Worth(
        (matches * same + _AS_MANY_MATCHES * assumed.same_person) / (matches + _AS_MANY_MATCHES),
        (pairs * strangers + _AS_MANY_STRANGERS * assumed.strangers) / (pairs + _AS_MANY_STRANGERS),
    )
