"""How urgent a check can be, and by which clock it is then due: read from ``bands.csv``. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onestory.platform.deadlines import clock

LIST = Path(__file__).with_name("bands.csv")


@dataclass(frozen=True, slots=True)
class Band:
    """How urgent, in words; and the clock."""

    sort: str
    code: str
    words: str
    clock: str

    def choice(self) -> str:
        """As somebody who asks reads it: ``A child may be at risk now (4 working hours)``."""
        return f"{self.words} ({clock(self.clock).words()})"


@lru_cache(maxsize=1)
def bands() -> tuple[Band, ...]:
    """Every band, the most urgent of each sort first."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return tuple(Band(**row) for row in csv.DictReader(lines))


def band_of(sort: str, code: str) -> Band:
    """The band of this sort and code. Raises KeyError."""
    for band in bands():
        if (band.sort, band.code) == (sort, code):
            return band
    raise KeyError(f"{sort} {code}")
