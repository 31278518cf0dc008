"""Reading assessments: of a child, of a team, one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.decide.assessments.models import Assessment, Contribution
from onestory.decide.assessments.states import Given
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.notices.guards import not_shut


def visible_assessments(sight: Sight) -> QuerySet[Assessment]:
    """What the reader may see: by a tie that shows plans in full, or because their team was asked to add."""
    by_tie = visible_to(sight, Assessment.objects.all()).values("id")
    asked = Contribution.objects.filter(team=sight.team_id).values("assessment")
    open_to_asked = Q(id__in=asked) & ~Q(info=InfoClass.CARE_HISTORY.number) & not_shut(sight)
    return Assessment.objects.filter(Q(id__in=by_tie) | open_to_asked).select_related("team__agency")


def assessment_of(sight: Sight, assessment_id: UUID) -> Assessment | None:
    """One assessment with its people; None where there is none for this reader."""
    found = visible_assessments(sight).filter(pk=assessment_id).prefetch_related("people")
    return found.select_related("started_by", "completed_by", "signed_by").first()


def assessments_about(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Assessment]:
    """The assessments about any of these people, the newest first."""
    found = visible_assessments(sight).filter(people__record__person__in=person_ids).distinct()
    return found.order_by("-started_at", "id").prefetch_related("people")


def contributions_of(assessment: Assessment) -> QuerySet[Contribution]:
    """Who was asked to add, in the order in which they were asked."""
    return assessment.contributions.select_related("team__agency", "answered_by").order_by("asked_at", "id")


def sections_asked_of(assessment: Assessment, team_id: UUID) -> tuple[Contribution, ...]:
    """What the team has been asked for and has not answered yet."""
    return tuple(assessment.contributions.filter(team=team_id, state=Given.ASKED))
