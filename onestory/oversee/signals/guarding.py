"""Who may know that an alert is there: its class and keys, from what it rests on. Called by the keeper alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from onestory.oversee.signals.models import Alert
from onestory.platform.access.guarding import keys_for, keys_that_only_close
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.policy import InfoClass
from onestory.platform.history.models import Entry, EntryCareHistory, EntryPerson

STRICTEST_LAST = (InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL, InfoClass.CARE_HISTORY, InfoClass.LEGAL)
_RANK = {info.number: rank for rank, info in enumerate(STRICTEST_LAST)}


def guard_alert(alert: Alert, *, rests_on: Collection[UUID], children: Collection[UUID]) -> None:
    """Give the alert the strictest class of its evidence, that evidence's holder, and keys.

    A tie to one of the children opens it. Whoever else the evidence names opens nothing, and closes it to those who
    have declared an interest in them or may not know of them.
    """
    strictest = _strictest(rests_on)
    alert.info = strictest[0].number
    alert.agency_id = strictest[1] or alert.team.agency_id
    own = RecordMark.objects.filter(person__in=children).values_list("record_id", flat=True)
    theirs = EntryPerson.objects.filter(entry__in=rests_on).exclude(record__person__in=children)
    alone = list(own[:1]) if len(children) == 1 else []
    alert.keys = sorted({*keys_for(own), *keys_for(alone)})
    alert.keys += keys_that_only_close(theirs.values_list("record_id", flat=True))


def _strictest(rests_on: Collection[UUID]) -> tuple[InfoClass, UUID | None]:
    """The strictest class among the entries, and who holds that entry where the class belongs to its source."""
    found = [(info, agency) for info, agency in Entry.objects.filter(id__in=rests_on).values_list("info", "agency_id")]
    care = EntryCareHistory.objects.filter(entry__in=rests_on).values_list("entry__agency_id", flat=True)
    found += [(InfoClass.CARE_HISTORY.number, agency) for agency in care]
    number, agency = max(found, key=lambda one: _RANK.get(one[0], 0), default=(InfoClass.CHRONOLOGY.number, None))
    rank = _RANK.get(number, 0)
    return STRICTEST_LAST[rank], agency if rank else None
