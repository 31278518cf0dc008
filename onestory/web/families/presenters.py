"""Children by name, in pages. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from onestory.platform.history.dates import When
from onestory.platform.people.models import Person
from onestory.platform.ui.results import Results, results
from onestory.platform.ui.wording import age_words

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child by name."""

    id: str
    name: str
    born: str


def child_rows(people: Iterable[Person], today: dt.date) -> list[ChildRow]:
    """Children in words, by name."""
    rows = []
    for person in people:
        if not person.records.all():
            continue
        last = max(person.records.all(), key=lambda record: (record.recorded_at, record.id))
        when = cast("When | None", last.born)
        born = f"Born {when.words()}, {age_words(when, today)}" if when else "Date of birth not recorded"
        rows.append(ChildRow(str(person.id), last.label, born))
    return sorted(rows, key=lambda row: row.name.casefold())


def page_of(rows: list[ChildRow], page: str, path: str, name: str) -> Results[ChildRow]:
    """One page of the list."""
    pages = [rows[start : start + ON_A_PAGE] for start in range(0, len(rows), ON_A_PAGE)] or [[]]
    number = int(page) if page.isascii() and page.isdigit() else 1
    return results(pages, number, path, {"name": name} if name else {})
