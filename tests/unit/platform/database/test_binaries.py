from __future__ import annotations

from pathlib import Path

import pytest

from onestory.platform.database.account import account_to_run_as
from onestory.platform.database.binaries import distribution_folders, find_binaries
from onestory.platform.database.problems import DatabaseProblem


def test_the_wheels_programs_are_used_first() -> None:
    binaries = find_binaries("embedded", account_to_run_as())
    assert binaries.major >= 18


def test_a_folder_without_programs_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match=f"Tried: {tmp_path}: not there"):
        find_binaries(str(tmp_path), None)


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        ("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n", "version 14 is too old"),
        ("#!/bin/sh\necho 'cannot open shared object' >&2; exit 127\n", "cannot open shared object"),
        ("no program at all", "Exec format error"),
    ],
)
def test_programs_that_do_not_serve_are_named_with_the_reason(tmp_path: Path, program: str, complaint: str) -> None:
    (tmp_path / "postgres").write_text(program)
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(DatabaseProblem, match=complaint):
        find_binaries(str(tmp_path), None)


def test_the_distributions_newest_server_comes_first() -> None:
    majors = [find_binaries(str(folder), account_to_run_as()).major for folder in distribution_folders()]
    assert majors == sorted(majors, reverse=True)
