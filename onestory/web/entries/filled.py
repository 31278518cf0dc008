"""The form of an entry as it stands, for putting it right. Pure."""

from __future__ import annotations

from typing import Any

from onestory.arrive.entries.offers import Offer
from onestory.platform.history.record import Entry
from onestory.web.entries.own_fields import initial_of


def filled(entry: Entry, offer: Offer) -> dict[str, Any]:
    """What stands in each field."""
    told = entry.reporter
    own: dict[str, Any] = {}
    for key in offer.keys:
        if key.name in entry.own:
            own |= initial_of(entry.kind, key, entry.own[key.name])
    return own | {
        "about": list(entry.about),
        "happened": entry.happened,
        "known": entry.known if entry.known != entry.happened else None,
        "seen": list(entry.seen),
        "seen_alone": list(entry.seen_alone),
        "together": list(entry.together),
        "factors": sorted(entry.factors),
        "text": entry.text,
        "reporter": told.role if told else "",
        "reporter_label": told.label if told else "",
    }
