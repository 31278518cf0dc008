"""Rows that could not be taken as they stand, each with file, row, field, what was found and what is allowed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from onestory.platform.cells import as_text_cell

MOST_KEPT = 1_000
"""So many are kept for the screen; a list on request holds them all."""

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that is wrong with one row. Row 1 is the heading, as a spreadsheet counts; 0 is the file as a whole."""

    file: str
    row: int
    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        named = f"{place}, {self.field}" if self.field else place
        return f"{named}: found {_quoted(self.found)}; allowed: {self.allowed}"


class RowProblems:
    """Counts every problem, keeps the first ones, and writes all of them to a list where one is wanted."""

    def __init__(self, everything: TextIO | None = None) -> None:
        self.count = 0
        self.notes: list[str] = []
        self._kept: list[RowProblem] = []
        self._list = csv.writer(everything) if everything else None
        if self._list:
            self._list.writerow(["file", "row", "field", "found", "allowed"])

    def add(self, problem: RowProblem) -> None:
        """Note one problem."""
        self.count += 1
        if len(self._kept) < MOST_KEPT:
            self._kept.append(problem)
        if self._list:
            row = (problem.file, str(problem.row), problem.field, problem.found, problem.allowed)
            self._list.writerow([as_text_cell(text) for text in row])

    def note(self, text: str) -> None:
        """Note something that is no mistake but that whoever linked should know."""
        self.notes.append(text)

    def lines(self) -> Iterator[str]:
        """What to show: the problems that were kept, and how many more there are."""
        yield from (str(problem) for problem in self._kept)
        if self.count > len(self._kept):
            yield f"… and {self.count - len(self._kept):,} more."


def _quoted(text: str) -> str:
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[:_LONGEST_SHOWN])
    return f"“{shown}…”" if len(text) > _LONGEST_SHOWN else f"“{shown}”"
