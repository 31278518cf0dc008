"""What is wrong with an extract, row by row, and the same as a file that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from onestory.arrive.matching.bulk.row_problems import RowProblem
from onestory.platform.cells import as_text_cell

MOST_KEPT = 5_000
"""So many are named; past that the mapping is the wrong one, and the rest are counted."""


class ExtractProblems(ValueError):
    """An extract that cannot be taken as it stands. ``problems`` names the rows, ``count`` says how many there are."""

    def __init__(self, problems: Iterable[RowProblem], count: int | None = None) -> None:
        self.problems = tuple(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__(self.problems)

    def lines(self) -> Iterator[str]:
        """What to show: every problem that is named, and how many more there are."""
        yield from (str(problem) for problem in self.problems)
        if self.count > len(self.problems):
            yield f"… and {self.count - len(self.problems):,} more."

    def __str__(self) -> str:
        return "\n".join(self.lines())


class Problems:
    """Gathers the problems of one file, without an end when the file is full of them."""

    def __init__(self, file: str) -> None:
        self.file = "".join(letter if letter.isprintable() else "?" for letter in file)[:200]
        self.count = 0
        self.kept: list[RowProblem] = []

    def add(self, row: int, field: str, found: object, allowed: str) -> None:
        """Note one problem. Row 1 is the heading, as a spreadsheet counts; 0 is the file as a whole."""
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(RowProblem(self.file, row, field, str(found), allowed))

    def raise_any(self) -> None:
        """Raises ExtractProblems where there are any."""
        if self.count:
            raise ExtractProblems(self.kept, self.count)


def write_problems(problems: Iterable[RowProblem], to: TextIO) -> None:
    """The problems as CSV, for whoever puts the extract right."""
    sheet = csv.writer(to)
    sheet.writerow(["file", "row", "field", "found", "allowed"])
    for one in problems:
        sheet.writerow([as_text_cell(text) for text in (one.file, str(one.row), one.field, one.found, one.allowed)])
