"""Which team is asked: the team that answers for the agency of the rule's sector that is involved with the family."""

from __future__ import annotations

import datetime as dt

from onestory.platform.agencies.actions import ensure_team
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.record import History

SOCIAL_CARE = "childrens_social_care"
DUTY_TEAM = "Duty team"


def team_for(sector: str, history: History, *, at: dt.datetime) -> Team:
    """The team that owns a question to ``sector``; children's social care where no agency of that sector is involved.

    Among several agencies of the sector the one that recorded last is asked, the home area's before another's.
    """
    agency = _agency(sector, history) or _agency(SOCIAL_CARE, history) or next(iter(history.agencies))
    row = Agency.objects.get(id=agency)
    team = row.teams.filter(answers_for_agency=True).first() or row.teams.order_by("name").first()
    return team or ensure_team(agency=row, name=DUTY_TEAM, answers_for_agency=True, by=None, at=at)


def _agency(sector: str, history: History) -> str | None:
    last = {entry.by: place for place, entry in enumerate(history.entries)}
    of_sector = [agency for agency in history.agencies.values() if agency.sector == sector]
    best = max(of_sector, key=lambda one: (one.area == history.area, last.get(one.id, -1)), default=None)
    return best.id if best else None
