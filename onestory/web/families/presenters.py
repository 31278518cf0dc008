"""Children by name, in pages. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast
from uuid import UUID

from onestory.platform.history.dates import When
from onestory.platform.people.models import Person
from onestory.platform.ui.results import Results, results
from onestory.platform.ui.wording import age_words
from onestory.web.families.plans import PlanStatus
from onestory.web.families.told import ToldName

ON_A_PAGE = 50
MOST_PAGES = 40
"""Nobody reads on through two thousand children: whoever looks for one types a name."""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child by name. ``has_page``: the reader knows the child by a record, not by a plan alone."""

    id: str
    name: str
    born: str
    has_page: bool = True
    plan: PlanStatus | None = None


def child_rows(
    people: Iterable[Person], today: dt.date, told: Mapping[UUID, ToldName] = MappingProxyType({})
) -> list[ChildRow]:
    """Children in words. ``told``: by what name a plan tells of a child of whom the reader sees no record."""
    rows = []
    for person in people:
        known = max(person.records.all(), key=lambda record: (record.recorded_at, record.id), default=None)
        named = known or told.get(person.pk)
        if named is None:
            continue
        when = cast("When | None", named.born)
        born = f"Born {when.words()}, {age_words(when, today)}" if when else "Date of birth not recorded"
        rows.append(ChildRow(str(person.id), named.label, born, has_page=known is not None))
    return rows


def by_name(rows: Iterable[ChildRow]) -> list[ChildRow]:
    """The rows by name."""
    return sorted(rows, key=lambda row: row.name.casefold())


def with_plans(rows: Iterable[ChildRow], plans: Mapping[UUID, PlanStatus]) -> list[ChildRow]:
    """The same rows, each with the plan that the child has, or had last."""
    return [replace(row, plan=plans.get(UUID(row.id))) for row in rows]


def number_of(page: str) -> int:
    """The number of the page that was asked for; the first where it is none, the last where there are not so many."""
    return min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 7 else 1


def page_of(rows: list[ChildRow], number: int, path: str, name: str) -> Results[ChildRow]:
    """One page of the list, of whose rows there may be more than up to here and one."""
    listed = rows[: MOST_PAGES * ON_A_PAGE]
    pages = [listed[start : start + ON_A_PAGE] for start in range(0, len(listed), ON_A_PAGE)] or [[]]
    return results(pages, number, path, {"name": name} if name else {})
