"""CSV files of persons, read row by row and leniently: one bad row is named and costs no other row anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onestory.arrive.matching.bulk.row_problems import RowProblem, RowProblems
from onestory.arrive.matching.comparing.person import FIELDS, Person, person_from

ID = "record_id"
_MOST_LINES_IN_A_ROW = 20
_LOOKED_AT_FOR_ZEROS = 4_096
_ESCAPED = re.compile("[\udc80-\udcff]")


class FileProblem(Exception):
    """A file that cannot be linked at all; the message says what is wrong and what is allowed."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One person of a file."""

    row: int
    record_id: str
    person: Person


def read_persons(path: Path, problems: RowProblems) -> Iterator[FileRow]:
    """Read a file's persons one after another; what cannot be taken as it stands goes to ``problems``.

    A row that cannot be told apart into fields, or has no id, is left out. A value that its field does not allow is
    named and the rest of the row is used. Bytes that are not UTF-8 are read as Windows wrote them, and named.
    FileProblem where the file is no such file at all.
    """
    _refuse_other_encodings(path)
    with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        rows = _rows(lines, path.name, problems)
        heading = next(rows, None)
        if heading is None:
            raise FileProblem(
                f"{path.name}: the file is empty; a heading is needed with {ID} and any of: {', '.join(FIELDS)}."
            )
        delimiter = _delimiter(heading[1])
        columns = _columns(path.name, _fields(heading[1], delimiter), problems)
        for number, text in rows:
            if text.strip():
                escaped = bool(_ESCAPED.search(text))
                row = _row(path.name, number, _fields(text, delimiter), columns, problems, escaped)
                if row:
                    yield row


def _refuse_other_encodings(path: Path) -> None:
    with open(path, "rb") as file:
        start = file.read(_LOOKED_AT_FOR_ZEROS)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start:
        raise FileProblem(
            f"{path.name}: this is not a text file in UTF-8 (it may be UTF-16 or a spreadsheet); save it as CSV UTF-8."
        )


def _rows(lines: Iterator[str], file: str, problems: RowProblems) -> Iterator[tuple[int, str]]:
    """The rows with their numbers; a quoted field may hold line ends. A mark that is never closed costs one row."""
    number = 0
    waiting: list[str] = []
    lines = iter(lines)
    while (line := waiting.pop(0) if waiting else next(lines, None)) is not None:
        number += 1
        taken = [line]
        while _is_open("".join(taken)) and len(taken) <= _MOST_LINES_IN_A_ROW:
            more = waiting.pop(0) if waiting else next(lines, None)
            if more is None:
                break
            taken.append(more)
        if _is_open("".join(taken)):
            problems.add(RowProblem(file, number, "", line.rstrip("\r\n"), "a quotation mark that is closed again"))
            waiting = taken[1:] + waiting
        else:
            yield number, "".join(taken).rstrip("\r\n")


_QUOTED = re.compile(r'(?:^|(?<=[,;\t]))"(?:[^"]|"")*"(?=[,;\t\r\n]|$)')
_OPENING = re.compile(r'(?:^|[,;\t])"')


def _is_open(text: str) -> bool:
    return '"' in text and bool(_OPENING.search(_QUOTED.sub("", text)))


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _fields(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text.replace("\0", "")], delimiter=delimiter), [])


def _columns(file: str, names: list[str], problems: RowProblems) -> list[str]:
    columns = [re.sub(r"[\s\-]+", "_", name.strip().casefold()) for name in names]
    known = [column for column in columns if column == ID or column in FIELDS]
    if ID not in known:
        raise FileProblem(
            f"{file}: the heading has no {ID}; found: {', '.join(columns)}; allowed: {ID}, {', '.join(FIELDS)}."
        )
    if len(known) == 1:
        raise FileProblem(f"{file}: the heading has only {ID}; at least one is needed of: {', '.join(FIELDS)}.")
    twice = sorted({column for column in known if known.count(column) > 1})
    if twice:
        raise FileProblem(f"{file}: the heading names {', '.join(twice)} more than once.")
    if unused := [column for column in columns if column and column not in known]:
        problems.note(f"{file}: columns not used: {', '.join(unused)}.")
    return columns


def _row(
    file: str, number: int, values: list[str], columns: list[str], problems: RowProblems, escaped: bool
) -> FileRow | None:
    while len(values) > len(columns) and not values[-1].strip():
        values.pop()
    if len(values) != len(columns):
        problems.add(RowProblem(file, number, "", f"{len(values)} fields", f"{len(columns)} fields, as in the heading"))
        return None
    record = dict(zip(columns, values, strict=True))
    for field, value in list(record.items()) if escaped else ():
        if _ESCAPED.search(value):
            record[field] = _as_windows_wrote(value)
            problems.add(RowProblem(file, number, field, record[field], "UTF-8; it was read as Windows-1252"))
    record_id = record[ID].strip()
    if not record_id:
        problems.add(RowProblem(file, number, ID, "", "an id; the row is left out"))
        return None
    person, doubts = person_from(record)
    for doubt in doubts:
        problems.add(RowProblem(file, number, doubt.field, doubt.found, doubt.allowed))
    return FileRow(number, record_id, person)


def _as_windows_wrote(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
