"""Files that are no YAML, no text, too large or too deep: one clear problem, on its line, and little work."""

from __future__ import annotations

import os

import pytest

from onestory.arrive.feeds.case_history import CaseFileProblems, read_case_history
from onestory.arrive.feeds.case_history.nodes import MOST_ENTRIES
from onestory.arrive.feeds.case_history.source import LARGEST_FILE

BROKEN = {
    "empty": ("", 1, "an empty file"),
    "only a comment": ("# nothing\n", 1, "an empty file"),
    "only spaces": ("  \n \n", 1, "an empty file"),
    "a list": ("- format: 1\n", 1, "a list"),
    "a text": ("hello\n", 1, "'hello'"),
    "two documents": ("format: 1\n---\nformat: 1\n", 2, "a second document"),
    "tab": ("format: 1\n\ttitle: T\n", 2, "a tab where the line is indented"),
    "colon in a text": ("format: 1\ntitle: a: b\n", 2, "': ' where no key can stand"),
    "colon in a text between braces": ("format: 1\npeople: {k: {label: a: b}}\n", 2, "no ',' or '}'"),
    "list not closed": ("format: 1\ntitle: [a, b\narea: c\n", 3, "no ',' or ']'"),
    "quotation mark not closed": ('format: 1\ntitle: "Child\narea: x\n', 2, "a quotation mark that is never closed"),
    "at sign": ("title: @home\n", 1, "a value that begins with '@'"),
    "column": ("people:\n  a: b\n c: d\n", 3, "a line that does not fit the lines above it"),
    "a line without a key": ("format: 1\ntitle\narea: A\n", 3, "without the ': ' that a key needs"),
    "a bracket": ("title: ]\n", 1, "no value where one is needed"),
    "list indentation": ("entries:\n  - a\n  b: c\n", 3, "a line that does not fit the list"),
    "escape": ('title: "\\q"\n', 1, "an unknown escape after \\"),
    "half a character": ('title: "\\ud83d"\n', 1, "an escape that is no character"),
    "another version": ("%YAML 3.0\n---\ntitle: x\n", 1, "YAML that cannot be read"),
    "a key that is a list": ("? [a, b]\n: c\n", 1, "a key that is a list or a mapping"),
    "a key that is an alias to a list": ("a: &x [b]\n*x : c\n", 1, "a key that is a list or a mapping"),
    "a tag": ("title: !!python/object:os.system x\n", 1, "the tag 'tag:yaml.org,2002:python/object:os.system'"),
    "a tag of one's own": ("people: !mine {}\n", 1, "the tag '!mine'"),
    "an alias without an anchor": ("title: *t\n", 1, "the alias *t without the anchor"),
    "an alias inside itself": ("people: &p {a: *p}\n", 1, "the alias *p inside itself"),
    "a bell": ("title: a\x07b\n", 1, "the control character U+0007"),
    "a NUL": ("format: 1\ntitle: a\x00b\n", 2, "the control character U+0000"),
    "a line separator": ("format: 1\ntitle: a\u2028b\n", 2, "the control character U+2028"),
    "a byte order mark inside": ("format: 1\ntitle: \ufeffa\n", 2, "the control character U+FEFF"),
    "nested deeply": ("a: " + "[" * 100_000, 1, "values nested more than 12 deep"),
    "nested deeply in blocks": ("".join(f"{' ' * depth}a:\n" for depth in range(40)), 13, "nested more than 12 deep"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_one_problem_is_named_with_its_line(problems_of, name) -> None:
    text, line, found = BROKEN[name]
    (problem, *others) = problems_of(text)
    assert not others
    assert (problem.line, problem.key) == (line, "")
    assert found in problem.found
    assert problem.allowed


ENCODINGS = {
    "UTF-16": ("title: Zoë".encode("utf-16"), "text in UTF-16"),
    "UTF-16, the other way": ("title: Zoë".encode("utf-16-be"), "NUL characters (the file looks like UTF-16"),
    "UTF-32": ("title: Zoë".encode("utf-32"), "text in UTF-32"),
    "Latin-1": ("format: 1\ntitle: Zoë\n".encode("latin-1"), "the byte 0xEB, which is not UTF-8"),
    "a cut character": ("format: 1\ntitle: Zoë".encode()[:-1], "the byte 0xC3, which is not UTF-8"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_another_encoding_is_named(problems_of, name) -> None:
    content, found = ENCODINGS[name]
    (problem,) = problems_of(content)
    assert found in problem.found
    assert "UTF-8" in problem.allowed
    assert problem.line == (2 if b"format: 1\n" in content else 1)


def test_a_byte_order_mark_and_windows_line_ends_are_nothing_to_complain_of(small, read) -> None:
    plain = read(small)
    windows = read(b"\xef\xbb\xbf" + small.replace("\n", "\r\n").encode())
    assert windows.history == plain.history
    assert windows.digest == plain.digest


def test_lines_are_counted_in_a_windows_file_too(small, problems_of) -> None:
    text = small.replace("outcome: advice", "outcome: noaction").replace("\n", "\r\n")
    assert [problem.line for problem in problems_of(text)] == [27]


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(CaseFileProblems) as caught:
        read_case_history(tmp_path / "none.yaml")
    assert str(caught.value).startswith(f"{tmp_path}/none.yaml: found no file that can be read (No such file")


@pytest.mark.parametrize("name", [".", "a\x00b", "n" * 5_000])
def test_a_path_that_cannot_be_a_file(tmp_path, name) -> None:
    with pytest.raises(CaseFileProblems, match="found no file that can be read"):
        read_case_history(tmp_path / name)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read_whole(tmp_path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    with pytest.raises(CaseFileProblems, match="found more than 20 MB; allowed: one family's history"):
        read_case_history(path)


def test_a_file_just_small_enough_is_read(small, read) -> None:
    padding = "#" * (LARGEST_FILE - len(small.encode()))
    assert read(small + padding).history.title == "Child K"


def test_too_many_entries_are_refused_at_the_first_too_many(problems_of) -> None:
    (problem,) = problems_of("entries:\n" + "- a\n" * (MOST_ENTRIES + 5))
    assert (problem.line, problem.found) == (MOST_ENTRIES + 2, "a list of more than 20,000")


def test_as_many_entries_as_allowed_are_read(read) -> None:
    text = "format: 1\ntitle: T\narea: A\npeople: {k: {kind: child}}\nagencies: {a: {sector: x}}\nentries:\n"
    text += "".join(f"- {{id: e{n}, date: 2019, by: a, kind: note, about: k}}\n" for n in range(MOST_ENTRIES))
    assert len(read(text).history.entries) == MOST_ENTRIES


def test_aliases_that_multiply_are_refused_before_they_cost_anything(problems_of) -> None:
    text = "a0: &a0 [" + "x, " * 100 + "]\n"
    text += "".join(f"a{n}: &a{n} [" + f"*a{n - 1}, " * 100 + "]\n" for n in range(1, 10))
    (problem,) = problems_of(text)
    assert problem.line == 4  # a3 would be a hundred million values
    assert "more than 1,500,000 values" in problem.found


def test_a_cycle_of_ten_thousand_people_is_named_shortly(problems_of) -> None:
    people = "".join(f"  p{n}: {{kind: adult}}\n" for n in range(10_000))
    rows = "".join(f"  - {{person: p{n}, is: parent, of: p{(n + 1) % 10_000}}}\n" for n in range(10_000))
    text = f"format: 1\ntitle: T\narea: A\nagencies: {{}}\nentries: []\npeople:\n{people}relationships:\n{rows}"
    (problem,) = problems_of(text)
    assert problem.line == 20_007
    assert (
        problem.found
        == "a cycle: 'p0' above 'p1' above 'p2' above 'p3' above 9994 more above 'p9998' above 'p9999' above 'p0'"
    )


def test_a_problem_stays_one_line_whatever_the_file_is_called(tmp_path) -> None:
    path = tmp_path / "a\nb.yaml"
    path.write_text("format: 1", encoding="utf-8")
    with pytest.raises(CaseFileProblems) as caught:
        read_case_history(path)
    assert str(caught.value.problems[0]).startswith(f"{tmp_path}/a\\u000ab.yaml:1: ")
