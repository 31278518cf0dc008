"""Whatever bytes come: rows, or problems that name file, row and what is allowed; never an error of ours."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.arrive.feeds.extracts.problems import write_problems
from onestory.arrive.feeds.extracts.rows import row_of
from onestory.platform.cells import as_text_cell
from tests.unit.arrive.feeds.extracts.files import HEADING, csv_of, mapping, reading, row, sheet_mapping, workbook_of

cells = st.text(max_size=30) | st.sampled_from(
    ["05/06/2026", "yes", "=1+1", "12", "P1", "", "\x00", "2026-06-05T00:00:00Z"]
)
rows = st.lists(st.lists(cells, min_size=0, max_size=13), max_size=6)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_as_csv(content: bytes) -> None:
    found, extract = reading(content)
    assert found or extract.problems.count or not content.strip()


@settings(max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 3_000))
def test_a_workbook_with_arbitrary_bytes_in_it(noise: bytes, place: int) -> None:
    content = WORKBOOK[:place] + noise + WORKBOOK[place + len(noise) :]
    found, extract = reading(content, sheet_mapping())
    assert found or extract.problems.count


WORKBOOK = workbook_of(row())


@given(rows)
def test_arbitrary_rows_under_the_right_heading(given_rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([HEADING, *given_rows])
    found, extract = reading(written.getvalue().encode("utf-8", "surrogatepass"))
    for one in found:
        assert row_of(one.plain()) == one
    named = {problem.row for problem in extract.problems.kept}
    assert not named & {one.number for one in found}
    assert all(problem.allowed for problem in extract.problems.kept)


@given(st.lists(cells, min_size=11, max_size=11), st.sampled_from(["utf-8", "cp1252", "utf-16", "latin-1"]))
def test_every_encoding_either_reads_or_is_named(one: list[str], encoding: str) -> None:
    try:
        content = csv_of([cell.replace("\r", "") for cell in one], encoding=encoding)
    except UnicodeEncodeError:
        return
    found, extract = reading(content, mapping(file={"sort": "csv", "encoding": encoding}))
    assert len(found) <= 1
    assert found or extract.problems.count or not any(cell.strip() for cell in one)


@given(st.text(max_size=40))
def test_no_value_runs_in_a_spreadsheet_that_opens_our_list(text: str) -> None:
    shown = as_text_cell(text)
    assert not shown.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.endswith(text)


def test_the_list_of_problems_holds_no_formula() -> None:
    _, extract = reading(csv_of(row(Day="=cmd|' /C calc'!A0", Share="@SUM(1)")))
    written = io.StringIO()
    write_problems(extract.problems.kept, written)
    lines = list(csv.reader(io.StringIO(written.getvalue())))
    assert [line[3] for line in lines[1:]] == ["'=cmd|' /C calc'!A0", "'@SUM(1)"]
