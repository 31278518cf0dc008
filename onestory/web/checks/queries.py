"""Whom one can ask, and about whom."""

from __future__ import annotations

from uuid import UUID

from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord

NOT_ASKED = ("partnership", "safeguarding_partnership", "court")
"""Sectors that hold nothing on a child to be asked for."""


def teams_to_ask(sight: Sight, *, sector: str = "") -> dict[str, Team]:
    """The teams that answer for their agencies, by id; never the reader's own agency. ``sector``: only of that one."""
    teams = Team.objects.filter(answers_for_agency=True).exclude(agency=sight.agency_id)
    teams = teams.filter(agency__sector=sector) if sector else teams.exclude(agency__sector__in=NOT_ASKED)
    return {str(one.id): one for one in teams.select_related("agency").order_by("agency__name")}


def record_for(sight: Sight, person_id: UUID) -> AgencyRecord | None:
    """The record by which the reader knows the person: their own agency's where it has one."""
    records = list(visible_to(sight, AgencyRecord.objects.filter(person=person_id)).order_by("recorded_at"))
    own = [one for one in records if one.agency_id == sight.agency_id]
    return (own or records or [None])[-1]


def concern_of(sight: Sight, entry_id: str) -> Entry | None:
    """The entry that is to be decided on; None where there is none for this reader."""
    try:
        return visible_to(sight, Entry.objects.filter(id=UUID(entry_id))).first()
    except ValueError:
        return None
