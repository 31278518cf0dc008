"""An extract, row by row: the file's lines read with a mapping. Memory holds one row and a digest for each row read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO

from onestory.arrive.feeds.extracts.csv_lines import csv_lines
from onestory.arrive.feeds.extracts.excel_lines import excel_lines
from onestory.arrive.feeds.extracts.interpreting import Interpreter
from onestory.arrive.feeds.extracts.mapping import Mapping
from onestory.arrive.feeds.extracts.problems import Problems
from onestory.arrive.feeds.extracts.rows import ExtractRow

MOST_ROWS = 250_000
"""Rows of one file: enough for a county's school week, and few enough to keep a digest of each."""


class Extract:
    """One reading of a file. Iterate to get its rows; what is wrong is gathered in ``problems``.

    ``left_out`` counts the rows that the mapping says to leave out, ``keys`` holds the key of each row with its number.
    """

    def __init__(self, file: BinaryIO, *, name: str, mapping: Mapping, today: dt.date) -> None:
        self.problems = Problems(name)
        self.left_out = 0
        self.keys: dict[bytes, int] = {}
        self._file, self._mapping = file, mapping
        self._interpreter = Interpreter(mapping, self.problems, today=today)

    def __iter__(self) -> Iterator[ExtractRow]:
        self._file.seek(0)
        read = csv_lines if self._mapping.file.sort == "csv" else excel_lines
        for count, line in enumerate(read(self._file, self._mapping, self.problems), start=1):
            if count > MOST_ROWS:
                self.problems.add(line.number, "", f"more than {MOST_ROWS:,} rows", "a file with fewer; split it")
                return
            before = self.problems.count
            row = self._interpreter.row(line)
            if row is None:
                self.left_out += self.problems.count == before
            elif self._is_first(row):
                yield row

    def _is_first(self, row: ExtractRow) -> bool:
        """Whether no row before it has the same id; where one has, that is noted."""
        key = bytes.fromhex(row.key)
        if key in self.keys:
            self.problems.add(
                row.number,
                ", ".join(self._mapping.id),
                f"the same id as row {self.keys[key]}",
                "an id of its own for each row",
            )
            return False
        self.keys[key] = row.number
        return True


def read_extract(file: BinaryIO, *, name: str, mapping: Mapping, today: dt.date) -> Extract:
    """Read an extract. ``file`` can seek; ``name`` is what its problems call it; ``today`` is the import's day."""
    return Extract(file, name=name, mapping=mapping, today=today)
