"""The partnership's levels of need and what a decision can come to: data with an edition (D5). Pure.

A partnership changes ``levels.csv`` and ``outcomes.csv``, never the code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onestory.platform.history.vocabulary import DECISION_OUTCOMES

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Level:
    """One level of need. ``approval``: a manager approves ``always``, where it is closed (``closing``), or ``no``."""

    level: str
    label: str
    meaning: str
    approval: str
    edition: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision comes to: does it end the matter, does a manager approve it, what more does it ask for."""

    code: str
    label: str
    closes: bool
    approval: bool
    asks: str


@lru_cache(maxsize=1)
def levels() -> dict[str, Level]:
    """The levels by their number. Raises ValueError for an approval that is none."""
    with (FOLDER / "levels.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["level"]: Level(**row) for row in csv.DictReader(lines)}
    if any(one.approval not in ("no", "closing", "always") for one in found.values()):
        raise ValueError("levels.csv: approval is no, closing or always")
    return found


@lru_cache(maxsize=1)
def outcomes() -> dict[str, Outcome]:
    """The outcomes by their code, the gravest first. Raises ValueError for a code that the record does not know."""
    with (FOLDER / "outcomes.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["code"]: _outcome(row) for row in csv.DictReader(lines)}
    unknown = found.keys() - set(DECISION_OUTCOMES.split())
    if unknown:
        raise ValueError(f"outcomes.csv: no such outcome: {', '.join(sorted(unknown))}")
    return found


def _outcome(row: dict[str, str]) -> Outcome:
    return Outcome(row["code"], row["label"], row["closes"] == "yes", row["approval"] == "yes", row["asks"])


def needs_approval(level: str, outcome: str) -> bool:
    """Whether a manager has to approve this outcome at this level (D5)."""
    by_level, what = levels()[level].approval, outcomes()[outcome]
    return what.approval or by_level == "always" or (by_level == "closing" and what.closes)
