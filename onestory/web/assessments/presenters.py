"""An assessment in words: what is done and what is missing, section by section; and as a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from onestory.decide.assessments.answering import Asked, Missing, asked, missing
from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.states import BEING_WRITTEN, State
from onestory.decide.assessments.tool import Question, Sort, Tool
from onestory.platform.ui.wording import day_words, plural

TONES = {State.OPEN: "review", State.COMPLETED: "act", State.RETURNED: "act", State.SIGNED: "done", State.ENDED: ""}


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its heading, and how many answers it still needs."""

    link: str
    words: str
    missing: int
    answered: int

    @property
    def status(self) -> str:
        """In words; never by colour alone."""
        if self.missing:
            return f"{plural(self.missing, 'answer')} missing" if self.answered else "Not begun"
        return "Done" if self.answered else "May be left out"


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, or a question with its answer, who gave it and when."""

    words: str
    heading: int = 0
    answer: str = ""
    source: str = ""


def sections_of(tool: Tool, standing: Standing) -> list[Section]:
    """Every section that is asked now. A tool without sections is one section, under its own name."""
    left = missing(tool, standing.answers, standing.rows)
    found = list(asked(tool, standing.answers, standing.rows))
    return [
        Section(item.link, item.text, _of(item, left), _answered(item, found, standing))
        for item in tool.sections
        if any(one.question.link in {inside.link for inside in item.within()} for one in found)
    ]


def of_section(tool: Tool, section: str, standing: Standing, more: bool) -> list[Asked]:
    """The questions of a section that are asked now; with ``more``, an empty row at the end of each list of rows."""
    rows = _with_empty_rows(tool, standing) if more else standing.rows
    links = {one.link for item in tool.sections if item.link == section for one in item.within()}
    return [one for one in asked(tool, standing.answers, rows) if one.question.link in links]


def _with_empty_rows(tool: Tool, standing: Standing) -> dict[str, tuple[str, ...]]:
    by_link = {one.link: one for one in tool.questions()}
    rows = dict(standing.rows)
    for path, found in standing.rows.items():
        if not by_link[path.rpartition(".")[2]].each_child:
            numbers = [int(one) for one in found if one.isdigit()]
            rows[path] = (*found, str(max(numbers, default=0) + 1))
    return rows


def document(tool: Tool, standing: Standing, names: dict[str, str]) -> Iterator[Line]:
    """All that was answered, in the order of the page, each answer with its source and day."""
    shown: set[tuple[str, str]] = set()
    for one in asked(tool, standing.answers, standing.rows):
        question = one.question
        if question.sort is Sort.GROUP:
            yield Line(question.text, heading=2)
            continue
        if one.row and (key := (one.path.rpartition(".")[0], one.row)) not in shown:
            shown.add(key)
            yield Line(names.get(one.row, one.row), heading=3)
        given = standing.given.get(one.path)
        if one.path in standing.answers and given:
            source = f"{given.by}, {given.team}, {day_words(timezone.localdate(given.answered_at))}"
            if given.origin:
                source += f". {given.taken_words}; known before: {given.origin}"
            yield Line(question.text, answer=in_words(question, standing.answers[one.path]), source=source)
        elif question.required:
            yield Line(question.text, answer="Not answered")


def in_words(question: Question, answer: object) -> str:
    """An answer as people read it."""
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if question.sort is Sort.DATE and answer:
        return day_words(dt.date.fromisoformat(str(answer)))
    labels = {one.code: one.label for one in question.options}
    if isinstance(answer, tuple):
        return "; ".join(labels.get(str(one), str(one)) for one in answer)
    return labels.get(str(answer), str(answer))


def headings_before(asked_now: Sequence[Asked], names: dict[str, str]) -> dict[str, list[str]]:
    """Before which question stands which heading: the groups that begin there, and whose row it is."""
    found: dict[str, list[str]] = {}
    waiting: list[str] = []
    row = ""
    for one in asked_now:
        if one.question.sort is Sort.GROUP:
            waiting.append(one.question.text)
            continue
        if one.row and one.row != row:
            waiting.append(names.get(one.row, f"Number {one.row}"))
        row = one.row
        if waiting:
            found[one.path] = waiting
            waiting = []
    return found


def can_write(assessment: Assessment) -> bool:
    """Whether it is still being written."""
    return assessment.state in BEING_WRITTEN


def _of(item: Question, left: Sequence[Missing]) -> int:
    links = {one.link for one in item.within()}
    return sum(one.path.rpartition(".")[2] in links for one in left)


def _answered(item: Question, found: Sequence[Asked], standing: Standing) -> int:
    links = {one.link for one in item.within()}
    return sum(one.question.link in links and one.path in standing.answers for one in found)
