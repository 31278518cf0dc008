"""Reading what the forms of recording need."""

from __future__ import annotations

from uuid import UUID

from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import Entry, EntryText


def agencies_of_area(agency: Agency) -> list[tuple[str, str]]:
    """The other agencies of an agency's area, by name."""
    others = Agency.objects.filter(area=agency.area).exclude(pk=agency.pk).order_by("name")
    return [(str(one.id), one.name) for one in others]


def reads_words_of(sight: Sight, entry_id: UUID) -> bool:
    """Whether the reader sees an entry with its words: whoever puts it right must not lose what they cannot read."""
    entry = visible_to(sight, Entry.objects.filter(pk=entry_id))
    return entry.filter(restricted="").exists() and visible_to(sight, EntryText.objects.filter(entry=entry_id)).exists()
