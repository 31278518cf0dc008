"""Reading checks: those of a concern, those about people, one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.decide.checks.models import Check
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.notices.guards import not_shut
from onestory.platform.notices.queries import notices_for


def visible_checks(sight: Sight) -> QuerySet[Check]:
    """The checks that the reader may see: by their tie to the child, or because their team asked or was asked."""
    by_tie = visible_to(sight, Check.objects.all()).values("id")
    mine = Q(asking_team=sight.team_id) | Q(asked_team=sight.team_id)
    noticed = Q(request__in=notices_for(sight).filter(entry__isnull=False).values("entry"))
    rows = Check.objects.filter(Q(id__in=by_tie) | ((mine | noticed) & not_shut(sight)))
    return rows.select_related("asked_team__agency", "asking_team__agency", "asked_by", "answered_by")


def checks_of(sight: Sight, concern_id: UUID) -> QuerySet[Check]:
    """The checks that were asked on this concern, in the order in which they are due (F5.18: this time, not last)."""
    return visible_checks(sight).filter(concern=concern_id).order_by("due_at", "asked_team__name")


def checks_about(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Check]:
    """The checks about any of these people, on whatever concern, the newest first."""
    found = visible_checks(sight).filter(people__record__person__in=person_ids)
    return found.distinct().order_by("-asked_at", "id")


def check_of(sight: Sight, check_id: UUID) -> Check | None:
    """One check; None where there is none for this reader."""
    return visible_checks(sight).filter(id=check_id).select_related("concern").first()
