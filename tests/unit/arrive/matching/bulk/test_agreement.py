"""The engine and the explanation must say the same of the same two records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from onestory.arrive.matching.bulk import people_table, scoring, training
from onestory.arrive.matching.bulk.candidate_keys import KEYED, add_keys
from onestory.arrive.matching.bulk.engine_settings import level_in_sql
from onestory.arrive.matching.bulk.person_files import FileRow, read_persons
from onestory.arrive.matching.bulk.row_problems import RowProblems
from onestory.arrive.matching.comparing.conditions import DUCKDB
from onestory.arrive.matching.comparing.explaining import explain, level_of
from onestory.arrive.matching.comparing.levels import ASPECTS
from onestory.arrive.matching.comparing.person import Person, person_from
from onestory.arrive.matching.comparing.weights import Weights
from tests.unit.arrive.matching.register import write_register

ALPHABET = ("jo", "hn", "an", "na", "smi", "th", "li", "wei", "o'", "-", " ", "é", "李", "x", "")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with people_table.open_engine(tmp_path, "500MB", 1) as connection:
        yield connection


def random_person(chance: random.Random) -> Person:
    """Few letters and digits, so that every level is met by chance."""

    def word() -> str:
        return chance.choice(["j", "john", "smith", "".join(chance.choices(ALPHABET, k=chance.randint(0, 4)))])

    def digits(length: int) -> str:
        return "".join(chance.choices("01", k=length))

    return person_from(
        {
            "given_name": word(),
            "surname": word(),
            "birth_date": chance.choice(["", f"20{digits(2)}", f"20{digits(2)}{digits(2)}1{digits(1)}"]),
            "sex": chance.choice(["", "F", "M"]),
            "nhs_number": chance.choice(["", "9990000018", "9990000019", digits(10)]),
            "upn": chance.choice(["", "A826400012001", "T826400012001", "A" + digits(12)]),
            "phone": chance.choice(["", "07" + digits(5)]),
            "street_number": digits(chance.randint(0, 2)),
            "address_line": word() + " " + word(),
            "locality": word() + word(),
            "region": chance.choice(["", "A", "B"]),
            "postcode": chance.choice(["", "MK1" + digits(2)]),
        }
    )[0]


def test_every_level_is_read_alike_by_engine_and_explanation(connection: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(11)
    people = [random_person(chance) for _ in range(130)]
    rows = (FileRow(number, str(number), person) for number, person in enumerate(people))
    assert sum(people_table.add_persons(connection, 0, rows, 0)) == len(people)
    names = [row[0] for row in connection.execute(f"DESCRIBE {people_table.TABLE}").fetchall()]
    both = ", ".join(f"{side}.{name} AS {name}_{side}" for name in names for side in "lr")
    levels = ", ".join(f"{level_in_sql(aspect, DUCKDB)} AS {aspect.name}" for aspect in ASPECTS)
    answer = connection.execute(
        f"""SELECT record_l, record_r, {levels} FROM
        (SELECT {both} FROM {people_table.TABLE} l JOIN {people_table.TABLE} r ON l.record < r.record)"""
    ).fetchall()
    met = set()
    for left, right, *found in answer:
        for aspect, name in zip(ASPECTS, found, strict=True):
            level = level_of(aspect, people[left], people[right])
            assert (level.name if level else "") == name, (aspect.name, people[left], people[right])
            met.add((aspect.name, name))
    missed = {(aspect.name, level.name) for aspect in ASPECTS for level in aspect.levels} - met
    assert missed == set()


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[duckdb.DuckDBPyConnection, Weights]]:
    """A register on which weights were trained, with every pair scored by the engine."""
    folder = tmp_path_factory.mktemp("agreement")
    file = folder / "register.csv"
    write_register(file, 900, seed=5)
    with people_table.open_engine(folder, "500MB", 1) as connection:
        records = max(people_table.add_persons(connection, 0, read_persons(file, RowProblems()), 0))
        task = training.Task(connection, records, records * (records - 1) // 2, add_keys(connection, records), "")
        assumed = training.assumed_weights(task)
        weights = training.trained_weights(task, assumed)
        assert weights != assumed
        scoring.score(task, weights)
        yield connection, weights


def test_engine_and_explanation_give_the_same_evidence(scored: tuple[duckdb.DuckDBPyConnection, Weights]) -> None:
    connection, weights = scored
    columns = f"{people_table.person_columns('l')}, {people_table.person_columns('r')}"
    pairs = connection.execute(
        f"""SELECT evidence, {columns} FROM {scoring.SCORED}
        JOIN {KEYED} l ON l.record = record_l JOIN {KEYED} r ON r.record = record_r"""
    ).fetchall()
    assert len(pairs) > 500
    width = (len(pairs[0]) - 1) // 2
    for evidence, *values in pairs:
        left, right = people_table.person_of(tuple(values[:width])), people_table.person_of(tuple(values[width:]))
        assert explain(left, right, weights).evidence - weights.prior_bits == pytest.approx(evidence, abs=1e-9)


def test_what_is_learnt_stays_within_what_reasoning_allows(scored: tuple[duckdb.DuckDBPyConnection, Weights]) -> None:
    _, weights = scored
    for aspect in ASPECTS:
        for level in aspect.levels if aspect.name in weights.levels else ():
            assert level.least - 1e-9 <= weights.levels[aspect.name][level.name].bits <= level.most + 1e-9


def test_a_column_that_no_record_states_is_left_out(scored: tuple[duckdb.DuckDBPyConnection, Weights]) -> None:
    _, weights = scored
    assert set(weights.levels) == {aspect.name for aspect in ASPECTS} - {"upn"}


def test_the_prior_is_learnt_from_the_scores(scored: tuple[duckdb.DuckDBPyConnection, Weights]) -> None:
    connection, weights = scored
    task = training.Task(connection, 900, 900 * 899 // 2, [], "")
    learnt = scoring.with_prior_learnt(task, weights)
    assert 200 < learnt.prior * task.pairs < 900
