"""Reading what waits: for a person's teams, and around a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from onestory.arrive.chronology.narrowing import Family
from onestory.arrive.feeds.queries import entries_of_published_reviews
from onestory.oversee.signals.queries import about_children, children_named, waiting
from onestory.platform.access.sight import Sight
from onestory.platform.commitments.models import Commitment
from onestory.platform.commitments.queries import open_for_people, owed_by_team
from onestory.platform.notices.models import Notice
from onestory.platform.notices.queries import covered_by, inbox
from onestory.platform.people.queries import children_of_adults
from onestory.web.waiting.presenters import Item, from_alert, from_commitment, from_notice

AT_MOST = 100
"""A list longer than this helps nobody; the page says how many more there are."""

type Dated = tuple[dt.date | None, Item]


def work_of(sight: Sight, *, today: dt.date) -> tuple[list[Dated], int]:
    """What the reader's team must answer, each with the day on which it is due, in that order; and how many more."""
    alerts = waiting(sight)
    notices = inbox(sight)
    promises = owed_by_team(sight).exclude(made_in__in=entries_of_published_reviews())
    promises = promises.exclude(made_in__in=notices.filter(entry__isnull=False).values("entry"))
    owed = list(promises[:AT_MOST])
    dated: list[Dated] = [(one.due_on, from_alert(one, today)) for one in alerts[:AT_MOST]]
    items = [replace(item, address=f"/commitments/{one.id}") for one, item in _with_items(sight, owed, today)]
    dated += zip((one.due_on for one in owed), items, strict=True)
    dated += _from_notices(sight, notices[:AT_MOST], today)
    dated.sort(key=lambda pair: pair[0] or dt.date.max)
    return dated[:AT_MOST], max(alerts.count() + promises.count() + notices.count() - AT_MOST, 0)


def _from_notices(sight: Sight, notices: Iterable[Notice], today: dt.date) -> list[Dated]:
    """Notices with the day on which each is to be acknowledged; first said to whom they concern before others."""
    concerned = {sight.user_id, *covered_by(sight.user_id, today)}
    return [
        (
            timezone.localdate(one.acknowledge_by) if one.acknowledge_by else None,
            from_notice(one, for_me=one.for_user_id in concerned, now=sight.at),
        )
        for one in notices
    ]


def open_promises(sight: Sight, *, family: Family, today: dt.date) -> list[Item]:
    """What was promised for the family and stands open; conditions first, then by day."""
    return _items(sight, open_for_people(sight, [UUID(one) for one in family.circle]), today)


def open_alerts(sight: Sight, *, family: Family, today: dt.date) -> list[Item]:
    """Alerts about the children of the family that the reader may know of."""
    alerts = about_children(sight, [UUID(one) for one in family.children])
    return [from_alert(one, today) for one in alerts.select_related("team").prefetch_related(children_named(sight))]


def _with_items(sight: Sight, owed: list[Commitment], today: dt.date) -> Iterable[tuple[Commitment, Item]]:
    return zip(owed, _items(sight, owed, today), strict=True)


def _items(sight: Sight, promises: Iterable[Commitment], today: dt.date) -> list[Item]:
    """Promises as things that wait; what an adult promised stands with the adult's children."""
    held = list(promises)
    adults = {
        one.record.person_id for promise in held for one in promise.people.all() if not one.record.person.is_child
    }
    theirs = children_of_adults(sight, adults)
    return [from_commitment(promise, theirs, today) for promise in held]
