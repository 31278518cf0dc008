"""What of a file the signals may read, by hand: an independent reading of platform/history/detection.sql."""

from __future__ import annotations

import dataclasses

from onestory.platform.history.record import History
from onestory.platform.history.vocabulary import KINDS, Shape


def as_detected(history: History) -> History:
    """The history without what the signals may not read; no basis for care history is on record."""
    services = {"adult_mental_health", "adult_substance_misuse", "substance_misuse", "substance_misuse_service"}
    entries = []
    for entry in history.entries:
        treats = history.agencies[entry.by].sector in services
        plan = entry.restricted != "adult_mental_health" and entry.kind in ("plan", "action", "request", "notice")
        if treats and not plan and entry.kind not in ("relevance", "concern", "disclosure", "incident"):
            continue
        if entry.restricted in ("legal", "care_history"):
            continue
        shapes = {name: KINDS[entry.kind].by_name[name].shape for name in entry.own}
        own = {name: value for name, value in entry.own.items() if shapes[name] not in (Shape.TEXT, Shape.DETAIL)}
        factors = entry.factors - {"care_experienced_parent"}
        entries.append(dataclasses.replace(entry, text="", own=own, factors=factors))
    return dataclasses.replace(history, entries=tuple(entries))
