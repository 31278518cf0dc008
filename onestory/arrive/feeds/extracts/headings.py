"""The heading of a file: which mapped column stands where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Pairs
from collections.abc import Sequence

from onestory.arrive.feeds.extracts.cells import Cell, folded
from onestory.arrive.feeds.extracts.mapping import Mapping
from onestory.arrive.feeds.extracts.problems import Problems

_NOTHING = Cell(None)


class Headings:
    """Where the columns of a mapping stand. Columns that the mapping does not name are never looked at."""

    def __init__(self, row: Sequence[str], mapping: Mapping, problems: Problems, number: int) -> None:
        named = [folded(cell) for cell in row]
        times = Counter(named)
        before = problems.count
        for column in mapping.needed():
            if times[folded(column)] != 1:
                found = f"{times[folded(column)]} columns of this name" if times[folded(column)] else "no such column"
                problems.add(number, column, found, "one column of this name")
        self.are_right = problems.count == before
        self.width = len(row)
        self._places = {column: named.index(folded(column)) for column in mapping.needed() if folded(column) in times}

    def cells(self, row: Sequence[Cell]) -> Pairs[str, Cell]:
        """The cells of the mapped columns; one that the row is too short for is empty."""
        return {column: row[place] if place < len(row) else _NOTHING for column, place in self._places.items()}
