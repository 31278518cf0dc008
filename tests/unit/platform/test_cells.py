"""Cells that leave the program: what a spreadsheet would run is shown as text."""

from __future__ import annotations

import csv
import io

import pytest

from onestory.arrive.feeds.extracts.problems import write_problems
from onestory.arrive.matching.bulk.row_problems import RowProblem, RowProblems
from onestory.platform.cells import as_text_cell

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"here")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
)
PLAIN = ("", "Riley", "3 = 4", "12/3/2026", "O'Neill", "'=quoted already", "a\tb", "mark@example.org")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_text_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert as_text_cell(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_every_list_of_rows_in_error_is_neutralised_in_every_cell(text: str) -> None:
    problem = RowProblem(file=text, row=2, field=text, found=text, allowed=text)
    extract, link = io.StringIO(newline=""), io.StringIO(newline="")
    write_problems([problem], extract)
    RowProblems(link).add(problem)
    for written in (extract, link):
        [_, row] = list(csv.reader(io.StringIO(written.getvalue(), newline="")))
        assert row == [f"'{text}", "2", f"'{text}", f"'{text}", f"'{text}"]
