"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from onestory.decide.assessments.answering import Answers, Rows, missing
from onestory.decide.assessments.models import Agreement, Assessment, Contribution
from onestory.decide.assessments.states import BEING_WRITTEN, RESTS_ON, Agrees, Given
from onestory.decide.assessments.tool import AGREEMENT, CHRONOLOGY_ANALYSIS, Tool
from onestory.platform.access.models import User
from onestory.platform.access.policies import NotNow
from onestory.platform.moves import CannotHappen

MANAGERS = frozenset({"social_work_manager", "safeguarding_lead", "early_help_lead"})
"""Roles that may sign an assessment of their own agency's."""


class CannotAssess(NotNow):
    """It cannot be done as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_may_start(tool: Tool, *, children: int, agreement: str) -> None:
    """An assessment is about at least one child; early help rests on the family's agreement (T3.4)."""
    if not children and not tool.restricted:
        raise CannotAssess("people", "Select whom the assessment is about, with at least one child")
    if list(tool.with_code(AGREEMENT)) and not agreement.strip():
        raise CannotAssess("agreement", "Enter who agreed to this assessment, and how")


def check_may_answer(
    assessment: Assessment, section: str, *, team_id: object, contributions: Iterable[Contribution]
) -> None:
    """The team that leads answers everything; a team that was asked answers the sections it was asked for."""
    if assessment.state not in BEING_WRITTEN:
        raise CannotHappen("This assessment is completed. Ask for it to be returned before you change it.")
    if assessment.team_id == team_id:
        return
    asked = [one for one in contributions if one.team_id == team_id and one.state == Given.ASKED]
    if not any(section in one.sections for one in asked):
        raise CannotAssess("section", "Your team was not asked for this section")


def check_may_complete(
    tool: Tool, answers: Answers, rows: Rows, *, waiting: Iterable[Contribution], chronology_opened: bool
) -> None:
    """Nothing that is needed is missing; nobody who was asked still owes an answer; the chronology was read (C3)."""
    left = missing(tool, answers, rows)
    if left:
        more = f", and {len(left) - 1} more" if len(left) > 1 else ""
        raise CannotAssess(left[0].path, f"Not answered yet: {left[0].text}{more}")
    owed = [str(one.team) for one in waiting]
    if owed:
        raise CannotAssess("contributions", f"Still to answer or to decline: {'; '.join(owed)}")
    if list(tool.with_code(CHRONOLOGY_ANALYSIS)) and not chronology_opened:
        raise CannotAssess(
            "chronology", "Open the chronology first: none of the writers has opened it since this began"
        )


def check_agreed(tool: Tool, last: Agreement | None, today: dt.date) -> None:
    """Early help stands on what the family said last, and they were asked again when they should have been (T3.4)."""
    if not list(tool.with_code(AGREEMENT)):
        return
    if last is None or last.answer not in RESTS_ON:
        raise CannotAssess("agreement", "The family does not agree. Early help rests on their agreement")
    if last.again_on is not None and last.again_on < today:
        raise CannotAssess("agreement", "Ask the family again first: the day on which to ask again is over")


def check_agreement(tool: Tool, *, answer: str, who: str, words: str, asked_on: dt.date, today: dt.date) -> None:
    """Only where help rests on agreement; with who said so, on a day that has come, and why not where they do not."""
    if not list(tool.with_code(AGREEMENT)):
        raise CannotHappen("This assessment does not rest on the family’s agreement")
    if not who.strip():
        raise CannotAssess("who", "Enter who agreed to this assessment, and how")
    if answer not in (Agrees.YES, Agrees.WITHDRAWN) and not words.strip():
        raise CannotAssess("agreement_words", "Enter what they do not agree to, as they put it")
    if asked_on > today:
        raise CannotAssess("asked_on", "The day on which they were asked must be today or earlier")


def check_may_sign(assessment: Assessment, *, by: User, role: str, team_agency: object, words: str) -> None:
    """A manager of the leading agency, who is not the one who completed it, says what was thought over together."""
    if role not in MANAGERS or team_agency != assessment.agency_id:
        raise CannotHappen("A manager of the agency that leads signs an assessment")
    if by.id == assessment.completed_by_id:
        raise CannotHappen("Somebody other than the one who completed it signs it")
    if not words.strip():
        raise CannotAssess("words", "Enter what was thought over together, or what has to change")
