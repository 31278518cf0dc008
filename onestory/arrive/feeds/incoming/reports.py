"""What a file of a feed came to, for whoever brought it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

WORDS = {
    "new": ("new entry", "new entries"),
    "changed": ("entry corrected", "entries corrected"),
    "unchanged": ("row unchanged", "rows unchanged"),
    "waiting": ("row waits until somebody says who it is about", "rows wait until somebody says who they are about"),
    "taken_back": (
        "entry taken back, gone from a complete extract",
        "entries taken back, gone from a complete extract",
    ),
    "left_out": ("row left out, as the mapping says", "rows left out, as the mapping says"),
    "people": ("person new to the agency’s records", "people new to the agency’s records"),
    "reports": ("report or piece of intelligence for the front door", "reports or intelligence for the front door"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is: what is being done, and with how many rows by now."""

    says: str
    rows: int


type Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What was brought in, or would be. ``counts`` as in WORDS; what is not counted did not happen."""

    feed: str
    version: int
    counts: Mapping[str, int]
    is_dry_run: bool = False

    @property
    def changes(self) -> bool:
        """Whether anything is, or would be, written."""
        return any(self.counts.get(name) for name in WORDS if name not in ("unchanged", "left_out"))

    def lines(self) -> list[str]:
        """The report for a reader."""
        said = [f"{self.feed}, by version {self.version} of its mapping:"]
        said += [f"  {line}" for line in count_lines(self.counts)] or ["  no rows"]
        return [*said, "Nothing was kept: this was a dry run."] if self.is_dry_run else said


def count_lines(counts: Mapping[str, int]) -> list[str]:
    """Every count in words, in the order of WORDS."""
    return [
        f"{counts[name]:,} {one if counts[name] == 1 else many}"
        for name, (one, many) in WORDS.items()
        if counts.get(name)
    ]
