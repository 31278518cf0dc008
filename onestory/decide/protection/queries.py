"""Reading who can take part, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from onestory.platform.agencies.models import Agency, Team

TAKE_PART = frozenset(
    [
        "childrens_social_care",
        "police",
        "health_visiting",
        "school_nursing",
        "general_practice",
        "acute_health",
        "community_health",
        "maternity",
        "school",
        "early_years",
        "probation",
        "housing",
        "domestic_abuse_service",
        "adult_mental_health",
        "substance_misuse_service",
    ]
)


def agencies_to_choose() -> list[Agency]:
    """Agencies that take part in discussions and conferences, by name."""
    return list(Agency.objects.filter(sector__in=TAKE_PART).order_by("name"))


def agencies_chosen(ids: Iterable[str]) -> list[Agency]:
    """The agencies of these ids."""
    return list(Agency.objects.filter(id__in=[UUID(one) for one in ids]))


def teams_of_agencies(ids: Iterable[str]) -> list[Team]:
    """The team of each agency that answers for it."""
    chosen = Team.objects.filter(agency__in=[UUID(one) for one in ids], answers_for_agency=True)
    return list(chosen.select_related("agency"))
