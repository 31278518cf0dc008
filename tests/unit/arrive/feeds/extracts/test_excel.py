"""Excel workbooks: values as Excel keeps them, and what is not taken."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from onestory.platform.history.dates import parse_when
from tests.unit.arrive.feeds.extracts.files import ROW, reading, row, said, sheet_mapping, workbook_of

DAY = dt.datetime.fromisoformat("2026-06-05T13:45")  # Excel knows no time zones


def in_excel(**cells: Any) -> tuple[Any, ...]:
    return row(**cells)


def test_dates_numbers_and_percentages_come_as_excel_keeps_them() -> None:
    def as_percentage(_: Any, sheet: Any) -> None:
        sheet["C2"].number_format = "0.0%"

    content = workbook_of(
        in_excel(Record=1, Day=DAY, Share=0.125, Letter=2.0, Came=True, Number=1234.0), change=as_percentage
    )
    (found,), extract = reading(content, sheet_mapping())
    assert extract.problems.kept == []
    assert found.happened == parse_when("2026-06-05")
    assert found.own == {"sessions_percent": 12.5, "letter": 2}
    assert (found.people[0].number, found.people[0].seen) == ("1234", True)


@pytest.mark.parametrize(("from_1904", "serial"), [(False, 46178), (True, 44716)])
def test_a_date_as_a_bare_number_counts_from_where_the_workbook_does(from_1904: bool, serial: int) -> None:
    def count_from_1904(workbook: Any, _: Any) -> None:
        if from_1904:
            workbook.epoch = dt.datetime.fromisoformat("1904-01-01T00:00")

    (found,), _ = reading(workbook_of(in_excel(Day=serial), change=count_from_1904), sheet_mapping())
    assert found.happened == parse_when("2026-06-05")


@pytest.mark.parametrize("serial", [0, 60, -1, 1e9, float(10**300)])
def test_numbers_that_are_no_day_are_named(serial: float) -> None:
    (problem,) = said(workbook_of(in_excel(Day=serial)), sheet_mapping())
    assert ", row 2, Day: " in problem


def test_a_formula_is_no_value() -> None:
    (problem,) = said(workbook_of(in_excel(Note="=1+1")), sheet_mapping())
    assert problem == (
        "small.csv, row 2, Note: found “a formula”; "
        "allowed: a value; copy formulas as values before the extract is saved"
    )


def test_text_that_only_looks_like_a_formula_stays_text() -> None:
    def as_text(_: Any, sheet: Any) -> None:
        sheet["F2"].value = "=1+1"
        sheet["F2"].data_type = "s"

    (found,), _ = reading(workbook_of(ROW, change=as_text), sheet_mapping())
    assert found.text == "Note: =1+1"


def test_merged_cells_are_named_since_a_value_would_be_lost() -> None:
    content = workbook_of(ROW, row(Record="2"), change=lambda _, sheet: sheet.merge_cells("F2:F3"))
    assert said(content, sheet_mapping()) == [
        "small.csv, row 3: found “merged cells”; "
        "allowed: one cell for each value; undo merging before the extract is saved"
    ]


def test_a_merged_title_above_the_heading_does_no_harm() -> None:
    def with_title(_: Any, sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Absence, week 23"
        sheet.merge_cells("A1:K1")

    rows, extract = reading(workbook_of(ROW, change=with_title), sheet_mapping(heading_row="2"))
    assert [one.number for one in rows] == [3]
    assert extract.problems.kept == []


def test_empty_rows_between_do_not_count_and_rows_keep_their_numbers() -> None:
    rows, extract = reading(workbook_of(ROW, (), (None,) * 11, row(Record="2")), sheet_mapping())
    assert [one.number for one in rows] == [2, 5]
    assert extract.problems.kept == []


def test_a_sheet_by_name_and_one_that_is_not_there() -> None:
    content = workbook_of(ROW, change=lambda workbook, sheet: setattr(sheet, "title", "Week 23"))
    assert len(reading(content, sheet_mapping(sheet="Week 23"))[0]) == 1
    assert said(content, sheet_mapping(sheet="Week 24")) == [
        "small.csv: found “sheets Week 23”; allowed: a sheet named Week 24"
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"PK\x03\x04 broken", b"PK\x05\x06" + bytes(18)],
)
def test_what_is_no_workbook_is_named(content: bytes) -> None:
    (problem,) = said(content, sheet_mapping())
    assert "a workbook saved as .xlsx" in problem


def test_macros_are_not_taken() -> None:
    kept = io.BytesIO(workbook_of(ROW))
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    (problem,) = said(kept.getvalue(), sheet_mapping())
    assert "without macros" in problem


def test_a_workbook_that_unpacks_to_very_much_is_not_opened() -> None:
    kept = io.BytesIO(workbook_of(ROW))
    with (
        zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/sharedStrings2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(101):
            part.write(bytes(1_000_000))
    (problem,) = said(kept.getvalue(), sheet_mapping())
    assert "a smaller one; split it" in problem


def test_entities_that_grow_without_end_are_refused() -> None:
    laughs = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    source = zipfile.ZipFile(io.BytesIO(workbook_of(ROW)))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = laughs.encode() + content.replace(b"<sheetData>", b"<sheetData><!-- &b; -->")
            package.writestr(name, content)
    assert said(kept.getvalue(), sheet_mapping())
