"""The domains of a child's life by which a plan is written. A partnership changes ``domains.csv``, never the code."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("domains.csv")


@dataclass(frozen=True, slots=True)
class Domain:
    """One part of a child's life: its code, its words, and the group under which it is shown."""

    code: str
    label: str
    group: str


@lru_cache(maxsize=1)
def domains() -> dict[str, Domain]:
    """Every domain by its code, in the order in which they are shown."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Domain(**row) for row in csv.DictReader(lines)}


def domain_words(code: str) -> str:
    """A domain in words; one that is no longer in the table, as it was written."""
    found = domains().get(code)
    return found.label if found else code
