"""Who knows where the family is, where the reader may know only that."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import EntryLocation, EntryLocationHeld


def holders_of_places(sight: Sight, people: Iterable[UUID]) -> list[str]:
    """The agencies that hold where these people live or go, of entries whose place the reader may not read.

    Level M of the table: "protected, ask the holder". Whoever sees not even that gets nothing.
    """
    held = visible_to(sight, EntryLocationHeld.objects.filter(entry__people__record__person__in=list(people)))
    read = visible_to(sight, EntryLocation.objects.all()).values("entry")
    agencies = held.exclude(entry__in=read).values("entry__agency")
    return list(Agency.objects.filter(id__in=agencies).order_by("name").values_list("name", flat=True))
