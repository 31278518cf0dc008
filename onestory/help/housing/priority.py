"""How old somebody is on a day, and who is housed first by the partnership's rules. Pure.

A date of birth that is known by its month or year alone counts as the latest day it may be: nobody is left out of a
rule because a date is missing its day.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onestory.platform.history.dates import When

LIST = Path(__file__).with_name("priority.csv")
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """Who is housed first: a parent under this age in years with a child under this age in months; and why."""

    code: str
    under_age: int
    child_under_months: int
    words: str
    sentence: str
    source: str


@lru_cache(maxsize=1)
def priority_rules() -> tuple[PriorityRule, ...]:
    """The rules that the partnership has agreed, in their order."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row) for row in csv.DictReader(lines))


def _rule(row: dict[str, str]) -> PriorityRule:
    ages = int(row["under_age"]), int(row["child_under_months"])
    return PriorityRule(row["code"], *ages, row["words"], row["sentence"], row["source"])


def birthday(born: dt.date, years: int) -> dt.date:
    """The day on which somebody reaches this age; who was born on 29 February reaches it on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)


def is_under(born: When | None, years: int, on: dt.date) -> bool:
    """Whether somebody is, or may be, under this age on the day. Where no birth date is known: no."""
    return born is not None and birthday(born.last, years) > on


def is_under_months(born: When | None, months: int, on: dt.date) -> bool:
    """The same in months; a child who is not born yet is under any age."""
    if born is None:
        return False
    years, more = divmod(months, 12)
    reached = birthday(born.last, years)
    month = reached.month - 1 + more
    year, month = reached.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(reached.day, last)) > on


def rules_met(born: When | None, children: Iterable[When | None], on: dt.date) -> tuple[PriorityRule, ...]:
    """The rules by which this parent, with children born then, is housed first."""
    of_children = list(children)
    return tuple(
        rule
        for rule in priority_rules()
        if is_under(born, rule.under_age, on)
        and any(is_under_months(child, rule.child_under_months, on) for child in of_children)
    )
