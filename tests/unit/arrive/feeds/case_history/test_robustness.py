"""Whatever a file holds, it is read or it is refused with problems: no trace, no half a history."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.arrive.feeds.case_history import CaseFile, CaseFileProblems, read_case_history

FORMAT = Path(__file__).parents[4] / "histories/format"
LINES = (FORMAT / "every-kind.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
SMALL = (FORMAT / "small.yaml").read_text(encoding="utf-8")

examples = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)

ODD = [
    *["", "~", "null", "[]", "{}", "[[]]", "{a: b}", "[a, b]", "true", "yes", "0", "-1", "1e9", "k", "mother", "e1"],
    *["2017", "2017-13", "9999-12-31", "0000", "never", "P1M", "2018-11/2019-04", "{together: [k]}", "{kinds: x}"],
    *["'", '"', "*x", "&x y", "!t z", "- a", "? b", "a: b", "%", "@", "`", "|", ">", "\t", "#", "<<", "…"],
    *["\U0001f600", "\u202e", "x" * 2000],
]
TOKENS = ["{", "}", "[", "]", ",", ": ", "- ", "\n", "\n  ", "\n    ", "? ", "|\n", ">\n", "&a ", "*a", *ODD]
KEYS = ["format: 1\n", "title: t\n", "area: a\n", "people:\n", "agencies:\n", "entries:\n", "relationships:\n"]
WORDS = [
    "k",
    "mother",
    "csc",
    "e1",
    "2019-05",
    "concern",
    "advice",
    "false",
    "[k]",
    "P1M",
    "nan",
    "date",
    "about",
    "if",
]


def outcome(path: Path, content: str | bytes) -> CaseFile | CaseFileProblems:
    """The file, or its problems: each on one line, none of them empty. Anything else fails the test."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    try:
        return read_case_history(path)
    except CaseFileProblems as error:
        problems = error
    assert problems.problems
    assert all("found " in str(problem) and "\n" not in str(problem) for problem in problems.problems)
    return problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is written."""
    return tmp_path / "case.yaml"


@given(st.binary(max_size=300))
@examples
def test_any_bytes(path, content: bytes) -> None:
    assert isinstance(outcome(path, content), CaseFileProblems), "no 300 bytes of chance are a history"


@given(st.text(max_size=300))
@examples
def test_any_text(path, content: str) -> None:
    assert isinstance(outcome(path, content), CaseFileProblems)


@given(st.lists(st.sampled_from(TOKENS + KEYS), max_size=60).map("".join))
@examples
def test_any_yaml_like_text(path, content: str) -> None:
    outcome(path, content)


@st.composite
def changed_lines(draw: st.DrawFn) -> str:
    """A valid file with some of its lines dropped, doubled, moved or cut."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(("drop", "double", "move", "cut", "indent")))
        if change == "drop":
            del lines[at]
        elif change == "double":
            lines.insert(to, lines[at])
        elif change == "move":
            lines.insert(to, lines.pop(at))
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        else:
            lines[at] = draw(st.sampled_from((" ", "\t", "  - "))) + lines[at]
    return "".join(lines)


@given(changed_lines())
@examples
def test_a_valid_file_with_changed_lines(path, content: str) -> None:
    outcome(path, content)


@st.composite
def changed_values(draw: st.DrawFn) -> str:
    """A valid file with some of its values, keys or ids replaced by something odd."""
    text = SMALL
    for _ in range(draw(st.integers(1, 5))):
        word = draw(st.sampled_from(WORDS))
        text = text.replace(word, draw(st.sampled_from(ODD)), draw(st.integers(1, 3)))
    return text


@given(changed_values())
@examples
def test_a_valid_file_with_changed_values(path, content: str) -> None:
    outcome(path, content)


@given(st.integers(0, len(SMALL) - 1), st.characters())
@examples
def test_a_valid_file_with_one_other_character(path, at: int, char: str) -> None:
    outcome(path, SMALL[:at] + char + SMALL[at + 1 :])


@given(st.integers(0, len(SMALL.encode()) - 1), st.integers(0, 255))
@examples
def test_a_valid_file_with_one_other_byte(path, at: int, byte: int) -> None:
    content = SMALL.encode()
    outcome(path, content[:at] + bytes([byte]) + content[at + 1 :])


@given(st.integers(0, len(SMALL) - 1))
@examples
def test_a_valid_file_cut_off(path, at: int) -> None:
    outcome(path, SMALL[:at])
