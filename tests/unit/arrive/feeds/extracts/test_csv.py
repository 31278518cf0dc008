"""CSV as agencies' systems write it, and as it goes wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.platform.history.dates import parse_when
from tests.unit.arrive.feeds.extracts.files import HEADING, ROW, csv_of, mapping, reading, row, said


def test_a_row_says_what_its_mapping_says() -> None:
    (found,), extract = reading(csv_of(ROW))
    assert extract.problems.kept == []
    assert (found.number, found.kind, found.happened) == (2, "absence", parse_when("2026-06-05"))
    assert found.own == {"sessions_percent": 12.5, "letter": 2}
    assert found.factors == {"attendance"}
    assert found.text == "Note: Sent home."
    (person,) = found.people
    assert (person.label, person.number, person.is_child, person.seen) == ("Ann Larch", "P1", True, True)
    assert person.born == parse_when("2018-02-01")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows, extract = reading(csv_of(ROW, delimiter=delimiter))
    assert len(rows) == 1
    assert extract.problems.kept == []


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_first_heading(mark: bytes) -> None:
    assert len(reading(mark + csv_of(ROW))[0]) == 1


def test_utf_16_is_read_where_the_mapping_says_so_and_named_where_not() -> None:
    content = csv_of(ROW, encoding="utf-16")
    assert len(reading(content, mapping(file={"sort": "csv", "encoding": "utf-16"}))[0]) == 1
    assert said(content) == ["small.csv: found “a file in UTF-16”; allowed: utf-8, as the mapping says"]


def test_another_encoding_is_named_with_its_row_and_nothing_is_guessed() -> None:
    content = csv_of(ROW, row(Record="2", Note="Café", Number="P2"), encoding="cp1252")
    (problem,) = said(content)
    assert "bytes that are not utf-8 (e9" in problem
    rows, extract = reading(content, mapping(file={"sort": "csv", "encoding": "cp1252"}))
    assert [one.text for one in rows] == ["Note: Sent home.", "Note: Café"]
    assert extract.problems.kept == []


@pytest.mark.parametrize(
    ("field", "cell", "allowed"),
    [
        ("Day", "31/02/2026", "that is in the calendar"),
        ("Day", "5/6/26", "a date like 27/03/2018"),
        ("Day", "", "something"),
        ("Day", "02/11/2026", "a date that has been"),
        ("Day", "05/06/1066", "from 1900 to 2100"),
        ("Share", "100.1", "a number from 0 to 100"),
        ("Share", "nan", "a number from 0 to 100"),
        ("Letter", "0", "a whole number from 1"),
        ("Letter", "-1", "a whole number from 1"),
        ("Letter", "1.5", "a whole number from 1"),
        ("Came", "perhaps", "yes, y, true, 1 or no, n, false, 0"),
        ("Born", "01/02/2027", "a date that has been"),
        ("NHS", "9990000001", "an NHS number with the right check digit"),
        ("Record", "", "what tells this row from every other"),
        ("Note", "a\x00b", "text without control characters"),
        ("First", "x" * 201, "at most 200 letters"),
    ],
)
def test_what_a_cell_may_not_hold_is_named(field: str, cell: str, allowed: str) -> None:
    (problem,) = said(csv_of(row(**{field: cell})))
    assert problem.startswith(f"small.csv, row 2, {field}: found “")
    assert allowed in problem


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("5/6/2026", "2026-06-05"),
        ("2026-06-05", "2026-06-05"),
        ("5 June 2026", "2026-06-05"),
        ("05-Jun-2026", "2026-06-05"),
        ("5/6/2026 23:59", "2026-06-05"),
        ("46178", "2026-06-05"),
        # Clocks: it is already the next day in England in summer, and not yet in winter.
        ("2026-06-05T23:30:00Z", "2026-06-06"),
        ("2026-01-05T23:30:00Z", "2026-01-05"),
        ("2026-06-06T00:30:00+01:00", "2026-06-06"),
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-03-28T23:59:59Z", "2026-03-28"),
        ("2026-10-25T00:30:00Z", "2026-10-25"),
        ("2026-10-24T23:30:00Z", "2026-10-25"),
    ],
)
def test_dates_as_people_and_systems_write_them(cell: str, day: str) -> None:
    (found,), _ = reading(csv_of(row(Day=cell)))
    assert found.happened == parse_when(day)


def test_every_row_in_error_is_named_and_the_others_are_read() -> None:
    content = csv_of(ROW, row(Record="2", Day="x", Share="y"), row(Record="3", Day="z"))
    rows, extract = reading(content)
    assert [one.number for one in rows] == [2]
    assert [(one.row, one.field) for one in extract.problems.kept] == [(3, "Day"), (3, "Share"), (4, "Day")]


def test_an_id_that_stands_twice_is_named_with_the_row_that_has_it() -> None:
    assert said(csv_of(ROW, row(Note="Other"))) == [
        "small.csv, row 3, Record: found “the same id as row 2”; allowed: an id of its own for each row"
    ]


def test_empty_rows_and_spare_columns_do_not_count() -> None:
    heading = (*HEADING, "Home address")
    rows, extract = reading(csv_of((*ROW, "1 High Street"), ("",) * 12, ("  ",) * 12, heading=heading))
    assert len(rows) == 1
    assert extract.problems.kept == []
    assert "High Street" not in repr(rows)


def test_columns_that_are_missing_or_stand_twice_are_named_and_nothing_is_read() -> None:
    heading = ("Record", "Record", *HEADING[2:])
    rows, extract = reading(csv_of(ROW, heading=heading))
    assert rows == []
    assert {(one.field, one.found) for one in extract.problems.kept} == {
        ("Record", "2 columns of this name"),
        ("Day", "no such column"),
    }


def test_a_row_that_is_too_long_or_unreadable_is_named() -> None:
    (problem,) = said(csv_of((*ROW, "spilt over")))
    assert "12 cells" in problem
    (problem,) = said(csv_of(ROW) + b'\r\n2,"open')
    assert "a row that cannot be read" in problem


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_a_file_without_anything_says_so(content: bytes) -> None:
    assert said(content)


def test_what_looks_like_a_formula_stays_text() -> None:
    evil = '=HYPERLINK("http://203.0.113.1","click")'
    (found,), _ = reading(csv_of(row(Note=evil, Last="+44 Larch")))
    assert found.text == f"Note: {evil}"
    assert found.people[0].family_name == "+44 Larch"


def test_somebodys_eighteenth_birthday_ends_childhood() -> None:
    rows, _ = reading(
        csv_of(row(Day="01/02/2026", Born="01/02/2008"), row(Record="2", Day="31/01/2026", Born="01/02/2008"))
    )
    assert [one.people[0].is_child for one in rows] == [False, True]
    assert [one.child_there for one in rows] == [False, True]


def test_somebody_of_unknown_age_may_be_a_child() -> None:
    (found,), _ = reading(csv_of(row(Born="")))
    assert not found.people[0].is_child
    assert found.child_there


def test_a_digest_changes_with_what_is_said_and_not_with_where_or_with_what_is_known_of_the_person() -> None:
    (first,), _ = reading(csv_of(ROW))
    (moved,), _ = reading(csv_of(("",) * 11, ROW))
    (renamed,), _ = reading(csv_of(row(First="Anne", Born="02/02/2018")))
    (changed,), _ = reading(csv_of(row(Letter="3")))
    assert first.digest == moved.digest == renamed.digest != changed.digest
    assert first.key == changed.key
    assert "P1" not in first.key


def test_nothing_has_happened_after_today_even_by_a_day() -> None:
    rows, extract = reading(csv_of(row(Day="01/11/2026"), row(Record="2", Day="02/11/2026")))
    assert [one.happened.last for one in rows] == [dt.date(2026, 11, 1)]
    assert [one.row for one in extract.problems.kept] == [3]
