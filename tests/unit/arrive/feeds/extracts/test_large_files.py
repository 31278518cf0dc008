"""A large extract passes through row by row: what is kept of each is a digest."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

from onestory.arrive.feeds.extracts import read_extract
from tests.unit.arrive.feeds.extracts.files import HEADING, TODAY, csv_of, mapping, row

ROWS = 20_000
KEPT_OF_A_ROW = 400
"""Bytes; a row itself takes some three thousand."""


def test_memory_holds_a_digest_of_each_row_and_not_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    line = ",".join(row(Record="@", Note="x" * 500))
    path.write_text("\n".join([",".join(HEADING), *(line.replace("@", str(n)) for n in range(ROWS))]), encoding="utf-8")
    list(read_extract(io.BytesIO(csv_of(row())), name="small.csv", mapping=mapping(), today=TODAY))  # loaded once
    with path.open("rb") as file:
        extract = read_extract(file, name="large.csv", mapping=mapping(), today=TODAY)
        tracemalloc.start()
        count = sum(1 for _ in extract)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == ROWS
    assert most < ROWS * KEPT_OF_A_ROW


def test_more_rows_than_a_file_may_have_are_named(monkeypatch) -> None:
    monkeypatch.setattr("onestory.arrive.feeds.extracts.reading.MOST_ROWS", 3)
    content = csv_of(*(row(Record=str(n)) for n in range(5)))
    extract = read_extract(io.BytesIO(content), name="small.csv", mapping=mapping(), today=TODAY)
    assert len(list(extract)) == 3
    (problem,) = extract.problems.kept
    assert problem.found == "more than 3 rows"
