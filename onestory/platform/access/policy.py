"""The reviewed table of who may see what (policy.csv), read and checked. Pure Python.

A row of the table is a class of information, a column a tie between the reader and a person, a cell
the level at which the reader sees it. A cell may hold several clauses: ``F when own; S`` shows all
of it to the agency that holds it and a summary to others. The columns that begin with ``cap`` say
the most that a group of roles may see; the rows that begin with ``order`` say which rule is asked first.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

POLICY_FILE = Path(__file__).with_name("policy.csv")


class Level(IntEnum):
    """How much of a thing a reader sees, from nothing (it looks exactly like absent) to all of it."""

    NOTHING = 0
    MASKED = 1  # "protected, ask the holder"
    INDEX = 2  # who is involved and how to reach them
    SUMMARY = 3  # agency, date, kind, factors; no words
    FULL = 4

    @property
    def mark(self) -> str:
        """The letter in the table."""
        return "–MISF"[self]


MARKS = {level.mark: level for level in Level}


class InfoClass(StrEnum):
    """The nine classes of information, in the order of the table."""

    INDEX = "index"
    CHRONOLOGY = "chronology"
    PLANS = "plans"
    SOURCE_DETAIL = "source_detail"
    CARE_HISTORY = "care_history"
    REPORTER = "reporter"
    LOCATION = "location"
    SEALED = "sealed"
    LEGAL = "legal"

    @property
    def number(self) -> int:
        """1 to 9, as people speak of them."""
        return list(InfoClass).index(self) + 1


class Tie(StrEnum):
    """What ties a reader to one person. Ties are per person, never per family."""

    NONE = "none"
    AGENCY = "agency"  # the reader's agency knows the person
    TEAM = "team"  # the reader's team is on duty for the person
    FRONT_DOOR = "front_door"  # deciding an open concern about the person
    WORKER = "worker"  # named worker, or holding a live after-care duty
    LEAD = "lead"  # lead professional, or manager
    ADVERSE = "adverse"  # tied only to an alleged perpetrator
    BREAK_GLASS = "break_glass"


WHEN = frozenset({"own", "basis", "owner", "listed", "named", "second_person", "purpose"}) | {
    "front_door_role",
    "social_care",
    "emergency",
}
"""What a clause may depend on; each is explained where it is decided, in decision.py."""
CAPPED = ("school", "housing", "probation", "no_case_content")
STEPS = (
    "conflict",
    "seal",
    "adverse",
    "best_tie",
    "role_caps",
    "share_decision",
    "location_mask",
)


class PolicyProblem(ValueError):
    """The table is not complete or uses a word that nobody knows; the message says where."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A level and all that must hold for it."""

    level: Level
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Policy:
    """The table, complete and checked."""

    version: str
    words: Mapping[InfoClass, str]
    cells: Mapping[tuple[InfoClass, Tie], tuple[Clause, ...]]
    caps: Mapping[tuple[InfoClass, str], Level]
    order: Mapping[str, str]


def load_policy(path: Path = POLICY_FILE) -> Policy:
    """Read the table.

    Raises PolicyProblem when a cell, a cap or a step is missing or stands twice, or a word is not known.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if row]
    if [row[0] for row in rows[:2]] != ["version", "columns"]:
        raise PolicyProblem("the table begins with its version and its columns")
    version, columns = rows[0][1].strip(), rows[1][1:]
    classes = [row for row in rows[2:] if row[0] != "order"]
    _once("class", [row[0] for row in classes], list(InfoClass))
    _once("column", columns, ["words", *Tie, *(f"cap {group}" for group in CAPPED)])
    order = {row[1]: row[2] for row in rows if row[0] == "order"}
    _once("step", [row[1] for row in rows if row[0] == "order"], list(STEPS))
    if not version:
        raise PolicyProblem("the table has no version")
    table = {row[0]: _cells(row, columns) for row in classes}
    return Policy(
        version=version,
        words={info: table[info]["words"] for info in InfoClass},
        cells={(info, tie): _clauses(table[info][tie], f"{info}, {tie}") for info in InfoClass for tie in Tie},
        caps={(info, group): _level(table[info][f"cap {group}"], info) for info in InfoClass for group in CAPPED},
        order=order,
    )


def _once(what: str, found: list[str], wanted: list[str]) -> None:
    for name in wanted:
        if found.count(name) != 1:
            raise PolicyProblem(f"{what} '{name}' stands {found.count(name)} times in the table, not once")
    if unknown := sorted(set(found) - set(wanted)):
        raise PolicyProblem(f"{what} '{unknown[0]}' is not known")


def _cells(row: list[str], columns: list[str]) -> dict[str, str]:
    if len(row) - 1 != len(columns) or not all(cell.strip() for cell in row):
        raise PolicyProblem(f"class '{row[0]}' has an empty or missing cell")
    return dict(zip(columns, row[1:], strict=True))


def _level(text: str, where: str) -> Level:
    try:
        return MARKS[text.strip()]
    except KeyError:
        raise PolicyProblem(f"'{text}' ({where}) is no level; levels are {' '.join(MARKS)}") from None


def _clauses(cell: str, where: str) -> tuple[Clause, ...]:
    return tuple(_clause(part, where) for part in cell.split(";"))


def _clause(text: str, where: str) -> Clause:
    level, _, conditions = text.strip().partition(" when ")
    when = frozenset(word.strip() for word in conditions.split(" and ")) if conditions else frozenset[str]()
    if unknown := sorted(when - WHEN):
        raise PolicyProblem(f"'{unknown[0]}' ({where}) is no condition; conditions are {' '.join(sorted(WHEN))}")
    return Clause(_level(level, where), when)
