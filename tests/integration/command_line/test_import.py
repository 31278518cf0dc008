"""`onestory import`, as somebody types it: what it prints, how it ends, and what is in the database then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onestory.platform.database import roles
from onestory.platform.history.models import Entry

PROJECT = Path(__file__).resolve().parents[3]
CHILD_F = PROJECT / "demonstration" / "child-f.yaml"
SMALL = PROJECT / "tests" / "histories" / "format" / "small.yaml"

type Answer = subprocess.CompletedProcess[str]


def run(environment: dict[str, str], *arguments: object) -> Answer:
    command = [sys.executable, "-m", "onestory", "import", *map(str, arguments)]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.fixture
def bring_in(transactional_db: None, own_database: Any) -> Callable[..., Answer]:
    """The command, on this test's database."""
    address = own_database.address(roles.APPLICATION)
    url = f"postgresql://{address.user}:{address.password}@{address.host}:{address.port}/{address.name}"
    return lambda *arguments: run({"DATABASE_URL": url}, *arguments)


def test_files_come_in_and_the_second_time_nothing_is_new(bring_in: Callable[..., Answer]) -> None:
    first, second = bring_in(CHILD_F, SMALL), bring_in(CHILD_F, SMALL)

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout.splitlines() == [
        "Child F, Milton Keynes: new, with 14 agencies, 7 people, 12 relationships, 79 entries",
        "Child K, Exampleshire: new, with 3 agencies, 4 people, 2 relationships, 6 entries",
    ]
    assert second.stdout.splitlines() == ["Child F, Milton Keynes: nothing new", "Child K, Exampleshire: nothing new"]
    assert first.stderr == second.stderr == ""
    assert Entry.objects.count() == 79 + 6


def test_until_a_day_and_the_rest_later(bring_in: Callable[..., Answer]) -> None:
    assert bring_in(SMALL, "--until", "2019-12-31").stdout.splitlines() == [
        "Child K, Exampleshire: new, with 3 agencies, 4 people, 2 relationships, 2 entries",
        "  left for later: 4 entries",
    ]
    assert bring_in(SMALL, "--dry-run").stdout.splitlines() == [
        "Child K, Exampleshire: changed",
        "  entries e3, e4, e5, e6: added",
        "Nothing was kept: this was a dry run.",
    ]
    assert Entry.objects.count() == 2


def test_problems_are_said_by_file_and_line_and_nothing_is_imported(
    bring_in: Callable[..., Answer], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("kind: concern", "kind: conzern")
    broken.write_text(text, encoding="utf-8")
    [line] = [number for number, row in enumerate(text.splitlines(), start=1) if "conzern" in row]
    answer = bring_in(CHILD_F, broken, tmp_path / "missing.yaml")

    assert (answer.returncode, answer.stdout) == (2, "")
    said = answer.stderr.splitlines()
    assert said[0].startswith(f"{broken}:{line}: entries › e1 › kind: found 'conzern'")
    assert "concern (did you mean this?)" in said[0]
    assert said[1].startswith(f"{tmp_path / 'missing.yaml'}: found no file")
    assert len(said) == 2
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((), "Missing argument 'FILE...'"), (("x.yaml", "--until", "soon"), "does not match the format")],
)
def test_arguments_that_are_none_are_explained(arguments: tuple[str, ...], says: str) -> None:
    answer = run({}, *arguments)

    assert answer.returncode == 2
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://onestory_app:x@127.0.0.1:1/onestory", "The database cannot be reached"),
        ("the usual one", "DATABASE_URL is no address"),
    ],
)
def test_a_database_that_is_not_there_is_one_plain_sentence(url: str, says: str) -> None:
    answer = run({"DATABASE_URL": url, "ONESTORY_DATABASE_POOL": "0"}, SMALL)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(says)
    assert len(answer.stderr.splitlines()) == 1
