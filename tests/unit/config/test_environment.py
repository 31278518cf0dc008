from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import pytest

from config.environment import data_folder, flag, listed, secret_key


@pytest.mark.parametrize(("value", "on"), [("1", True), ("", False), ("0", False), ("true", False)])
def test_a_flag_is_switched_on_with_1_alone(monkeypatch: pytest.MonkeyPatch, value: str, on: bool) -> None:
    monkeypatch.setenv("ONESTORY_SOMETHING", value)
    assert flag("ONESTORY_SOMETHING") is on


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONESTORY_HOSTS", "a.example, b.example,")
    assert listed("ONESTORY_HOSTS", ["c.example"]) == ["a.example", "b.example"]
    monkeypatch.delenv("ONESTORY_HOSTS")
    assert listed("ONESTORY_HOSTS", ["c.example"]) == ["c.example"]


def test_data_lies_in_the_working_directory_unless_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONESTORY_DATA")
    assert data_folder() == tmp_path / ".data"
    monkeypatch.setenv("ONESTORY_DATA", "elsewhere")
    assert data_folder() == tmp_path / "elsewhere"


def test_a_secret_key_of_our_own_is_kept_for_this_account_only(tmp_path: Path) -> None:
    made = secret_key(tmp_path)
    assert len(made) > 50
    assert secret_key(tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_given_secret_key_is_used_and_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONESTORY_SECRET_KEY", "given")
    assert secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_without_a_data_folder_nothing_is_left_behind(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "nowhere") != secret_key(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_processes_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(secret_key, [tmp_path] * 16))) == 1
