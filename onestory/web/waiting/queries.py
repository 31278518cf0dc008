"""Reading what waits: for a person's teams, and around a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.feeds.queries import entries_of_published_reviews
from onestory.oversee.signals.queries import about_children, waiting
from onestory.platform.access.models import User
from onestory.platform.commitments.models import Commitment
from onestory.platform.commitments.queries import open_for_people, owed_by_teams_of
from onestory.platform.people.queries import children_of_adults
from onestory.web.waiting.presenters import Item, from_alert, from_commitment

AT_MOST = 100
"""A list longer than this helps nobody; the page says how many more there are."""

type Dated = tuple[dt.date | None, Item]


def work_of(*, by: User, today: dt.date) -> tuple[list[Dated], int]:
    """What the person's teams must answer, each with the day on which it is due, in that order; and how many more."""
    alerts = waiting(by, today)
    promises = owed_by_teams_of(by, today).exclude(made_in__in=entries_of_published_reviews())
    owed = list(promises[:AT_MOST])
    dated: list[Dated] = [(one.due_on, from_alert(one, today)) for one in alerts[:AT_MOST]]
    dated += zip((one.due_on for one in owed), _items(owed, today), strict=True)
    dated.sort(key=lambda pair: pair[0] or dt.date.max)
    return dated[:AT_MOST], max(alerts.count() + promises.count() - AT_MOST, 0)


def open_promises(*, by: User, family: Family, today: dt.date) -> list[Item]:
    """What was promised for the family and stands open; conditions first, then by day."""
    return _items(open_for_people([UUID(one) for one in family.circle]), today)


def open_alerts(*, by: User, family: Family, today: dt.date) -> list[Item]:
    """Alerts about the children of the family that the reader may know of."""
    alerts = about_children(by, [UUID(one) for one in family.children], today)
    return [
        from_alert(one, today) for one in alerts.select_related("team").prefetch_related("children__child__records")
    ]


def _items(promises: Iterable[Commitment], today: dt.date) -> list[Item]:
    """Promises as things that wait; what an adult promised stands with the adult's children."""
    held = list(promises)
    adults = {
        one.record.person_id for promise in held for one in promise.people.all() if not one.record.person.is_child
    }
    theirs = children_of_adults(adults)
    return [from_commitment(promise, theirs, today) for promise in held]
