"""How far a circle's stories are read: to today, except for a history that a review has published, which is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from onestory.arrive.feeds.queries import all_from_published_reviews
from onestory.platform.history.record import Entry, History

AFTERWARDS = dt.timedelta(days=28)
"""How long a finished history is read on after its last entry: promises fall due and grace runs out."""


def incident_of(history: History) -> Entry | None:
    """The death or serious harm that a review examined: the first that became known."""
    harmed = [entry for entry in history.entries if entry.kind == "harm" and entry.known is not None]
    return min(harmed, key=lambda entry: entry.known_on, default=None)


def end_of(history: History) -> dt.date | None:
    """The last day on which a finished history is read: the day before the incident, or some weeks after the end."""
    incident = incident_of(history)
    if incident is not None:
        return incident.known_on - dt.timedelta(days=1)
    return (
        max((entry.known_on for entry in history.entries if entry.known is not None), default=dt.date.min) + AFTERWARDS
    )


def last_day_of(children: Collection[UUID], history: History) -> dt.date | None:
    """Where the reading of these children's stories ends; None for a family that is with us today."""
    return end_of(history) if all_from_published_reviews(children) else None
