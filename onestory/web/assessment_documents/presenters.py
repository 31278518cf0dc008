"""The whole assessment line by line, before it is cut for somebody; and what was left out, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from onestory.decide.assessments.answering import asked
from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.cutting import Piece
from onestory.decide.assessments.tool import Sort, Tool
from onestory.platform.ui.wording import day_words, plural
from onestory.web.assessments.presenters import in_words

FREE = (Sort.TEXT, Sort.STRING)


def pieces(tool: Tool, standing: Standing, names: Mapping[str, str]) -> Iterator[Piece]:
    """Headings, and every question that was answered; the source is the team and the day, no worker's name."""
    shown: set[tuple[str, str]] = set()
    for one in asked(tool, standing.answers, standing.rows):
        question = one.question
        if question.sort is Sort.GROUP:
            yield Piece(one.path, question.text, heading=2, row=one.row if one.row in names else "")
            continue
        place = (one.path.rpartition(".")[0], one.row)
        if one.row in names and place not in shown:
            shown.add(place)
            yield Piece(one.path, names[one.row], heading=3, row=one.row)
        given = standing.given.get(one.path)
        if one.path in standing.answers and given:
            yield Piece(
                one.path,
                question.text,
                answer=in_words(question, standing.answers[one.path]),
                source=f"{given.team}, {day_words(timezone.localdate(given.answered_at))}",
                codes=question.codes,
                row=one.row,
                free=question.sort in FREE,
            )


def left_out_words(withheld: Mapping[str, int]) -> list[str]:
    """What was left out, in sentences: how much, and why."""
    return [f"{plural(number, 'part')} left out: {reason}" for reason, number in withheld.items()]
