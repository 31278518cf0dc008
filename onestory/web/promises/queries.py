"""Who owes a promise, and to whom it could be given."""

from __future__ import annotations

from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment
from onestory.platform.commitments.queries import owed_by_team


def is_owed_by(sight: Sight, commitment: Commitment) -> bool:
    """Whether the reader's team is to do something about it."""
    return owed_by_team(sight).filter(id=commitment.id).exists()


def other_teams(sight: Sight) -> dict[str, Team]:
    """The other teams of the reader's agency, by id."""
    teams = Team.objects.filter(agency=sight.agency_id).exclude(id=sight.team_id).select_related("agency")
    return {str(team.id): team for team in teams}
