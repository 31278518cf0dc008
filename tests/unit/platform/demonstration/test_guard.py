from __future__ import annotations

from pathlib import Path

import pytest

from onestory.platform.demonstration.guard import (
    is_demonstration,
    is_loopback,
    mark_as_demonstration,
    may_become_demonstration,
    reasons_against,
)

ELSEWHERE = {"DATABASE_URL": "postgresql://u:p@db.example/x"}


def test_a_new_folder_becomes_a_demonstrations_and_stays_one(tmp_path: Path) -> None:
    mark_as_demonstration(tmp_path / "data")
    (tmp_path / "data" / "more").touch()
    mark_as_demonstration(tmp_path / "data")
    assert is_demonstration(tmp_path / "data")


def test_a_folder_that_holds_anything_never_becomes_a_demonstrations(tmp_path: Path) -> None:
    (tmp_path / "database").mkdir()
    with pytest.raises(FileExistsError, match="not a demonstration's"):
        mark_as_demonstration(tmp_path)
    assert not is_demonstration(tmp_path)


def test_a_demonstration_goes_where_nothing_else_is(tmp_path: Path) -> None:
    assert may_become_demonstration(tmp_path / "new")
    assert may_become_demonstration(tmp_path)
    mark_as_demonstration(tmp_path)
    assert may_become_demonstration(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "database").touch()
    assert not may_become_demonstration(tmp_path / "other")


def test_on_this_machine_with_its_own_data_nothing_speaks_against_it(tmp_path: Path) -> None:
    mark_as_demonstration(tmp_path)
    assert reasons_against(tmp_path, "127.0.0.1", {}) == []


@pytest.mark.parametrize(
    ("marked", "listen_on", "environment", "reason"),
    [
        (False, "127.0.0.1", {}, "was not made by `onestory demo`"),
        (True, "0.0.0.0", {}, "others can reach it"),
        (True, "::", {}, "others can reach it"),
        (True, "192.0.2.7", {}, "others can reach it"),
        (True, "127.0.0.1", ELSEWHERE, "may hold real people"),
    ],
)
def test_each_of_these_alone_speaks_against_it(
    tmp_path: Path, marked: bool, listen_on: str, environment: dict[str, str], reason: str
) -> None:
    if marked:
        mark_as_demonstration(tmp_path)
    reasons = reasons_against(tmp_path, listen_on, environment)
    assert len(reasons) == 1
    assert reason in reasons[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.168.0.1", "example.org", "localhost.example.org", "127.0.0.1.x"]
)
def test_anything_else_is_not(host: str) -> None:
    assert not is_loopback(host)
