"""A directory as CSV: all of it right, or every error with file, row, field, what was found, what is allowed."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from typing import Any

from onestory.arrive.feeds.extracts.problems import Problems
from onestory.help.services.directory import FIELDS, TEAM, NotAllowed, problems_between

NEEDED = tuple(field.name for field in FIELDS if field.required)
COLUMNS = (*(field.name for field in FIELDS), TEAM)


def read_directory(content: bytes, *, file: str, teams: Collection[str]) -> list[dict[str, Any]]:
    """The services that a file tells of, by field. ``teams``: the names by which a team may be given.

    Raises ExtractProblems with everything that is wrong with it.
    """
    problems = Problems(file)
    rows = _rows(content, problems)
    told = [_read(number, row, problems, teams) for number, row in enumerate(rows, start=2)]
    _twice(told, problems)
    problems.raise_any()
    return told


def _rows(content: bytes, problems: Problems) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add(0, "", "bytes that are no UTF-8", "a CSV file saved as UTF-8")
        return []
    if "\0" in text:
        problems.add(0, "", "bytes that are no text", "a CSV file saved as UTF-8")
        return []
    sheet = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [line for line in sheet if any(cell.strip() for cell in line)]
    except csv.Error as error:
        problems.add(sheet.line_num, "", str(error), "rows with their cells between commas, text in quotation marks")
        return []
    if not lines:
        problems.add(0, "", "nothing", f"a first row with the names of the columns: {', '.join(NEEDED)}")
        return []
    heading = [cell.strip().lower() for cell in lines[0]]
    if not _heading_is_right(heading, problems):
        return []
    return [_row(number, heading, line, problems) for number, line in enumerate(lines[1:], start=2)]


def _heading_is_right(heading: list[str], problems: Problems) -> bool:
    before = problems.count
    for name in NEEDED:
        if name not in heading:
            problems.add(1, name, "no such column", f"the columns {', '.join(NEEDED)}")
    for name in heading:
        if name not in COLUMNS:
            problems.add(1, name, name, f"one of {', '.join(COLUMNS)}")
        elif heading.count(name) > 1:
            problems.add(1, name, "the column more than once", "each column once")
    return problems.count == before


def _row(number: int, heading: list[str], line: list[str], problems: Problems) -> dict[str, str]:
    if len(line) != len(heading):
        problems.add(number, "", f"{len(line)} cells", f"{len(heading)} cells, as in the first row")
    return dict(zip(heading, line, strict=False))


def _read(number: int, row: dict[str, str], problems: Problems, teams: Collection[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in FIELDS:
        text = row.get(field.name, "")
        try:
            told[field.name] = field.value(text)
        except NotAllowed as error:
            problems.add(number, field.name, text.strip() or "nothing", str(error))
    for name, found, allowed in problems_between(told):
        problems.add(number, name, found, allowed)
    team = row.get(TEAM, "").strip()
    if team and team not in teams:
        problems.add(number, TEAM, team, f"nothing, or a team of the program: {', '.join(sorted(teams)) or 'none'}")
    return told | {TEAM: team}


def _twice(told: list[dict[str, Any]], problems: Problems) -> None:
    seen: dict[tuple[Any, Any], int] = {}
    for number, one in enumerate(told, start=2):
        name = (one.get("organization.name"), one.get("service.name"))
        if None not in name and name in seen:
            problems.add(number, "service.name", str(name[1]), f"a service once; it stands in row {seen[name]} already")
        seen.setdefault(name, number)
