"""Files of persons as they arrive: badly saved, badly quoted, half right."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from onestory.arrive.matching.bulk.person_files import FileProblem, FileRow, read_persons
from onestory.arrive.matching.bulk.row_problems import MOST_KEPT, RowProblem, RowProblems

HEADING = b"record_id,given_name,surname,birth_date\n"


def read(tmp_path: Path, content: bytes) -> tuple[list[FileRow], list[str]]:
    file = tmp_path / "persons.csv"
    file.write_bytes(content)
    problems = RowProblems()
    return list(read_persons(file, problems)), list(problems.lines())


def names(rows: list[FileRow]) -> list[tuple[str, str, str]]:
    return [(row.record_id, row.person.given_shown, row.person.surname_shown) for row in rows]


@pytest.mark.parametrize(
    "content",
    [
        HEADING + b"1,Ann,Lee,2001-02-03\n",
        b"\xef\xbb\xbf" + HEADING + b"1,Ann,Lee,2001-02-03\n",
        HEADING.replace(b"\n", b"\r\n") + b"1,Ann,Lee,03/02/2001\r\n",
        HEADING.replace(b",", b";") + b"1;Ann;Lee;20010203\n",
        HEADING.replace(b",", b"\t") + b"1\tAnn\tLee\t20010203",
        b'"Record ID","Given-Name",Surname,"birth date"\n"1","Ann","Lee","2001-02-03"\n',
        HEADING + b"\n\n1,Ann,Lee,2001-02-03\n\n",
        HEADING + b"1,Ann,Lee,2001-02-03,,\n",
        b"record_id,notes,given_name,surname,birth_date\n1,seen,Ann,Lee,2001-02-03\n",
    ],
    ids=["plain", "BOM", "Windows", "semicolons", "tabs", "quoted", "blank", "trailing", "other columns"],
)
def test_one_row_in_many_dresses(tmp_path: Path, content: bytes) -> None:
    rows, problems = read(tmp_path, content)
    assert names(rows) == [("1", "Ann", "Lee")]
    assert rows[0].person.born == "20010203"
    assert problems == []


def test_quoted_fields_hold_commas_marks_and_lines(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, HEADING + b'1,"Ann, ""Annie""","Lee\nMay",2001-02-03\n2,Bo,Hill,2002-02-03\n')
    assert names(rows) == [("1", 'Ann, "Annie"', "Lee\nMay"), ("2", "Bo", "Hill")]
    assert problems == []


def test_a_mark_inside_a_word_is_only_a_mark(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, HEADING + b'1,Ann,O"Lee,2001-02-03\n2,Bo,Hill,2002-02-03\n')
    assert names(rows) == [("1", "Ann", 'O"Lee'), ("2", "Bo", "Hill")]
    assert problems == []


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    many = b"".join(b"%d,Bo,Hill,2002-02-03\n" % number for number in range(2, 60))
    rows, problems = read(tmp_path, HEADING + b'1,"Ann,Lee,2001-02-03\n' + many)
    assert [row.record_id for row in rows] == [str(number) for number in range(2, 60)]
    assert [row.row for row in rows] == list(range(3, 61))
    assert problems == [
        'persons.csv, row 2: found “1,"Ann,Lee,2001-02-03”; allowed: a quotation mark that is closed again'
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"2,Bo,Hill", "persons.csv, row 3: found “3 fields”; allowed: 4 fields, as in the heading"),
        (b"2,Bo,Hill,2002-02-03,x", "persons.csv, row 3: found “5 fields”; allowed: 4 fields, as in the heading"),
        (b" ,Bo,Hill,2002-02-03", "persons.csv, row 3, record_id: found “”; allowed: an id; the row is left out"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(tmp_path: Path, line: bytes, problem: str) -> None:
    rows, problems = read(tmp_path, HEADING + b"1,Ann,Lee,2001-02-03\n" + line + b"\n3,Cy,Moss,2003-02-03\n")
    assert [row.record_id for row in rows] == ["1", "3"]
    assert problems == [problem]


def test_a_value_that_is_not_allowed_is_named_and_the_row_used(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, HEADING + b"1,Ann,Lee,31/02/2001\n")
    assert names(rows) == [("1", "Ann", "Lee")]
    assert problems == ["persons.csv, row 2, birth_date: found “31/02/2001”; allowed: a day that the calendar has"]


def test_bytes_that_are_not_utf_8_are_read_as_windows_wrote_them(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, HEADING + "1,José,Lee,2001-02-03\n".encode("cp1252") + "2,Zoë,Hill,\n".encode())
    assert names(rows) == [("1", "José", "Lee"), ("2", "Zoë", "Hill")]
    assert problems == ["persons.csv, row 2, given_name: found “José”; allowed: UTF-8; it was read as Windows-1252"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        ("record_id,surname\n1,Lee\n".encode("utf-16"), "not a text file in UTF-8"),
        (b"PK\x03\x04\x00\x00", "not a text file in UTF-8"),
        (b"id,surname\n1,Lee\n", "the heading has no record_id; found: id, surname; allowed: record_id, given_name"),
        (b"record_id,shoe_size\n1,7\n", "at least one is needed of: given_name"),
        (b"record_id,surname,Surname\n1,Lee,Lee\n", "names surname more than once"),
    ],
)
def test_a_file_that_cannot_be_linked_at_all(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        read(tmp_path, content)


def test_problems_beyond_what_can_be_shown_are_counted_and_listed() -> None:
    everything = io.StringIO()
    problems = RowProblems(everything)
    for row in range(MOST_KEPT + 5):
        problems.add(RowProblem("a.csv", row + 2, "sex", "Q\x00" + "x" * 100, "female"))
    lines = list(problems.lines())
    assert problems.count == MOST_KEPT + 5
    assert len(lines) == MOST_KEPT + 1
    assert lines[-1] == "… and 5 more."
    assert lines[0].startswith("a.csv, row 2, sex: found “Q\\x00xxx")
    assert lines[0].endswith("x…”; allowed: female")
    assert len(everything.getvalue().splitlines()) == MOST_KEPT + 6
