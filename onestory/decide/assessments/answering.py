"""Which questions are asked, given the answers so far, and what is still missing. Pure.

Answers lie flat: the path of a question in its groups, with the row of each group that repeats, such as
``areas.<child>.area-food``. So two people can save two answers of one assessment without touching one another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestory.decide.assessments.tool import Condition, Question, Sort, Tool

type Answer = str | bool | int | tuple[str, ...]
type Answers = Mapping[str, Answer]
type Rows = Mapping[str, Sequence[str]]
"""The rows of each group that repeats, by the path of the group: children's ids, or numbers."""

LONGEST = 20_000
"""Characters of one answer; more is a document, which is kept apart."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at its place: ``path`` names its answer, ``row`` the child or row that it is asked about."""

    path: str
    question: Question
    row: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that completing needs, and the question in words."""

    path: str
    text: str


class AnswerRefused(ValueError):
    """An answer that the question does not take: which, what was found, what is allowed."""

    def __init__(self, question: Question, found: object, allowed: str) -> None:
        self.question, self.found, self.allowed = question, found, allowed
        super().__init__(f"{question.text}: found {found!r}; allowed: {allowed}")


def asked(tool: Tool, answers: Answers, rows: Rows) -> Iterator[Asked]:
    """Every question that is asked now, groups before what is in them, in the order of the page."""
    return _within(tool.items, "", "", answers, rows)


def missing(tool: Tool, answers: Answers, rows: Rows) -> list[Missing]:
    """What must still be answered before the assessment can be completed, in the order of the page."""
    found = []
    for one in asked(tool, answers, rows):
        if one.question.sort is Sort.GROUP:
            if one.question.required and one.question.repeats and not rows.get(one.path):
                found.append(Missing(one.path, one.question.text))
        elif one.question.required and _is_empty(answers.get(one.path)):
            found.append(Missing(one.path, one.question.text))
    return found


def check_answer(question: Question, given: object) -> Answer:
    """The answer as it is kept. An empty text takes an answer back. Raises AnswerRefused."""
    if _is_empty(given) and not isinstance(given, bool):
        return ""
    match question.sort:
        case Sort.TEXT | Sort.STRING:
            return _text(question, given)
        case Sort.BOOLEAN:
            if isinstance(given, bool):
                return given
            raise AnswerRefused(question, given, "yes or no")
        case Sort.DATE:
            return _day(question, given)
        case Sort.INTEGER:
            return _number(question, given)
        case Sort.CHOICE:
            return _chosen(question, given)
    raise AnswerRefused(question, given, "nothing: it is a heading")


def _within(items: Sequence[Question], prefix: str, row: str, answers: Answers, rows: Rows) -> Iterator[Asked]:
    for question in items:
        if not _is_asked(question, prefix, answers):
            continue
        path = f"{prefix}{question.link}"
        yield Asked(path, question, row)
        if question.sort is Sort.GROUP and question.repeats:
            for one in rows.get(path, ()):
                yield from _within(question.items, f"{path}.{one}.", one, answers, rows)
        else:
            yield from _within(question.items, prefix, row, answers, rows)


def _is_asked(question: Question, prefix: str, answers: Answers) -> bool:
    if not question.when:
        return True
    held = [_holds(condition, prefix, answers) for condition in question.when]
    return all(held) if question.when_all else any(held)


def _holds(condition: Condition, prefix: str, answers: Answers) -> bool:
    """Whether the condition holds here: of the nearest answer, in this row or outside it."""
    place = prefix
    while True:
        answer = answers.get(f"{place}{condition.question}")
        if answer is not None:
            return condition.answer in answer if isinstance(answer, tuple) else answer == condition.answer
        if not place:
            return False
        place = ".".join(place.split(".")[:-3])
        place = f"{place}." if place else ""


def _is_empty(given: object) -> bool:
    return given is None or given == "" or given == () or given == [] or (isinstance(given, str) and not given.strip())


def _text(question: Question, given: object) -> str:
    if not isinstance(given, str) or len(given) > LONGEST or "\x00" in given:
        raise AnswerRefused(question, type(given).__name__, f"a text of at most {LONGEST:,} characters")
    return given


def _day(question: Question, given: object) -> str:
    try:
        return dt.date.fromisoformat(str(given)).isoformat()
    except ValueError as problem:
        raise AnswerRefused(question, given, "a day, such as 27/3/2026") from problem


def _number(question: Question, given: object) -> int:
    least, most = question.least, question.most
    allowed = "a whole number"
    if least is not None and most is not None:
        allowed += f" from {least} to {most}"
    try:
        number = int(str(given))
    except ValueError as problem:
        raise AnswerRefused(question, given, allowed) from problem
    if (least is not None and number < least) or (most is not None and number > most):
        raise AnswerRefused(question, given, allowed)
    return number


def _chosen(question: Question, given: object) -> str | tuple[str, ...]:
    codes = [one.code for one in question.options]
    chosen = tuple(map(str, given)) if isinstance(given, list | tuple | set | frozenset) else (str(given),)
    if not set(chosen) <= set(codes) or (len(chosen) > 1 and not question.repeats):
        raise AnswerRefused(question, ", ".join(chosen), ", ".join(codes))
    return tuple(code for code in codes if code in chosen) if question.repeats else chosen[0]
