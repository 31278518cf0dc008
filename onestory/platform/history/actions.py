"""Writing entries: the one door through which anything gets into the chronology."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.database.together import together
from onestory.platform.history.dates import When, day
from onestory.platform.history.ground import Ground
from onestory.platform.history.models import Entry, EntryPerson
from onestory.platform.history.new_entry import EntryRefused, FieldProblem, NewEntry, check
from onestory.platform.history.projections import Written, project
from onestory.platform.history.rereading import queue_rereading
from onestory.platform.history.splitting import Rows
from onestory.platform.people.actions import new_relationship, record_relationships
from onestory.platform.people.households import HouseholdSaid, place_in_households
from onestory.platform.people.models import AgencyRecord, Relationship
from onestory.platform.positions import position_at

NOT_GIVEN: Any = object()


def record_entry(*, by: User | None, at: dt.datetime, known: Any = NOT_GIVEN, **what: Any) -> Entry:
    """Record one entry; ``what`` as in NewEntry. Returns the row of its summary.

    ``known`` defaults to the day of ``at``, or to the date it happened where that is later. Raises EntryRefused with
    field, found and allowed. All that follows (parts, commitments, households, the job that re-reads the stories) is
    written in one transaction.
    """
    if known is NOT_GIVEN:
        today = day(timezone.localdate(at))
        known = today if today.last >= what["happened"].last else what["happened"]
    return record_entries([NewEntry(known=known, **what)], by=by, at=at)[0]


@together()
@keeping()
def record_entries(entries: Iterable[NewEntry], *, by: User | None, at: dt.datetime) -> list[Entry]:
    """Record many entries at once, in their order: all of them or none.

    One job re-reads each circle, however many entries are about it. Raises EntryRefused for the first that
    cannot be recorded.
    """
    written = write_entries(entries, by=by, at=at)
    queue_rereading(written.people)
    return list(written.entries)


@together()
@keeping()
def write_entries(entries: Iterable[NewEntry], *, by: User | None, at: dt.datetime) -> Written:
    """As record_entries, for a writer that writes other things too and then calls queue_rereading once for all."""
    new = list(entries)
    for entry in new:
        check(entry)
    ground = Ground(new)
    rows, position = Rows(), position_at(at)
    summaries = []
    for number, entry in enumerate(new):
        ground.check(entry)
        place = position + number if entry.position is None else entry.position
        summaries.append(rows.add(entry, ground.told(entry), place, by.id if by else None, at))
    _check_superseding(new)
    rows.write()
    written = Written(summaries, ground.people(new) | _people_of_superseded(new), at)
    place_in_households(_said_of_households(new), replacing=_superseded(new), at=at)
    project(written)
    return written


def supersede_entry(entry: Entry, *, new: NewEntry, by: User | None, at: dt.datetime) -> Entry:
    """Record ``new`` in the place of ``entry``, which stays on record as it was.

    Raises EntryRefused when it was corrected already.

    Where ``new`` became known on the same day it keeps its place among that day's entries.
    """
    keeps_place = new.position is None and new.known is not None and new.known.last == entry.known_on
    position = entry.position if keeps_place else new.position
    return record_entries([dataclasses.replace(new, supersedes=entry.id, position=position)], by=by, at=at)[0]


def withdraw_entry(entry: Entry, *, by: User | None, at: dt.datetime) -> Entry:
    """Take an entry back: it stays on record, and from the day of ``at`` on it no longer counts.

    Returns the row that takes it back. Raises EntryRefused when the entry was corrected or taken back already.
    """
    return record_entries(withdrawals([entry], known=day(timezone.localdate(at))), by=by, at=at)[0]


@keeping()
def withdrawals(entries: Sequence[Entry], *, known: When | None) -> list[NewEntry]:
    """What takes these entries back from the day ``known`` on; None: as if they had never been recorded."""
    about = _about(entries)
    return [_withdrawal(entry, about[entry.id], known) for entry in entries]


def _withdrawal(entry: Entry, about: tuple[UUID, ...], known: When | None) -> NewEntry:
    since = known
    if known is None or (entry.known_on and known.last <= entry.known_on):
        since = entry.known
    return NewEntry(
        agency=entry.agency_id,
        kind=entry.kind,
        happened=entry.happened,
        known=since,
        about=about,
        told=frozenset({entry.agency_id}),
        supersedes=entry.id,
        restricted=entry.restricted or None,
        withdraws=True,
        from_the_start=known is None,
        position=entry.position if since == entry.known else None,
    )


@transaction.atomic
@keeping()
def record_relationship(
    *, person: AgencyRecord, relation: str, of: AgencyRecord, by: User | None, at: dt.datetime, **details: Any
) -> Relationship:
    """Record that ``person`` is the ``relation`` of ``of``; ``details`` as in new_relationship.

    Nothing is overwritten: that belief changed (alleged, denied, confirmed) is another row. Their stories are read
    again. Raises RelationshipRefused.
    """
    row = new_relationship(person=person, relation=relation, of=of, at=at, **details)
    record_relationships([row], by=by)
    queue_rereading({person.person_id, of.person_id})
    return row


def _about(entries: Sequence[Entry]) -> Mapping[UUID, tuple[UUID, ...]]:
    found: dict[UUID, tuple[UUID, ...]] = {}
    named = EntryPerson.objects.filter(entry__in=entries, part="about").order_by("id")
    for entry_id, record_id in named.values_list("entry_id", "record_id"):
        found[entry_id] = (*found.get(entry_id, ()), record_id)
    return found


def _superseded(new: Iterable[NewEntry]) -> set[UUID]:
    return {entry.supersedes for entry in new if entry.supersedes}


def _check_superseding(new: Sequence[NewEntry]) -> None:
    """Only the last word can be corrected: a second correction must build on the first."""
    old = _superseded(new)
    if not old:
        return
    taken = Entry.objects.filter(supersedes__in=old).values_list("supersedes", flat=True)
    for one in taken:
        raise EntryRefused(
            FieldProblem("supersedes", f"'{one}', which was corrected already", "the entry that stands now")
        )


def _people_of_superseded(new: Sequence[NewEntry]) -> set[UUID]:
    """A correction may name other people: the stories of those whom the old entry named change too."""
    old = _superseded(new)
    if not old:
        return set()
    return set(AgencyRecord.objects.filter(entries__entry__in=old).values_list("person", flat=True))


def _said_of_households(new: Iterable[NewEntry]) -> list[HouseholdSaid]:
    said = []
    for entry in new:
        if entry.withdraws or entry.known is None or entry.kind not in ("household", "birth"):
            continue
        said.append(
            HouseholdSaid(
                entry_id=entry.id,
                about=entry.about,
                joined=tuple(UUID(one) for one in entry.own.get("joined", ())),
                left=tuple(UUID(one) for one in entry.own.get("left", ())),
                happened=entry.happened,
                known_on=entry.known.last,
            )
        )
    return said
