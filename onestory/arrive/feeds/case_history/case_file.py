"""What a case history file holds once it has been read without a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from onestory.arrive.feeds.case_history.digests import digest_of_file, digests_of_records
from onestory.platform.history.dates import When
from onestory.platform.history.record import History

FORMAT = "1"


@dataclass(frozen=True, slots=True)
class ExpectedPoint:
    """What a published review says should have been noticed, by when and on the strength of which entries.

    For measuring only; no rule reads it.
    """

    by: When
    what: str
    rests_on: tuple[str, ...]
    about: tuple[str, ...] = ()
    ref: str = ""
    theme: str = ""
    basis: str = ""
    min_response: str = ""
    earliest_signal: str = ""


@dataclass(frozen=True)
class CaseFile:
    """One file, checked and complete. ``history`` keeps the file's order, entries that were never known included."""

    path: Path
    history: History
    expected: tuple[ExpectedPoint, ...] = ()
    acceptable_notices: tuple[str, ...] = ()
    published: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: the same for two files that differ only in layout, comments or the order of keys."""
        return digest_of_file(self)

    @cached_property
    def record_digests(self) -> dict[tuple[str, str], str]:
        """The digest of every record, by what it is and its key: ``("entry", "e12")``.

        The kinds are person, relationship, agency and entry. Comparing two files' digests tells which
        records a changed file adds, changes or leaves out.
        """
        return digests_of_records(self.history)
