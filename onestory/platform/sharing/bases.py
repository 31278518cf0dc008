"""The lawful bases of sharing, in plain words and in law, read from the list beside this file. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).with_name("lawful_bases.csv")
DUTY = "duty_2026"
"""The basis that counts only from the day on which the duty to disclose is in force."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis: what it says to a parent, the law with its date, and of which edition of the list it is."""

    code: str
    words: str
    law: str
    edition: str


@lru_cache(maxsize=1)
def bases() -> dict[str, Basis]:
    """Every basis by its code. A change of the list is reviewed like code; a lawyer and a Caldicott Guardian decide."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Basis(**row) for row in csv.DictReader(lines)}


def basis_of(code: str) -> Basis:
    """One basis. Raises KeyError for a code that is not on the list."""
    return bases()[code]
