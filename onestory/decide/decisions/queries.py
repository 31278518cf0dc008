"""Reading what a decision stands on."""

from __future__ import annotations

from uuid import UUID

from onestory.arrive.concerns.models import Concern
from onestory.decide.checks.models import Check
from onestory.decide.checks.states import State as CheckState
from onestory.decide.decisions.models import Decision
from onestory.decide.decisions.policies import Footing
from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry

CHRONOLOGY = "chronology"
"""Names of the pages that show the chronology begin so; that one was opened stands in the audit."""


def decision_on(sight: Sight, concern: Concern) -> Decision | None:
    """What is written for the concern so far; None where nothing is, or it is not for this reader."""
    rows = visible_to(sight, Decision.objects.filter(concern=concern))
    return rows.select_related("saved_by", "proposed_by").first()


def footing_of(concern: Concern, user: User) -> Footing:
    """Were agencies asked on this concern, and has this person opened the chronology since it came in (C3, F5.17)?"""
    with keeping():  # facts about what was done, not about the family; nothing of it is shown
        asked = Check.objects.filter(concern=concern.entry_id).exclude(state=CheckState.WITHDRAWN).exists()
        opened = AccessRecord.objects.filter(
            actor=user,
            people__contains=[concern.child_id],
            what__startswith=CHRONOLOGY,
            act__in=[Act.LOOK, Act.PRINT],
            at__gte=concern.received_at,
        ).exists()
    return Footing(checks_made=asked, chronology_opened=opened)


def teams_asked_on(concern: Concern) -> list[Team]:
    """The teams that were asked on this concern, each once."""
    asked = Check.objects.filter(concern=concern.entry_id).values("asked_team")
    return list(Team.objects.filter(id__in=asked).select_related("agency"))


def approving_team(concern: Concern) -> Team | None:
    """The team of a manager who can approve: the front door's own where it has one, else one of the agency's."""
    managers = Team.objects.filter(agency=concern.to_team.agency, memberships__role="social_work_manager").distinct()
    found = sorted(managers, key=lambda team: (team.id != concern.to_team_id, team.name, str(team.id)))
    return found[0] if found else None


def condition_for(sight: Sight, entry_id: UUID) -> Entry | None:
    """The entry that set a standing condition; None where there is none for this reader."""
    return visible_to(sight, Entry.objects.filter(id=entry_id, kind="condition")).first()
