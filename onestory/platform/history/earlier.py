"""Readings of a story that what comes later cannot change: whoever reads these need not read again with every entry.

Only where entries are corrected or withdrawn is the whole evidence read, since a correction reaches back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from onestory.platform.history.answers import Evidence
from onestory.platform.history.story import Story


def evidence_before(story: Story, position: int) -> Sequence[Evidence]:
    """Evidence that was known before the place of a known entry, in order."""
    index = story._index
    places, items = index.bearing
    known = story.evidence if index.superseded else items
    return known[: bisect_left([item.position for item in known] if index.superseded else places, position)]


def evidence_among(story: Story, entry_ids: Iterable[str]) -> list[Evidence]:
    """The evidence that these entries are, in the order in which it became known."""
    wanted = frozenset(entry_ids)
    if story._index.superseded:
        return [item for item in story.evidence if item.id in wanted]
    known = [entry for entry_id in wanted if (entry := story.entry(entry_id)) is not None]
    found = [item for entry in known if (item := story.evidence_in(entry)) is not None]
    return sorted(found, key=lambda item: item.position)
