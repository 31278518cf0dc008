"""Reading assessments: of a child, of a team, one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.known import Earlier
from onestory.decide.assessments.models import (
    AnswerGiven,
    Assessment,
    AssessmentPerson,
    Challenge,
    Comment,
    Contribution,
    DocumentGiven,
)
from onestory.decide.assessments.states import Given, State
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.commitments.queries import open_for_people
from onestory.platform.notices.guards import not_shut
from onestory.platform.ui.wording import day_words


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


def earlier_answers(sight: Sight, assessment: Assessment) -> dict[str, Earlier]:
    """The last answers that were given about the same people in assessments that the reader sees, by path here.

    Only completed ones count, and of the same class: what a parent told of their time in care goes nowhere else
    (T4.5). Three queries, however many assessments there were.
    """
    mine = {one.known_as: str(one.record_id) for one in assessment.people.all()}
    before = visible_assessments(sight).filter(
        people__known_as__in=[one.known_as for one in assessment.people.all() if one.is_child] or list(mine),
        info=assessment.info,
        state__in=(State.COMPLETED, State.SIGNED),
        started_at__lt=assessment.started_at,
    )
    titles = {one.id: _origin_of(one) for one in before}
    rows = _rows_here(titles, mine)
    found: dict[str, Earlier] = {}
    latest = AnswerGiven.objects.filter(assessment__in=titles).order_by("assessment", "path", "-number")
    for one in sorted(latest.distinct("assessment", "path"), key=lambda row: row.number):
        path = ".".join(rows.get(part, part) for part in one.path.split("."))
        value = tuple(one.value) if isinstance(one.value, list) else one.value
        found[path] = Earlier(
            path, value, f"{titles[one.assessment_id]}, {day_words(timezone.localdate(one.answered_at))}"
        )
    return {path: one for path, one in found.items() if one.answer not in ("", (), None)}


def _origin_of(assessment: Assessment) -> str:
    return f"{tool_of(assessment.tool, assessment.tool_version).title}, {assessment.team.agency.name}"


def _rows_here(assessments: Collection[UUID], mine: dict[UUID, str]) -> dict[str, str]:
    """Rows of children there, by their records then, as the records by which the same children are assessed here."""
    named = AssessmentPerson.objects.filter(assessment__in=assessments, known_as__in=mine)
    return {str(record): mine[person] for record, person in named.values_list("record_id", "known_as")}


def overdue_promises(sight: Sight, assessment: Assessment) -> list[str]:
    """What was promised for these people and is past its day, in words, with who owes it."""
    people = [one.known_as for one in assessment.people.all()]
    today = timezone.localdate(sight.at)
    late = [one for one in open_for_people(sight, people) if one.due_on is not None and one.due_on < today]
    return [
        f"{one.what or one.code} ({one.owner_agency or 'nobody named'}, due {day_words(one.due_on)})" for one in late
    ]


def challenges_of(assessment: Assessment) -> QuerySet[Challenge]:
    """Who disagrees with it, and what was answered, in the order in which it was raised."""
    found = assessment.challenges.select_related("team__agency", "by", "answered_by")
    return found.order_by("raised_at", "id")


def open_challenges(assessment: Assessment) -> QuerySet[Challenge]:
    """What is disagreed with and not answered yet, the oldest first."""
    return challenges_of(assessment).filter(answered_at=None)


def documents_of(assessment: Assessment) -> QuerySet[DocumentGiven]:
    """What people of the family were given, the newest first."""
    return assessment.documents.select_related("by").order_by("-given_at", "id")


def comments_of(assessment: Assessment) -> QuerySet[Comment]:
    """What the family said about it, in the order in which they said it."""
    return assessment.comments.select_related("by").order_by("said_on", "recorded_at", "id")
