"""One linking in a process of its own, so that its time and its memory are its own: ours, or the library's recipe.

Called as `python -m tests.bench._linking_work KIND FILE OUT`; prints seconds (imports apart) and peak memory as JSON.
The recipes follow the library's documentation: its example for FEBRL 3 (names, birth date, street number, postcode,
and the social security number where there is one) and its example for fifty thousand persons (names as one comparison,
birth date, postcode, place).
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas  # type: ignore[import-untyped]  # noqa: F401 - pyarrow imports it on first use where it is installed, as it is for tests
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from onestory.arrive.matching.bulk.linking import link_files
from onestory.arrive.matching.bulk.row_problems import RowProblems

LEAST_WRITTEN = 0.5


def ours(file: Path, out: Path) -> None:
    """Our own linking, down to the least probability that the recipes write too."""
    link_files([file], out, problems=RowProblems(), threshold=LEAST_WRITTEN)


def febrl_recipe(file: Path, out: Path) -> None:
    """The library's example for FEBRL 3, with or without an identifier (in the column nhs_number)."""
    connection = duckdb.connect()
    columns = [row[0] for row in connection.sql(f"DESCRIBE FROM read_csv('{file}', all_varchar = true)").fetchall()]
    identified = "nhs_number" in columns
    connection.execute(f"CREATE TABLE people AS FROM read_csv('{file}', all_varchar = true)")
    identifier = [block_on("nhs_number")] if identified else []
    comparisons: list = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("birth_date", input_is_string=True, datetime_format="%Y%m%d"),
        *([cl.DamerauLevenshteinAtThresholds("nhs_number", [2])] if identified else []),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]
    settings = SettingsCreator(
        unique_id_column_name="record_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            *identifier,
            *(block_on(column) for column in ("given_name", "surname", "birth_date", "postcode")),
        ],
        comparisons=comparisons,
    )
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("people"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [
            *identifier,
            block_on("given_name", "surname", "birth_date"),
            "l.given_name = r.surname and l.surname = r.given_name and l.birth_date = r.birth_date",
        ],
        recall=0.9,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for column in ("birth_date", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    _write(connection, linker, out)


def register_recipe(file: Path, out: Path) -> None:
    """The library's example for fifty thousand persons, its names of columns changed."""
    connection = duckdb.connect()
    connection.execute(
        f"""CREATE TABLE people AS SELECT record_id, given_name, surname, postcode, locality,
            given_name || ' ' || surname AS whole_name,
            strftime(coalesce(
                try_strptime(birth_date, '%Y-%m-%d'), try_strptime(birth_date, '%d/%m/%Y')), '%Y-%m-%d') AS born
        FROM read_csv('{file}', all_varchar = true)"""
    )
    settings = SettingsCreator(
        unique_id_column_name="record_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("substr(given_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "born"),
            block_on("given_name", "born"),
            block_on("postcode", "given_name"),
            block_on("postcode", "surname"),
            block_on("born", "locality"),
            block_on("substr(postcode,1,3)", "born"),
            block_on("substr(postcode,1,3)", "given_name"),
            block_on("substr(postcode,1,3)", "surname"),
            block_on("substr(given_name,1,2)", "substr(surname,1,2)", "substr(born,1,4)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="whole_name"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("locality").configure(term_frequency_adjustments=True),
        ],
    )
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("people"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [
            block_on("given_name", "surname", "born"),
            block_on("substr(given_name,1,2)", "surname", "substr(postcode,1,2)"),
            block_on("born", "postcode"),
        ],
        recall=0.6,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=2)
    for rule in (block_on("given_name", "surname"), block_on("born")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    _write(connection, linker, out)


def _write(connection: duckdb.DuckDBPyConnection, linker: Linker, out: Path) -> None:
    found = linker.inference.predict(threshold_match_probability=LEAST_WRITTEN, warning_mode="never")
    connection.execute(
        f"""COPY (SELECT record_id_l, record_id_r, match_probability AS probability FROM {found.physical_name})
        TO '{out}' (HEADER)"""
    )


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "ours": ours,
    "febrl_recipe": febrl_recipe,
    "register_recipe": register_recipe,
}


def main() -> None:
    kind, file, out = sys.argv[1:]
    logging.getLogger("splink").setLevel(logging.ERROR)
    began = time.perf_counter()
    KINDS[kind](Path(file), Path(out))
    seconds = time.perf_counter() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    busy = usage.ru_utime + usage.ru_stime
    print(json.dumps({"seconds": seconds, "busy": busy, "megabytes": usage.ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
