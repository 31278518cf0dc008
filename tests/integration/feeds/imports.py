"""Importing in tests, and comparing what the database says with what the file says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any

from onestory.arrive.feeds.actions import import_files
from onestory.arrive.feeds.case_history import read_case_history, write_case_history
from onestory.arrive.feeds.models import CaseHistorySource, Sort, SourceRow
from onestory.arrive.feeds.reports import ImportReport
from onestory.platform.history.loading import load_history
from onestory.platform.history.own_keys import Names
from onestory.platform.history.record import History
from onestory.platform.history.renaming import rename_history

PROJECT = Path(__file__).resolve().parents[3]
CHILD_F = PROJECT / "demonstration" / "child-f.yaml"
SMALL = PROJECT / "tests" / "histories" / "format" / "small.yaml"
EVERY_KIND = PROJECT / "tests" / "histories" / "format" / "every-kind.yaml"
AT = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)


def bring_in(*paths: Path, **how: Any) -> ImportReport:
    return import_files(paths, **{"by": None, "at": AT} | how)


def lines(*paths: Path, **how: Any) -> list[str]:
    return bring_in(*paths, **how).lines()


def written(history: History, folder: Path, name: str = "history.yaml") -> Path:
    """A file that says this history."""
    path = folder / name
    path.write_text(write_case_history(history), encoding="utf-8")
    return path


def in_the_databases_words(history: History) -> History:
    """The file's history under the ids that its records have in the database."""
    source = CaseHistorySource.objects.get(title=history.title, area=history.area)
    rows = SourceRow.objects.filter(source=source).values_list("sort", "key", "object_id")
    ids = {(sort, key): str(object_id) for sort, key, object_id in rows}
    return rename_history(
        history,
        Names(
            person=lambda one: ids.get((Sort.PERSON, one)),
            agency=lambda one: ids.get((Sort.AGENCY, one)),
            entry=lambda one: ids.get((Sort.ENTRY, one)),
        ),
    )


def people_of(history: History) -> Collection[Any]:
    named = SourceRow.objects.filter(sort=Sort.PERSON, source__title=history.title, key__in=history.people)
    return named.values_list("object_id", flat=True)


def assert_the_database_says(history: History) -> None:
    """Everything that the file says stands in the database, and nothing else, in the same order."""
    expected, found = in_the_databases_words(history), load_history(people_of(history))
    assert found.people == expected.people
    assert found.relationships == expected.relationships
    assert found.entries == expected.entries
    named = {agency for entry in expected.entries for agency in (entry.by, *entry.told)}
    assert named <= found.agencies.keys()
    for shared in found.agencies.keys() & expected.agencies.keys():
        assert found.agencies[shared] == expected.agencies[shared]


def history_of(path: Path) -> History:
    return read_case_history(path).history
