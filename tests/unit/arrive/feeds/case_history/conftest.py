"""Writes case history files for a test to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history import CaseFile, CaseFileProblems, Problem, read_case_history

PROJECT = Path(__file__).parents[5]

type Read = Callable[[str | bytes], CaseFile]
type ProblemsOf = Callable[[str | bytes], list[Problem]]


@pytest.fixture(scope="session")
def small() -> str:
    """A short valid file."""
    return (PROJECT / "tests/histories/format/small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads what a test has written."""

    def read_text(content: str | bytes) -> CaseFile:
        path = tmp_path / "case.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_case_history(path)

    return read_text


@pytest.fixture
def problems_of(read: Read) -> ProblemsOf:
    """The problems of what a test has written; fails where it reads without any."""

    def refused(content: str | bytes) -> list[Problem]:
        with pytest.raises(CaseFileProblems) as caught:
            read(content)
        return caught.value.problems

    return refused
