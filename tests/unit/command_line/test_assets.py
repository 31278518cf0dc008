from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from onestory.command_line import assets


@pytest.fixture
def machine_without_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_node_on_the_machine_the_packaged_one_builds(machine_without_node: None) -> None:
    node = assets._node()
    answer = subprocess.run([*node.npm, "--version"], env=node.environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_a_node_that_is_too_old_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v12.22.12\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert str(tmp_path) not in assets._node().npm[0]


def test_every_source_of_the_pages_styles_counts_as_a_change() -> None:
    names = {str(path.relative_to(assets.HOUSE)) for path in assets._sources()}
    assert {"package-lock.json", ".npmrc", "assets/build.mjs"} <= names
    assert not {name for name in names if name.startswith(("node_modules", "build", "static"))}
