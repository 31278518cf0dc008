"""The layout's contracts hold (pyproject.toml), and they cover the layout."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from tests.architecture.sources import HOUSE


def contracts() -> list[dict]:
    return tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_contract_is_kept() -> None:
    # In a process of its own: the library sets logging up anew and switches off every logger that is there.
    check = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", check], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_is_named_as_a_sentence() -> None:
    assert all(len(contract["name"].split()) > 6 for contract in contracts())


def test_layers_are_exhaustive() -> None:
    layered = [contract for contract in contracts() if contract["type"] == "layers"]
    assert {"onestory", "onestory.platform"} <= {name for one in layered for name in one["containers"]}
    assert all(contract["exhaustive"] for contract in layered)


def test_every_stage_with_several_folders_has_a_contract_of_its_own() -> None:
    covered = {name for one in contracts() if one["type"] == "layers" for name in one["containers"]}
    stages = [
        folder
        for folder in (HOUSE / "onestory").iterdir()
        if sum((inner / "__init__.py").exists() for inner in folder.glob("*")) > 1 and folder.name != "web"
    ]
    assert {f"onestory.{stage.name}" for stage in stages} <= covered
