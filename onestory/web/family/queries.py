"""What the page about a child reads beside the history."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.arrive.chronology.narrowing import Family
from onestory.oversee.signals.queries import about_children
from onestory.platform.access.models import User
from onestory.platform.commitments.queries import open_for_people
from onestory.web.promises import Item, from_alert, from_commitments


def open_promises(*, by: User, family: Family, today: dt.date) -> list[Item]:
    """What was promised for the family and stands open; conditions first, then by day."""
    return from_commitments(open_for_people([UUID(one) for one in family.circle]), today)


def open_alerts(*, by: User, family: Family, today: dt.date) -> list[Item]:
    """Alerts about the children of the family that the reader may know of."""
    alerts = about_children(by, [UUID(one) for one in family.children], today)
    return [
        from_alert(one, today) for one in alerts.select_related("team").prefetch_related("children__child__records")
    ]
