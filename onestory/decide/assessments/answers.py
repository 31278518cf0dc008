"""The answers of an assessment as they stand: the last of each path, and the rows of groups that repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestory.decide.assessments.answering import Answer
from onestory.decide.assessments.models import AnswerGiven, Assessment
from onestory.decide.assessments.states import Taken
from onestory.decide.assessments.tool import Question, Sort, Tool
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team

ROWS_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave an answer last, for which team, when; and what it did with what was known before."""

    number: int
    by: User
    team: Team
    answered_at: dt.datetime
    taken: str
    origin: str

    @property
    def taken_words(self) -> str:
        """Whether it confirms or corrects what was known, in words; empty where nothing was."""
        return Taken(self.taken).label if self.taken else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now: answers by path, rows by group, and who gave each answer last."""

    answers: Mapping[str, Answer]
    rows: Mapping[str, tuple[str, ...]]
    given: Mapping[str, Given]

    def number(self, path: str) -> int:
        """Which saving stands there; 0 where there is none. A form says it back, so that nobody overwrites unseen."""
        return self.given[path].number if path in self.given else 0


def standing_of(assessment: Assessment, tool: Tool) -> Standing:
    """In four queries, however many answers: of each answer only what is asked for, each writer and team once."""
    latest = AnswerGiven.objects.filter(assessment=assessment).order_by("path", "-number").distinct("path")
    told = list(latest.values_list("path", "value", "number", "by_id", "team_id", "answered_at", "taken", "origin"))
    users = User.objects.in_bulk({row[3] for row in told})
    teams = Team.objects.select_related("agency").in_bulk({row[4] for row in told})
    given = {
        path: Given(number, users[by], teams[team], at, taken, origin)
        for path, _, number, by, team, at, taken, origin in told
    }
    children = tuple(str(one.record_id) for one in assessment.people.all() if one.is_child)
    answers = {path: answer_of(value) for path, value, *_ in told if value not in ("", [], None)}
    return Standing(answers, rows_of(tool, children, answers), given)


def answer_of(value: object) -> Answer:
    """An answer as it was kept in the database."""
    if isinstance(value, list):
        return tuple(map(str, value))
    assert isinstance(value, str | bool | int)
    return value


def rows_of(tool: Tool, children: tuple[str, ...], answers: Iterable[str]) -> dict[str, tuple[str, ...]]:
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
