"""Telling of an attendance: the only write here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.arrive.urgent_care.models import AttendanceTold
from onestory.arrive.urgent_care.receivers import Receiver, receivers_of
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry, EntryPerson, Part
from onestory.platform.notices.actions import send_notice
from onestory.platform.notices.models import Notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.environment import entry_address


@transaction.atomic
def tell_of_attendance(entry_id: UUID, *, by: User | None, at: dt.datetime) -> list[Notice]:
    """Tell the health visitor or school nurse and whoever leads for the child, the same day (F5.57, D10).

    Once: a second call, and a correction of what was told, tell nobody. Adults' attendances are left alone. That it
    was told is an entry, which each team's acknowledgement closes.
    """
    with keeping():
        entry = Entry.objects.select_related("agency").get(id=entry_id)
        _, first = AttendanceTold.objects.get_or_create(entry=entry, defaults={"told_at": at})
        if not first or AttendanceTold.objects.filter(entry=entry.supersedes_id).exists():
            return []
        named = EntryPerson.objects.filter(entry=entry, part=Part.ABOUT, record__person__is_child=True)
        children = [one.record for one in named.select_related("record").order_by("id")]
        return [notice for child in children for notice in _tell(entry, child, by=by, at=at)]


def _tell(entry: Entry, child: AgencyRecord, *, by: User | None, at: dt.datetime) -> list[Notice]:
    receivers = receivers_of(entry, child, timezone.localdate(at))
    if not receivers:
        return []
    told = _record(entry, child, receivers, by=by, at=at)
    return [
        send_notice(
            to_team=one.team,
            for_user=one.user,
            about=[child],
            kind="attendance",
            words=f"{child.label} came to {entry.agency.name}, {entry.happened.words()}. Read it with what else is "
            "known, and follow it up with the family.",
            address=entry_address(str(child.person_id), str(entry.id)),
            entry=told,
            once=f"attendance {entry.id} {child.person_id} {one.team.id}",
            by=by,
            at=at,
        )
        for one in receivers
    ]


def _record(
    entry: Entry, child: AgencyRecord, receivers: Sequence[Receiver], *, by: User | None, at: dt.datetime
) -> Entry:
    agencies = tuple(dict.fromkeys(str(one.team.agency_id) for one in receivers))
    return record_entry(
        agency=entry.agency_id,
        kind="notice",
        happened=day(timezone.localdate(at)),
        about=(child.id,),
        own={"stage": "sent", "to": agencies, "of": f"Urgent care {entry.id}"},
        text="An urgent-care attendance was passed on.",
        weight="system",
        by=by,
        at=at,
    )
