"""Kinds of notice, the steps by which one is taken further, who is a manager: read from the tables beside this file.

A partnership changes the tables, never the code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ASKS = ("note", "acknowledge", "answer")


class UnknownKind(LookupError):
    """No notice of this kind is laid down in kinds.csv."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind: its words, by which clocks it is to be acknowledged and then taken further, and what it asks.

    ``acknowledge`` and ``escalates`` name clocks; without them nobody is chased. ``asks``: to be noted, acknowledged,
    or answered on a page of its own. ``email``: whether a letter with a link and nothing else goes out too.
    """

    code: str
    label: str
    tone: str
    acknowledge: str
    escalates: str
    email: bool
    asks: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step by which a notice that nobody acknowledged is taken further, and in words to whom."""

    number: int
    to: str
    words: str


@lru_cache(maxsize=1)
def kinds() -> dict[str, NoticeKind]:
    """Every kind of notice, by code."""
    return {row["code"]: _read(row) for row in _rows("kinds.csv")}


def _read(row: dict[str, str]) -> NoticeKind:
    values: dict[str, Any] = {**row, "email": row["email"] == "yes"}
    return NoticeKind(**values)


def kind_of(code: str) -> NoticeKind:
    """The kind of this code. Raises UnknownKind."""
    try:
        return kinds()[code]
    except KeyError:
        raise UnknownKind(f"{code}; allowed: {', '.join(kinds())}") from None


def kind_or_plain(code: str) -> NoticeKind:
    """The kind of this code; a plain one for a notice that was sent before its kind was taken out of the table."""
    return kinds().get(code) or NoticeKind(code, "A message", "review", "", "", email=False, asks="acknowledge")


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """The steps in their order."""
    return tuple(Step(int(row["step"]), row["to"], row["words"]) for row in _rows("escalation.csv"))


@lru_cache(maxsize=1)
def manager_roles() -> dict[str, frozenset[str]]:
    """Which roles manage, by the agency's sector."""
    return {row["sector"]: frozenset(row["roles"].split()) for row in _rows("managers.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
