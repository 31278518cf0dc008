"""What a service is for, what can come of it and why help was not to be had: lists that a partnership changes. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ServiceType:
    """What a service is for. ``result``: a test or a course; ``factor``: what an adverse test tells of."""

    code: str
    words: str
    result: str
    factor: str
    restricted: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. ``done``: what the plan asked for is done; ``adverse``: a need or risk was found."""

    code: str
    words: str
    of: str
    done: bool
    adverse: bool


@dataclass(frozen=True, slots=True)
class GapSort:
    """Why help was not to be had, as a choice and as a sentence."""

    code: str
    words: str
    sentence: str


@lru_cache(maxsize=1)
def service_types() -> dict[str, ServiceType]:
    """Every type by its code, in the order of the list."""
    return {row["code"]: ServiceType(**row) for row in _rows("types.csv")}


@lru_cache(maxsize=1)
def results() -> dict[str, Result]:
    """Every result by its code."""
    return {
        row["code"]: Result(row["code"], row["words"], row["of"], bool(row["done"]), bool(row["adverse"]))
        for row in _rows("results.csv")
    }


@lru_cache(maxsize=1)
def gap_sorts() -> dict[str, GapSort]:
    """Every reason by its code."""
    return {row["code"]: GapSort(**row) for row in _rows("gap_sorts.csv")}


def type_words(code: str) -> str:
    """A type in words; one that a partnership has taken off its list, as its code reads."""
    known = service_types().get(code)
    return known.words if known else code.replace("_", " ").capitalize()


def results_of(code: str) -> list[Result]:
    """What can come of a service of this type."""
    sort = service_types()[code].result if code in service_types() else "course"
    return [one for one in results().values() if one.of == sort]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
