"""Reading drafts and concerns, each for whom they are."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.chronology.queries import family_for
from onestory.arrive.concerns.models import Concern, Draft
from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Team
from onestory.platform.notices.guards import not_shut
from onestory.platform.ui.requests import SignedInRequest

SOCIAL_CARE = "childrens_social_care"


def own_draft(user: User, draft_id: UUID) -> Draft | None:
    """What this person is writing under the id; None where there is nothing of theirs."""
    return Draft.objects.filter(id=draft_id, author=user).select_related("team__agency").first()


def own_drafts(user: User) -> QuerySet[Draft]:
    """Everything that this person began and did not send, the latest first."""
    return Draft.objects.filter(author=user).order_by("-saved_at", "id")


def concerns_for(sight: Sight) -> QuerySet[Concern]:
    """Concerns that the reader's team sent, decides or approves, and that nothing closes to the reader."""
    mine = Q(from_team=sight.team_id) | Q(to_team=sight.team_id) | Q(approval_team=sight.team_id)
    return Concern.objects.filter(mine).filter(not_shut(sight))


def concern_for(sight: Sight, concern_id: UUID) -> Concern | None:
    """One concern; None where there is none for this reader."""
    found = concerns_for(sight).filter(id=concern_id)
    return found.select_related("to_team__agency", "from_team__agency", "decided_in", "entry", "consultation").first()


def front_door(area: str = "") -> Team | None:
    """The team that decides on concerns: of the area's social care, or else of any."""
    teams = Team.objects.filter(agency__sector=SOCIAL_CARE, answers_for_agency=True).select_related("agency")
    found = sorted(teams, key=lambda team: (team.agency.area != area, team.agency.name, str(team.id)))
    return found[0] if found else None


def family_to_name(request: SignedInRequest, child_id: UUID) -> Family:
    """The family of the child who was chosen, as the writer may see it. Raises Http404 as every page about a child."""
    return family_for(request, child_id)
