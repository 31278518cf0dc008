"""Somebody disagrees with an assessment, and the team that leads answers (L9)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from onestory.decide.assessments.models import Assessment, Challenge
from onestory.decide.assessments.policies import CannotAssess
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord


@transaction.atomic
def challenge_assessment(
    assessment_id: UUID, *, words: str, effect: str, team: Team, by: User, at: dt.datetime
) -> Challenge:
    """Disagree: what with, and what it means for the child. The team that leads is asked to answer by its clock.

    Raises CannotAssess.
    """
    if not words.strip() or not effect.strip():
        raise CannotAssess("words", "Enter what you disagree with, and what it means for the child")
    with keeping():
        assessment = Assessment.objects.select_related("team__agency").get(pk=assessment_id)
        challenge = Challenge.objects.create(
            assessment=assessment, words=words.strip(), effect=effect.strip(), team=team, by=by, raised_at=at
        )
        _tell(challenge, assessment.team, team, "challenge", f"{team} disagrees with an assessment of yours.", by, at)
    return challenge


@transaction.atomic
def answer_challenge(challenge_id: UUID, *, answer: str, team: Team, by: User, at: dt.datetime) -> Challenge:
    """Answer it, once, by the team that leads and by somebody other than who raised it. Raises CannotAssess."""
    if not answer.strip():
        raise CannotAssess("words", "Enter what you answer")
    with keeping():
        challenge = (
            Challenge.objects.select_for_update(of=("self",)).select_related("assessment__team").get(pk=challenge_id)
        )
        if challenge.answered_at is not None or challenge.assessment.team_id != team.id or challenge.by_id == by.id:
            raise CannotAssess("words", "Somebody else of the team that leads answers, and it is answered once")
        challenge.answer, challenge.answered_by, challenge.answered_at = answer.strip(), by, at
        challenge.save()
        _tell(
            challenge, challenge.team, team, "answer", "What you disagreed with in an assessment is answered.", by, at
        )
    return challenge


def _tell(challenge: Challenge, to: Team, by_team: Team, kind: str, words: str, by: User, at: dt.datetime) -> None:
    send_notice(
        to_team=to,
        from_team=by_team,
        about=AgencyRecord.objects.filter(id__in=challenge.assessment.people.values("record")),
        kind=kind,
        words=words,
        address=f"/assessments/{challenge.assessment_id}",
        once=f"{kind} {challenge.id}",
        by=by,
        at=at,
    )
