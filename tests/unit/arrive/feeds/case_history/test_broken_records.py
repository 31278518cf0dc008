"""Each thing that can be wrong with a record, one at a time: the line, the key, what was found and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

CATALOGUE = Path(__file__).parents[4] / "histories/format/broken.txt"


@dataclass(frozen=True)
class Broken:
    """One block of the catalogue."""

    old: str
    new: str
    problem: str


def catalogue() -> list[object]:
    """The blocks as parameters, named by what is wrong."""
    blocks = CATALOGUE.read_text(encoding="utf-8").strip("\n").split("\n\n")[1:]
    return [pytest.param(_block(*block.split("\n")[1:]), id=block.split("\n")[0]) for block in blocks]


def _block(change: str, problem: str) -> Broken:
    old, new = change.replace("⏎", "\n").split(" → ")
    return Broken(old, "" if new == "(nothing)" else new, problem)


@pytest.mark.parametrize("case", catalogue())
def test_the_one_problem_is_named_with_its_line_and_key(small, problems_of, case: Broken) -> None:
    assert case.old in small, "the change must change something"
    problems = problems_of(small.replace(case.old, case.new, 1))
    said = [str(problem).partition("case.yaml:")[2] for problem in problems]
    begins, cut, _ = case.problem.partition("…")
    assert len(said) == 1
    assert said[0].startswith(begins) if cut else said[0] == case.problem


def test_all_problems_come_at_once_in_the_order_of_the_lines(small, problems_of) -> None:
    text = small.replace("outcome: advice", "outcome: noaction").replace("kind: concern", "kind: worry")
    text = text.replace("is: mother,", "is: mum,").replace("from: e2", "from: e99").replace("by: 2019-06", "by: summer")
    assert [problem.line for problem in problems_of(text)] == [11, 21, 27, 29, 33]


def test_a_problem_is_one_line_that_begins_with_the_file_as_it_was_named(small, problems_of, tmp_path) -> None:
    (problem,) = problems_of(small.replace("outcome: advice", "outcome: noaction"))
    assert str(problem).startswith(f"{tmp_path}/case.yaml:27: entries › e2 › outcome: found 'noaction'; allowed: ")
    assert "\n" not in str(problem)


def test_a_file_full_of_problems_says_how_many_are_not_listed(small, problems_of) -> None:
    problems = problems_of(small + "".join(f"unknown{number}: x\n" for number in range(1_200)))
    assert len(problems) == 1_001
    assert "200 more problems" in str(problems[-1])


def test_what_was_found_is_shown_on_one_line_and_cut(small, problems_of) -> None:
    (problem,) = problems_of(small.replace("outcome: advice", f'outcome: "a\\n{"b" * 100}"'))
    assert problem.found == f"'a\\u000a{'b' * 58}…'"


def test_an_error_in_one_record_does_not_hide_those_that_need_other_records(small, problems_of) -> None:
    text = small.replace("on_entries: [e1]", "on_entries: [e5]").replace("born: 2018-03", "born: spring")
    assert [(problem.line, problem.key) for problem in problems_of(text)] == [
        (6, "people › k › born"),
        (27, "entries › e2 › on_entries"),
    ]


def test_an_id_that_stands_there_twice_with_a_reference_is_still_only_a_problem(small, problems_of) -> None:
    """The first of the two has no ``on_entries`` to point to."""
    text = (
        small.replace("id: e2,", "id: e1,")
        .replace("on_entries: [e1]", "on_entries: [e5]")
        .replace("from: e2", "from: e1")
    )
    assert {problem.line for problem in problems_of(text.replace("[e1, e2]", "[e1]"))} == {27}
