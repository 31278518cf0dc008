"""Reading what the decision page needs beside the child's history."""

from __future__ import annotations

from onestory.platform.agencies.models import Agency
from onestory.web.decision_page.gaps import Connected


def connected_agencies() -> tuple[Connected, ...]:
    """Agencies with somebody who works here: they can be asked in the program. One query."""
    there = Agency.objects.filter(teams__memberships__user__is_active=True).distinct().order_by("name")
    return tuple(Connected(str(one.id), one.sector, one.name) for one in there)
