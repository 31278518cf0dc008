"""Lines of an Excel workbook (.xlsx), one after the other. Macros, old formats and formulas are not taken."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from onestory.arrive.feeds.extracts.cells import Cell, NotThat, text_of
from onestory.arrive.feeds.extracts.headings import Headings
from onestory.arrive.feeds.extracts.mapping import Mapping
from onestory.arrive.feeds.extracts.problems import Problems
from onestory.arrive.feeds.extracts.rows import Line

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_UNPACKED = 400_000_000
"""Bytes that a workbook may hold when it is unpacked."""
LARGEST_STRINGS = 100_000_000
MOST_COLUMNS = 500
_WORKBOOK = "a workbook saved as .xlsx"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="[A-Z]+\d+:[A-Z]+(\d+)"')
_PORTION = 1 << 20


def excel_lines(file: BinaryIO, mapping: Mapping, problems: Problems) -> Iterator[Line]:
    """The lines with something in them. What is wrong with the file as a whole is noted and ends it."""
    if not _is_a_safe_workbook(file, problems):
        return
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception:  # whatever a crafted file makes the reader stumble over
        problems.add(0, "", "a file that is no workbook", _WORKBOOK)
        return
    try:
        yield from _lines(workbook, file, mapping, problems)
    except Exception as error:
        if type(error).__module__.startswith("onestory"):
            raise
        problems.add(0, "", "a sheet that cannot be read", _WORKBOOK)
    finally:
        workbook.close()


def _is_a_safe_workbook(file: BinaryIO, problems: Problems) -> bool:
    """Whether it is a package of the right sort that does not unpack to more than a machine holds."""
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        problems.add(0, "", "an old or a protected workbook", _WORKBOOK + ", without a password")
        return False
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            broken = None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        parts, broken = [], error
    file.seek(0)
    names = {part.filename for part in parts}
    if broken or "xl/workbook.xml" not in names:
        problems.add(0, "", "a file that is no workbook", _WORKBOOK)
        return False
    if any("vbaproject" in name.lower() for name in names):
        problems.add(0, "", "a workbook with macros", f"{_WORKBOOK}, without macros")
        return False
    size = sum(part.file_size for part in parts)
    strings = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    if size > LARGEST_UNPACKED or strings > LARGEST_STRINGS:
        problems.add(0, "", f"a workbook of {size // 1_000_000} megabytes", "a smaller one; split it")
        return False
    return True


def _lines(workbook: Workbook, file: BinaryIO, mapping: Mapping, problems: Problems) -> Iterator[Line]:
    sheet = _sheet(workbook, mapping, problems)
    if sheet is None or _has_merged_cells(workbook, sheet, file, mapping, problems):
        return
    from_1904 = workbook.epoch.year == 1904
    sheet.reset_dimensions()  # what the file says of its own size need not be so
    headings: Headings | None = None
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        number = next((cell.row for cell in row if getattr(cell, "row", None)), number)
        if number < mapping.file.heading_row:
            continue
        cells = [_cell(one, from_1904) for one in row]
        if headings is None:
            headings = Headings([_heading(cell) for cell in cells], mapping, problems, number)
            if not headings.are_right:
                return
            continue
        line = Line(number, headings.cells(cells))
        if not line.is_empty:
            yield line
    if headings is None:
        problems.add(0, "", "an empty sheet", f"a heading in row {mapping.file.heading_row}")


def _sheet(workbook: Workbook, mapping: Mapping, problems: Problems) -> Any:
    name = mapping.file.sheet
    if name and name not in workbook.sheetnames:
        problems.add(0, "", f"sheets {', '.join(workbook.sheetnames[:20])}", f"a sheet named {name}")
        return None
    sheet = workbook[name] if name else next(iter(workbook.worksheets), None)
    if sheet is None or not hasattr(sheet, "iter_rows"):
        problems.add(0, "", "no sheet with rows", _WORKBOOK)
        return None
    return sheet


def _has_merged_cells(workbook: Workbook, sheet: Any, file: BinaryIO, mapping: Mapping, problems: Problems) -> bool:
    """Whether rows under the heading share cells: then a value stands in one of them only, and would be lost."""
    path = str(sheet._worksheet_path).lstrip("/")
    rows = set()
    with workbook._archive.open(path) as part:  # type: ignore[attr-defined]
        rest = b""
        while portion := part.read(_PORTION):
            rows |= {int(last) for last in _MERGED.findall(rest + portion)}
            rest = portion[-200:]
    below = sorted(row for row in rows if row > mapping.file.heading_row)
    if below:
        problems.add(below[0], "", "merged cells", "one cell for each value; undo merging before the extract is saved")
    return bool(below)


def _cell(cell: Any, from_1904: bool) -> Cell:
    is_formula = getattr(cell, "data_type", "") == "f"
    if getattr(cell, "data_type", "") == "e":  # an error such as #N/A is text that no column allows
        return Cell(str(cell.value))
    shown_as = str(getattr(cell, "number_format", "") or "")
    value = cell.value if not is_formula else None
    if not isinstance(value, str | int | float | bool | type(None)) and not hasattr(value, "isoformat"):
        value = str(value)
    return Cell(value if not is_formula else "a formula", "%" in shown_as, is_formula, from_1904)


def _heading(cell: Cell) -> str:
    try:
        return text_of(cell)
    except NotThat:
        return ""
