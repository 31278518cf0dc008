"""What the documents say of the code is so."""

from __future__ import annotations

import re

import pytest

from onestory.command_line.group import COMMANDS
from tests.architecture.sources import HOUSE, files, place, python_files

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
VARIABLE = re.compile(r"\b(ONESTORY_[A-Z_]*[A-Z]|DATABASE_[A-Z_]*URL)\b")


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{place(path)}: {target}"
        for path in files()
        if path.suffix == ".md"
        for target, _ in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_variable_that_the_program_reads_is_explained_to_deployers() -> None:
    read = {name for path in python_files("onestory", "config") for name in VARIABLE.findall(path.read_text("utf-8"))}
    explained = set(VARIABLE.findall((HOUSE / "docs/guides/deployer.md").read_text("utf-8")))
    assert read - explained == set()
    assert explained - read == set()


def test_every_decision_is_listed() -> None:
    folder = HOUSE / "docs/adr"
    listed = set(re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


@pytest.mark.parametrize("document", ["README.md", "docs/guides/deployer.md"])
def test_every_command_that_a_document_shows_exists(document: str) -> None:
    shown = re.findall(r"^(?:\.venv/bin/)?onestory ([a-z]+)", (HOUSE / document).read_text("utf-8"), re.MULTILINE)
    assert shown
    assert set(shown) <= set(COMMANDS)


def test_every_make_target_that_the_readme_shows_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = set(re.findall(r"^make ([a-z]+)", (HOUSE / "README.md").read_text("utf-8"), re.MULTILINE))
    assert shown
    assert shown <= targets


@pytest.mark.parametrize("document", ["README.md", "docs/safety/hazards.md"])
def test_every_proof_that_is_named_is_there(document: str) -> None:
    said = (HOUSE / document).read_text("utf-8")
    folders = set(re.findall(r"\btests/[\w/-]+(?:\.\w+)?", said))
    assert len(folders) > 10
    assert {one for one in folders if not (HOUSE / one).exists()} == set()
    written = "\n".join(path.read_text("utf-8") for path in python_files("tests"))
    tests = set(re.findall(r"`(?:[\w/.]+::)?(test_\w+)`", said))
    assert {one for one in tests if f"def {one}(" not in written} == set()
