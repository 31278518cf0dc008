"""Who may know what a parent tells of their own time in care: their answer is their recorded wish, and counts (T4.5).

The class of information keeps it (platform/access): other agencies do not learn of it, unless somebody records on which
basis one of them may, which is also how those whom the parent names come to know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from onestory.decide.assessments.answering import Answer
from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.tool import Tool
from onestory.platform.access.actions import end_protection, record_care_history_wish
from onestory.platform.access.models import CareHistoryWish, User

WISH = "wish"
"""The code of the question who may know."""
WITH_THE_PLAN = "plan"
"""The answer that lets those know who make the plan with the parent; any other keeps it from every other agency."""


def is_about_wish(tool: Tool, paths: Mapping[str, object]) -> bool:
    """Whether one of these answers says who may know."""
    return any(one.link in paths for one in tool.with_code(WISH))


def follow_wish(
    assessment: Assessment, tool: Tool, answers: Mapping[str, Answer], *, by: User, at: dt.datetime
) -> None:
    """Put in force what the parent wishes; what they said last counts. Nothing where they were not asked yet.

    An agency that the parent names apart, on the page of who may see the record, stays as it was named there.
    """
    said = {answers[one.link] for one in tool.with_code(WISH) if answers.get(one.link)}
    if not said:
        return
    for person in _parents(assessment):
        if said == {WITH_THE_PLAN}:
            for wish in CareHistoryWish.objects.filter(person=person, agency=None, ended_at=None):
                end_protection(wish, by=by, at=at)
        else:
            record_care_history_wish(person, by=by, at=at)


def _parents(assessment: Assessment) -> Iterator[UUID]:
    """The adults whom it is about; a parent who is a child themselves, where there is no adult."""
    people = list(assessment.people.select_related("record"))
    adults = [one for one in people if not one.is_child]
    yield from (one.record.person_id for one in adults or people)
