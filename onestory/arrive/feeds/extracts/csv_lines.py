"""Lines of a CSV file, one after the other, never the whole of it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from onestory.arrive.feeds.extracts.cells import Cell, folded
from onestory.arrive.feeds.extracts.headings import Headings
from onestory.arrive.feeds.extracts.mapping import DELIMITERS, Mapping
from onestory.arrive.feeds.extracts.problems import Problems
from onestory.arrive.feeds.extracts.rows import Line

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ("utf_8", "utf_8_sig")),
    (codecs.BOM_UTF16_LE, "utf-16", ("utf_16", "utf_16_le", "utf_16_be")),
    (codecs.BOM_UTF16_BE, "utf-16", ("utf_16", "utf_16_le", "utf_16_be")),
)
_READ_AT_FIRST = 64 * 1024


def csv_lines(file: BinaryIO, mapping: Mapping, problems: Problems) -> Iterator[Line]:
    """The lines with something in them. What is wrong with the file as a whole is noted and ends it."""
    encoding = _encoding(file, mapping, problems)
    if encoding is None:
        return
    delimiter = mapping.file.delimiter or _delimiter(file, encoding, mapping)
    wrapped = io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    number = 0
    try:
        headings: Headings | None = None
        for number, row in enumerate(csv.reader(wrapped, delimiter=delimiter, strict=True), start=1):
            if number < mapping.file.heading_row:
                continue
            if headings is None:
                headings = Headings(row, mapping, problems, number)
                if not headings.are_right:
                    return
                continue
            line = Line(number, headings.cells([Cell(text) for text in row]))
            if not any(text.strip() for text in row):
                continue
            if len(row) > headings.width and any(text.strip() for text in row[headings.width :]):
                problems.add(number, "", f"{len(row)} cells", f"{headings.width}, as the heading has")
                continue
            yield line
        if headings is None:
            problems.add(0, "", "an empty file", f"a heading in row {mapping.file.heading_row}")
    except UnicodeDecodeError as error:
        found = f"bytes that are not {mapping.file.encoding} ({error.object[error.start : error.start + 4].hex(' ')})"
        problems.add(number + 1, "", found, f"text in {mapping.file.encoding}, as the mapping says")
    except csv.Error as error:
        problems.add(number + 1, "", f"a row that cannot be read ({error})", "CSV, with quotation marks in pairs")
    finally:
        wrapped.detach()


def _encoding(file: BinaryIO, mapping: Mapping, problems: Problems) -> str | None:
    """The encoding to read with; None, with a problem noted, where the file says that it is another one."""
    start = file.read(4)
    file.seek(0)
    asked = codecs.lookup(mapping.file.encoding).name.replace("-", "_")
    for mark, encoding, fitting in _MARKS:
        if start.startswith(mark):
            if encoding == "utf-8-sig" or asked in fitting:
                return encoding
            problems.add(0, "", f"a file in {encoding.upper()}", f"{mapping.file.encoding}, as the mapping says")
            return None
    if start.startswith(b"PK\x03\x04") or start.startswith(b"\xd0\xcf\x11\xe0"):
        problems.add(0, "", "an Excel workbook", "CSV, as the mapping says")
        return None
    return mapping.file.encoding


def _delimiter(file: BinaryIO, encoding: str, mapping: Mapping) -> str:
    """Of the usual ones the one under which most of the headings stand apart."""
    start = file.read(_READ_AT_FIRST).decode(encoding, errors="replace")
    file.seek(0)
    lines = start.splitlines()[mapping.file.heading_row - 1 : mapping.file.heading_row]
    wanted = {folded(name) for name in mapping.needed()}

    def found(delimiter: str) -> int:
        cells = next(iter(csv.reader(lines, delimiter=delimiter)), [])
        return len({folded(cell) for cell in cells} & wanted)

    return max(DELIMITERS, key=found)
