"""That the family agrees to early help: written down each time they are asked, asked again, taken back (T3.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.decide.assessments import policies
from onestory.decide.assessments.answering import Answer
from onestory.decide.assessments.answers import standing_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import Agreement, AnswerGiven, Assessment
from onestory.decide.assessments.recording import record_asked_again, record_said
from onestory.decide.assessments.states import RESTS_ON, Agrees
from onestory.decide.assessments.tool import AGREEMENT, Tool
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.deadlines import due_on

AGAIN = "agreement_again"
"""The clock by which the family is asked again, where they and the worker agree on no day."""


def agreement_of(assessment: Assessment) -> Agreement | None:
    """What the family said last; None where they were not asked. The reader sees the assessment."""
    return Agreement.objects.filter(assessment=assessment).order_by("-recorded_at", "-id").first()


@transaction.atomic
def record_agreement(
    assessment_id: UUID,
    *,
    answer: str,
    who: str,
    asked_on: dt.date,
    team: Team,
    by: User,
    at: dt.datetime,
    words: str = "",
    again_on: dt.date | None = None,
) -> Agreement:
    """Write down what the family said when they were asked, and when they are asked again.

    It stands in the chronology; asking again is a promise of the agency that leads. Raises CannotAssess, CannotHappen.
    """
    with keeping():
        assessment = Assessment.objects.select_related("team__agency").get(pk=assessment_id)
        tool, today = tool_of(assessment.tool, assessment.tool_version), timezone.localdate(at)
        policies.check_agreement(tool, answer=answer, who=who, words=words, asked_on=asked_on, today=today)
        said = _said(assessment, answer, who, words, asked_on, again_on, by, at)
        if answer != Agrees.WITHDRAWN:
            rows = _as_answers(tool, said)
            AnswerGiven.objects.bulk_create(
                AnswerGiven(assessment=assessment, path=path, value=value, by=by, team=team, answered_at=at)
                for path, value in rows.items()
            )
    return said


def _said(
    assessment: Assessment,
    answer: str,
    who: str,
    words: str,
    asked_on: dt.date,
    again_on: dt.date | None,
    by: User,
    at: dt.datetime,
) -> Agreement:
    goes_on = answer in RESTS_ON
    said = Agreement.objects.create(
        assessment=assessment,
        answer=answer,
        who=who.strip()[:500],
        words=words.strip(),
        asked_on=asked_on,
        again_on=(again_on or due_on(AGAIN, asked_on)) if goes_on else None,
        by=by,
        recorded_at=at,
    )
    record_said(said, by=by, at=at)
    record_asked_again(said, by=by, at=at)
    return said


def _as_answers(tool: Tool, said: Agreement) -> dict[str, object]:
    """The same as the tool's own answers, by the ends of the names of its questions."""
    links = {question.link for question in tool.questions()}
    found: dict[str, object] = {}
    for question in tool.with_code(AGREEMENT):
        stem = question.link.removesuffix("given")
        own = {
            question.link: said.answer,
            f"{stem}who": said.who,
            f"{stem}on": said.asked_on.isoformat(),
            f"{stem}again": said.again_on.isoformat() if said.again_on else "",
            f"{stem}limits" if said.answer == Agrees.PART else f"{stem}without": said.words,
        }
        found |= {link: value for link, value in own.items() if link in links and value}
    return found


def follow_answers(
    assessment: Assessment, tool: Tool, changed: Mapping[str, object], *, by: User, at: dt.datetime
) -> None:
    """Where the tool's own questions on agreement were answered anew, keep what the family said as such."""
    for question in tool.with_code(AGREEMENT):
        stem = question.link.removesuffix("given")
        if not any(path.startswith(stem) for path in changed):
            continue
        answers = standing_of(assessment, tool).answers
        answer = answers.get(question.link)
        if answer in (Agrees.YES, Agrees.PART, Agrees.NO):
            _follow(assessment, stem, answers, str(answer), by, at)


def _follow(
    assessment: Assessment, stem: str, answers: Mapping[str, Answer], answer: str, by: User, at: dt.datetime
) -> None:
    def day(name: str) -> dt.date | None:
        return dt.date.fromisoformat(str(answers[f"{stem}{name}"])) if answers.get(f"{stem}{name}") else None

    words = answers.get(f"{stem}limits" if answer == Agrees.PART else f"{stem}without", "")
    who = str(answers.get(f"{stem}who", "") or "As written in the assessment")
    _said(assessment, answer, who, str(words), day("on") or timezone.localdate(at), day("again"), by, at)
