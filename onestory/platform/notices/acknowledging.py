"""A notice that stands in the chronology is acknowledged by an entry, which closes the hand-over (F5.36)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import EntryPerson, EntryText, Part
from onestory.platform.notices.models import Notice


def record_acknowledgement(notice: Notice, *, by: User, at: dt.datetime) -> None:
    """Record that the agency has acknowledged, where the notice's entry says that a notice was sent.

    No process noise: a rule that waits for somebody to take over falls silent only when it reads this.
    """
    entry = notice.entry
    if entry is None or entry.kind != "notice" or entry.own.get("stage") != "sent":
        return
    agency = notice.to_team.agency_id
    told = EntryText.objects.filter(entry=entry).first()
    of = told.own.get("of", "") if told else ""
    named = EntryPerson.objects.filter(entry=entry, part=Part.ABOUT).order_by("id")
    record_entry(
        agency=agency,
        kind="notice",
        happened=day(timezone.localdate(at)),
        about=tuple(named.values_list("record_id", flat=True)),
        own={"stage": "acknowledged", "agencies": (str(agency),)} | ({"of": of} if of else {}),
        text=notice.answer,
        by=by,
        at=at,
    )
