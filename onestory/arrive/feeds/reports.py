"""What an import did, for whoever started it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ADDED, SUPERSEDED, WITHDRAWN, KEPT = "added", "superseded", "withdrawn", "kept"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a source that an import added, superseded, withdrew, or kept although the file no longer has it."""

    sort: str
    key: str
    what: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.sort} {self.key}: {self.what}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file brought. ``is_new``: its history was not known before."""

    path: Path
    title: str
    area: str
    is_new: bool
    changes: tuple[Change, ...] = field(default=())
    not_yet: int = 0
    """Entries that were left for later, because they were known only after the day that was asked for."""

    def lines(self) -> list[str]:
        """This file's report: of a new history the numbers, of a known one every change by its id."""
        name = f"{self.title}, {self.area}"
        later = [f"  left for later: {_several(self.not_yet, 'entry')}"] if self.not_yet else []
        if not self.changes:
            return [f"{name}: nothing new", *later]
        if self.is_new:
            return [f"{name}: new, with {self._numbers()}", *later]
        return [f"{name}: changed", *self._added(), *self._others(), *later]

    def _added(self) -> Iterator[str]:
        keys: dict[str, list[str]] = {}
        for change in self.changes:
            if change.what == ADDED:
                keys.setdefault(change.sort, []).append(change.key)
        return (
            f"  {_plural(sort) if len(named) > 1 else sort} {', '.join(named)}: added" for sort, named in keys.items()
        )

    def _others(self) -> Iterator[str]:
        return (f"  {change}" for change in self.changes if change.what != ADDED)

    def _numbers(self) -> str:
        counted = Counter(change.sort for change in self.changes)
        return ", ".join(_several(number, sort) for sort, number in counted.items())


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, file by file. ``is_dry_run``: nothing of it was kept."""

    files: tuple[FileReport, ...]
    is_dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was, or would have been, written."""
        return any(file.changes for file in self.files)

    def lines(self) -> list[str]:
        """The whole report for a reader."""
        said = [line for file in self.files for line in file.lines()]
        return [*said, "Nothing was kept: this was a dry run."] if self.is_dry_run else said


_PLURALS = {"person": "people", "agency": "agencies", "entry": "entries"}


def _several(number: int, sort: str) -> str:
    return f"{number} {sort if number == 1 else _plural(sort)}"


def _plural(sort: str) -> str:
    return _PLURALS.get(sort, f"{sort}s")
