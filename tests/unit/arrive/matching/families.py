"""Invented British families as several agencies might hold them; who is who is known, so that linking can be judged.

`families.csv`: nobody in it exists, NHS numbers are of the range for demonstrations. Of each person the first record is
the health service's, with its number; a child's second is a school's, with a pupil number; others have none.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("families.csv")
NUMBERS = ("nhs_number", "upn")

Record = dict[str, str]


@cache
def records() -> tuple[Record, ...]:
    """Every record, with the key of its ``person`` and the kind of ``family``."""
    with open(FILE, encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def true_pairs(found: Iterable[Record]) -> set[tuple[str, str]]:
    """Every two records of one person, by their ids."""
    ids: dict[str, list[str]] = {}
    for record in found:
        ids.setdefault(record["person"], []).append(record["record_id"])
    return {pair for held in ids.values() for pair in itertools.combinations(sorted(held), 2)}


def written(path: Path, found: Iterable[Record], leave_out: Iterable[str] = ()) -> Path:
    """The records as a file to link, without who they are and without the columns to leave out."""
    columns = [name for name in records()[0] if name not in {"family", "person", *leave_out}]
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(found)
    return path
