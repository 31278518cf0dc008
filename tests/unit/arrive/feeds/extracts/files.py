"""Small extracts and mappings for tests."""

from __future__ import annotations

import copy
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from onestory.arrive.feeds.extracts import Extract, ExtractRow, Mapping, read_extract, read_mapping

MAPPINGS = Path(__file__).resolve().parents[5] / "onestory" / "arrive" / "feeds" / "mappings"
TODAY = dt.date(2026, 11, 1)
HEADING = ("Record", "Day", "Share", "Letter", "Came", "Note", "Number", "First", "Last", "Born", "NHS")
ROW = ("1", "05/06/2026", "12.5", "2", "yes", "Sent home.", "P1", "Ann", "Larch", "01/02/2018", "")
PLAIN: dict[str, Any] = yaml.load(
    """
format: 1
title: Small
file: {sort: csv, encoding: utf-8}
id: [Record]
always: {kind: absence, factors: [attendance]}
fields:
  happened: {column: Day, dates: [day/month/year, year-month-day, day month year, instant, serial]}
  sessions_percent: {column: Share, optional: true}
  letter: {column: Letter, optional: true}
  text: [{column: Note, before: "Note: ", optional: true}]
people:
  - who: pupil
    child: by age
    number: Number
    given_name: First
    family_name: Last
    born: {column: Born, dates: [day/month/year], optional: true}
    nhs_number: {column: NHS, optional: true}
    seen: {column: Came, optional: true}
""",
    Loader=yaml.BaseLoader,
)


def mapping(**changes: Any) -> Mapping:
    """The small mapping, with some of its parts otherwise."""
    return read_mapping({**copy.deepcopy(PLAIN), **changes})


def sheet_mapping(**changes: Any) -> Mapping:
    return mapping(file={"sort": "xlsx", **changes})


def csv_of(
    *rows: Sequence[str], heading: Sequence[str] = HEADING, encoding: str = "utf-8", delimiter: str = ","
) -> bytes:
    lines = [delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in (heading, *rows)]
    return "\r\n".join(lines).encode(encoding)


def row(**cells: str) -> tuple[str, ...]:
    """The usual row with some cells otherwise."""
    return tuple(cells.get(name, cell) for name, cell in zip(HEADING, ROW, strict=True))


def workbook_of(*rows: Sequence[Any], heading: Sequence[str] = HEADING, change: Any = None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for one in (heading, *rows):
        sheet.append(list(one))
    if change:
        change(workbook, sheet)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def reading(content: bytes, asked: Mapping | None = None, name: str = "small.csv") -> tuple[list[ExtractRow], Extract]:
    extract = read_extract(io.BytesIO(content), name=name, mapping=asked or mapping(), today=TODAY)
    return list(extract), extract


def said(content: bytes, asked: Mapping | None = None) -> list[str]:
    """What is wrong with a file, in words."""
    return [str(one) for one in reading(content, asked)[1].problems.kept]
