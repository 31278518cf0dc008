"""Recording by hand, correcting one's own agency's entries, taking them back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.arrive.entries.front_door import (
    POLICE,
    Incident,
    SentAs,
    also_told,
    front_door_of,
    is_for_front_door,
    reports_of,
    send_reports,
)
from onestory.arrive.entries.policies import check_reason
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entries, withdrawals
from onestory.platform.history.dates import When, day
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.own_keys import Names, renamed
from onestory.platform.history.record import Reporter
from onestory.platform.people.actions import record_of

DETAIL = "adult_mental_health"
"""The restriction under which a service's own detail is kept apart from what bears on the child (class 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What somebody recorded. People and agencies by their ids as text, as a History has them.

    ``child_there`` and ``sent_as`` are for police calls and incidents. ``detail`` stays with the agency's own service.
    """

    kind: str
    happened: When
    about: tuple[str, ...]
    known: When | None = None
    seen: tuple[str, ...] = ()
    seen_alone: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    factors: frozenset[str] = frozenset()
    text: str = ""
    detail: str = ""
    reporter: Reporter | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    shared_with: frozenset[UUID] | None = None
    child_there: bool = False
    sent_as: SentAs | None = None


@transaction.atomic
def add_entry(what: ByHand, *, agency_id: UUID, by: User, at: dt.datetime) -> Entry:
    """Record an entry of the agency, with everything that follows from it; returns the row of its summary.

    A police call or incident that involves a child reaches the front door in the same transaction (D11). A service's
    own detail becomes an entry of its own, which only that service reads in full. Raises EntryRefused, NoFrontDoor.
    """
    with keeping():
        new = _new_entry(what, agency_id, by=by, at=at)
        return _record(new, what, by=by, at=at)


@transaction.atomic
def correct_entry(entry_id: UUID, *, what: ByHand, reason: str, by: User, at: dt.datetime) -> Entry:
    """Record ``what`` in the place of an entry, from today on; what stood there stays. Raises EntryRefused, Refused."""
    check_reason(reason)
    with keeping():
        old = Entry.objects.get(pk=entry_id)
        new = _new_entry(what, old.agency_id, by=by, at=at)
        text = "\n".join(part for part in (new.text, f"Corrected because: {reason.strip()}") if part)
        known = day(timezone.localdate(at))
        known = known if known.last >= new.happened.last else new.happened
        told = frozenset(old.told.values_list("agency_id", flat=True))
        new = dataclasses.replace(
            new,
            supersedes=old.id,
            text=text,
            known=known,
            told=told,
            restricted=old.restricted or None,
            ref=old.ref,
            position=old.position if known.last == old.known_on else None,
        )
        return _record(new, what, by=by, at=at)


@transaction.atomic
def take_back_entry(entry_id: UUID, *, reason: str, by: User, at: dt.datetime) -> Entry:
    """From today on the entry no longer counts; it stays on record, with the reason. Raises EntryRefused."""
    check_reason(reason)
    with keeping():
        old = Entry.objects.get(pk=entry_id)
        (withdrawal,) = withdrawals([old], known=day(timezone.localdate(at)))
        said = dataclasses.replace(withdrawal, text=f"Taken back because: {reason.strip()}")
        return record_entries([said], by=by, at=at)[0]


def _record(new: NewEntry, what: ByHand, *, by: User, at: dt.datetime) -> Entry:
    agency = Agency.objects.get(pk=new.agency)
    reports = []
    if agency.sector == POLICE and is_for_front_door(new):
        reports = reports_of([Incident(new, child_there=what.child_there, sent_as=what.sent_as)])
    team = front_door_of(agency) if reports else None
    if team is not None:
        (new,) = also_told([new], reports, team)
    entries = record_entries([new, *_detail(new, what)], by=by, at=at)
    if team is not None:
        send_reports(reports, entries=entries, team=team, by=by, at=at)
    return entries[0]


def _detail(new: NewEntry, what: ByHand) -> list[NewEntry]:
    if not what.detail:
        return []
    own_only = frozenset({new.agency})
    return [
        NewEntry(
            agency=new.agency,
            kind="note",
            happened=new.happened,
            known=new.known,
            about=new.about,
            text=what.detail,
            told=own_only,
            restricted=DETAIL,
        )
    ]


def _new_entry(what: ByHand, agency_id: UUID, *, by: User, at: dt.datetime) -> NewEntry:
    records: dict[str, UUID] = {}

    def record(person: str) -> str | None:
        """The agency's own record of a person; None for what is no person's id."""
        if person not in records:
            records[person] = record_of(person_id=UUID(person), agency_id=agency_id, by=by, at=at).id
        return str(records[person])

    def several(people: Iterable[str]) -> tuple[UUID, ...]:
        return tuple(UUID(record(one)) for one in people)

    agencies = {str(one) for one in Agency.objects.values_list("id", flat=True)}
    names = Names(person=record, agency=lambda one: one if one in agencies else None)
    today = day(timezone.localdate(at))
    return NewEntry(
        agency=agency_id,
        kind=what.kind,
        happened=what.happened,
        known=what.known or (today if today.last >= what.happened.last else what.happened),
        about=several(what.about),
        seen=several(what.seen),
        seen_alone=several(what.seen_alone),
        together=several(what.together),
        factors=what.factors,
        text=what.text,
        reporter=what.reporter,
        own=renamed(what.kind, what.own, names),
        shared_with=what.shared_with,
    )
