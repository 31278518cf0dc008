"""Reading what the decision page needs beside the child's history."""

from __future__ import annotations

from collections.abc import Collection

from onestory.platform.agencies.models import Agency, Team
from onestory.web.decision_page.gaps import Connected


def connected_agencies() -> tuple[Connected, ...]:
    """Agencies with somebody who works here: they can be asked in the program. One query."""
    there = Agency.objects.filter(teams__memberships__user__is_active=True).distinct().order_by("name")
    return tuple(Connected(str(one.id), one.sector, one.name) for one in there)


def phones_of(agency_ids: Collection[str]) -> dict[str, str]:
    """How to reach each agency: the inbox or phone of the team that answers for it. One query."""
    teams = Team.objects.filter(agency__in=list(agency_ids)).order_by("answers_for_agency", "name")
    return {str(team.agency_id): team.inbox_label for team in teams if team.inbox_label}
