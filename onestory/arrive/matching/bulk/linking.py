"""Linking files of persons from beginning to end: read, learn, compare, decide, write."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from onestory.arrive.matching.bulk import deciding, people_table, scoring, training
from onestory.arrive.matching.bulk.candidate_keys import KEYED, add_keys
from onestory.arrive.matching.bulk.person_files import read_persons
from onestory.arrive.matching.bulk.row_problems import RowProblems
from onestory.arrive.matching.comparing.weights import Weights
from onestory.platform.cells import as_text_cell

THRESHOLD = 0.98
"""From this probability on a pair is handed out: at least 49 to 1 that it is one person."""

MEMORY = "2GB"
_SUREST = 0.999999  # nothing is certain

HEADING = ("record_id_l", "record_id_r", "probability", "why")

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linking came to.

    ``held_back`` pairs had the evidence but a veto; ``fits_two`` pairs would have made two people one.
    """

    records: int
    pairs: int
    held_back: int
    fits_two: int
    weights: Weights


def link_files(
    files: Sequence[Path],
    out: Path,
    *,
    problems: RowProblems,
    threshold: float = THRESHOLD,
    memory: str = MEMORY,
    progress: Progress = lambda stage, done, of: None,
) -> Linked:
    """Find the pairs of records that are one person: within one file, or across several, and write them to ``out``.

    Rows with problems are noted in ``problems`` and cost the others nothing. FileProblem where a file cannot be linked
    at all; ``out`` is then not touched. What is in between lies in a folder of its own that nobody else can read and
    that is removed at the end.
    """
    with tempfile.TemporaryDirectory(prefix="onestory-link-") as folder:
        engine = people_table.open_engine(Path(folder), memory, os.cpu_count() or 1)
        with closing(engine) as connection:
            sizes = _read(connection, files, problems, progress)
            task = _task(connection, sizes)
            weights, held_back, fits_two = _compare(task, threshold, progress)
            pairs = _write(connection, out)
    return Linked(sum(sizes), pairs, held_back, fits_two, weights)


def _read(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], problems: RowProblems, progress: Progress
) -> list[int]:
    first = 0
    for source, path in enumerate(files):
        added = 0
        for added in people_table.add_persons(connection, source, read_persons(path, problems), first):
            progress(f"Reading {path.name}", added, 0)
        first += added
    people_table.leave_out_second_uses(connection, [path.name for path in files], problems)
    if len(files) > 2 and (shared := people_table.name_shared_ids(connection, _labels(files))):
        problems.note(
            f"More than two files, and “{shared}” is an id in several of them. "
            "Such ids are written with their file before them, so that the pairs can be told apart."
        )
    counted = connection.execute(f"SELECT source, count(*) FROM {people_table.TABLE} GROUP BY 1").fetchall()
    return [dict(counted).get(source, 0) for source in range(len(files))]


def _labels(files: Sequence[Path]) -> list[str]:
    """What the files are called beside each other: by name, or by the whole path where two are named alike."""
    names = [path.name for path in files]
    return names if len(set(names)) == len(names) else [str(path) for path in files]


def _task(connection: duckdb.DuckDBPyConnection, sizes: list[int]) -> training.Task:
    records = sum(sizes)
    inside = sum(size * (size - 1) // 2 for size in sizes)
    everything = records * (records - 1) // 2
    blocking = add_keys(connection, records)
    if len(sizes) == 1:
        return training.Task(connection, records, everything, blocking, "")
    return training.Task(connection, records, everything - inside, blocking, " AND l.source <> r.source")


def _compare(task: training.Task, threshold: float, progress: Progress) -> tuple[Weights, int, int]:
    connection = task.connection
    assumed = training.assumed_weights(task)
    decided = deciding.Decided(0, 0, 0)
    if not task.blocking:  # no two records share anything
        deciding.make_accepted(connection)
        return assumed, 0, 0
    progress("Learning from the records", 0, 0)
    weights = training.trained_weights(task, assumed)
    progress("Comparing", 0, 0)
    scoring.score(task, weights)
    weights = scoring.with_prior_learnt(task, weights)
    weights = replace(weights, families=scoring.differences(connection, weights).families())
    for decided in deciding.decide(connection, weights, threshold):
        progress("Explaining", decided.looked_at, decided.of)
    return weights, decided.vetoed, deciding.leave_out_what_fits_two(connection, weights)


def _write(connection: duckdb.DuckDBPyConnection, out: Path) -> int:
    """Write the pairs, the surest first; the file appears whole or not at all, for its owner's eyes only."""
    pairs = connection.execute(
        f"""SELECT l.record_id, r.record_id, probability, why FROM {deciding.ACCEPTED}
        JOIN {KEYED} l ON l.record = record_l JOIN {KEYED} r ON r.record = record_r
        ORDER BY evidence DESC, record_l, record_r"""
    )
    written = 0
    part = out.with_name(out.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADING)
        while portion := pairs.fetchmany(10_000):
            rows.writerows(
                (as_text_cell(left), as_text_cell(right), f"{min(found, _SUREST):.6f}", as_text_cell(why))
                for left, right, found, why in portion
            )
            written += len(portion)
    part.replace(out)
    return written
