"""The answers of an assessment as they stand: the last of each path, and the rows of groups that repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.decide.assessments.answering import Answer
from onestory.decide.assessments.models import AnswerGiven, Assessment
from onestory.decide.assessments.tool import Question, Sort, Tool

ROWS_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now: answers by path, rows by group, and who gave each answer last."""

    answers: Mapping[str, Answer]
    rows: Mapping[str, tuple[str, ...]]
    given: Mapping[str, AnswerGiven]

    def number(self, path: str) -> int:
        """Which saving stands there; 0 where there is none. A form says it back, so that nobody overwrites unseen."""
        return self.given[path].number if path in self.given else 0


def standing_of(assessment: Assessment, tool: Tool) -> Standing:
    """In two queries, however many answers."""
    latest = AnswerGiven.objects.filter(assessment=assessment).order_by("path", "-number").distinct("path")
    given = {one.path: one for one in latest.select_related("by", "team__agency")}
    children = tuple(str(one.record_id) for one in assessment.people.all() if one.is_child)
    answers = {path: _read(one.value) for path, one in given.items() if one.value not in ("", [], None)}
    return Standing(answers, _rows(tool, children, answers), given)


def _read(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(map(str, value))
    assert isinstance(value, str | bool | int)
    return value


def _rows(tool: Tool, children: tuple[str, ...], answers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of each group that repeats its rows: each child, or the numbers under which something stands."""
    rows: dict[str, tuple[str, ...]] = {}
    paths = list(answers)
    _add(tool.items, "", children, paths, rows)
    return rows


def _add(
    questions: Iterable[Question],
    prefix: str,
    children: tuple[str, ...],
    paths: list[str],
    rows: dict[str, tuple[str, ...]],
) -> None:
    for question in questions:
        if question.sort is not Sort.GROUP:
            continue
        if not question.repeats:
            _add(question.items, prefix, children, paths, rows)
            continue
        path = f"{prefix}{question.link}"
        rows[path] = children if question.each_child else _numbers(path, paths)
        for row in rows[path]:
            _add(question.items, f"{path}.{row}.", children, paths, rows)


def _numbers(path: str, paths: list[str]) -> tuple[str, ...]:
    start = f"{path}."
    found = {one[len(start) :].split(".", 1)[0] for one in paths if one.startswith(start)}
    return tuple(sorted(found, key=lambda one: (len(one), one)))
