"""`onestory import --feed`, as somebody types it: what it prints, how it ends, what is kept."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from onestory.platform.access.keeping import keeping
from onestory.platform.history.models import Entry
from tests.integration.command_line.test_import import Answer, bring_in
from tests.integration.feeds.place import ABSENCE_HEADING, absence, lines, school_feed

__all__ = ["bring_in"]


def entries() -> int:
    with keeping():
        return Entry.objects.count()


@pytest.fixture
def extract(tmp_path: Path) -> Callable[..., Path]:
    def written(*rows: str) -> Path:
        path = tmp_path / "week.csv"
        path.write_bytes(lines(ABSENCE_HEADING, *rows))
        return path

    return written


def test_a_dry_run_the_import_and_a_repeat(bring_in: Callable[..., Answer], extract: Callable[..., Path]) -> None:
    school_feed()
    path = extract(absence("A1"), absence("A2", "09/10/2026"))
    tried = bring_in("--feed", "absence", path, "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "")
    assert tried.stdout.splitlines() == [
        "absence, by version 1 of its mapping:",
        "  2 new entries",
        "  1 person new to the agency’s records",
        "Nothing was kept: this was a dry run.",
    ]
    assert entries() == 0
    assert bring_in("--feed", "absence", path).returncode == 0
    assert bring_in("--feed", "absence", path).stdout.splitlines()[1:] == ["  2 rows unchanged"]
    assert entries() == 2


def test_bad_input_ends_with_two_names_every_row_and_keeps_nothing(
    bring_in: Callable[..., Answer], extract: Callable[..., Path], tmp_path: Path
) -> None:
    school_feed()
    path, problems = (
        extract(absence("A1"), absence("A2", "31/02/2026"), absence("A3", share="=1+1")),
        tmp_path / "wrong.csv",
    )
    answer = bring_in("--feed", "absence", path, "--problems-to", problems)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.splitlines() == [
        "week.csv, row 3, Week ending: found “31/02/2026”; allowed: a date like 27/03/2018 or a date like 2018-03-27"
        " that is in the calendar",
        "week.csv, row 4, Sessions missed %: found “=1+1”; allowed: a number from 0 to 100",
    ]
    with problems.open(encoding="utf-8-sig", newline="") as file:
        assert [row[3] for row in csv.reader(file)] == ["found", "31/02/2026", "'=1+1"]
    assert entries() == 0
    for arguments in (
        ("--feed", "no-such", path),
        ("--feed", "absence", tmp_path / "none.csv"),
        ("--problems-to", problems, path),
    ):
        answer = bring_in(*arguments)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "Traceback" not in answer.stderr
