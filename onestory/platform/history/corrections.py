"""Which rows of a chronology count, where some correct or take back others. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID


class CorrectableRow(Protocol):
    """What is read of an entry's row."""

    id: UUID
    known_on: dt.date | None
    supersedes_id: UUID | None
    withdrawn: bool
    from_the_start: bool


class Corrections:
    """The rows of entries by what corrects what.

    A row is *kept* unless what corrects it was known on the same day or earlier, or holds from the start: then it never
    stood on record by itself. A row that takes another one back is kept with it.
    """

    def __init__(self, rows: Iterable[CorrectableRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self._by = {row.supersedes_id: row.id for row in self._rows.values() if row.supersedes_id}
        self._kept: set[UUID] = set()
        for row in self._rows.values():
            if row.id not in self._by:
                self._walk_back_from(row)

    def _walk_back_from(self, last: CorrectableRow) -> None:
        """Decide for a chain of corrections, the last word first."""
        earliest, row, before = last.known_on, last, []
        while row.supersedes_id in self._rows and not row.from_the_start:
            row = self._rows[row.supersedes_id]
            if row.known_on and earliest and row.known_on < earliest:
                before.append(row.id)
                earliest = row.known_on
        self._kept.update(before)
        if before or not last.withdrawn:
            self._kept.add(last.id)

    def keeps(self, entry_id: UUID) -> bool:
        """Whether the row is part of the history."""
        return entry_id in self._kept

    def supersedes(self, row: CorrectableRow) -> UUID | None:
        """The kept row that this one takes the place of."""
        earlier = row.supersedes_id
        while earlier is not None and earlier not in self._kept:
            earlier = self._rows[earlier].supersedes_id if earlier in self._rows else None
        return earlier

    def first(self, entry_id: UUID) -> UUID:
        """The row with which the chain of corrections began."""
        while (row := self._rows.get(entry_id)) and row.supersedes_id:
            entry_id = row.supersedes_id
        return entry_id

    def now(self, entry_id: UUID) -> UUID | None:
        """The kept row that a reference to the entry means; None: it was taken back. An unknown id means itself."""
        while entry_id not in self._kept and entry_id in self._by:
            entry_id = self._by[entry_id]
        row = self._rows.get(entry_id)
        return None if row is not None and row.withdrawn else entry_id
