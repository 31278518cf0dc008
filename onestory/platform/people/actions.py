"""Writing people: anchors, agencies' records of them, relationships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.database.together import together
from onestory.platform.history.dates import When
from onestory.platform.history.vocabulary import RELATIONS, STATUSES
from onestory.platform.people.listeners import tell_of_records
from onestory.platform.people.models import AgencyRecord, Person, RecordMove, Relationship
from onestory.platform.positions import position_at


class RelationshipRefused(ValueError):
    """The relationship cannot be recorded; the message says why."""


def add_person(*, is_child: bool, by: User | None, at: dt.datetime) -> Person:
    """A new person, of whom nothing is known yet; ``is_child``: a story is kept for them."""
    return Person.objects.create(is_child=is_child, since_at=at)


def keep_story_for(person_id: UUID, *, is_child: bool, by: User | None, at: dt.datetime) -> None:
    """Say whether a story is kept for the person."""
    Person.objects.filter(id=person_id).update(is_child=is_child)


def add_agency_record(
    *, person_id: UUID, agency_id: UUID, label: str, by: User | None, at: dt.datetime, **details: Any
) -> AgencyRecord:
    """What an agency holds about a person: ``label``, and ``born``, ``number``, names … as AgencyRecord has them.

    What the agency held before stays beside it; the record that came last is what it holds now.
    """
    record = new_agency_record(person_id=person_id, agency_id=agency_id, label=label, at=at, **details)
    return add_agency_records([record], by=by)[0]


def new_agency_record(*, person_id: UUID, agency_id: UUID, label: str, at: dt.datetime, **details: Any) -> AgencyRecord:
    """A record that is not written yet, for add_agency_records."""
    return AgencyRecord(person_id=person_id, agency_id=agency_id, label=label, recorded_at=at, **details)


@together()
def add_agency_records(records: Sequence[AgencyRecord], *, by: User | None) -> Sequence[AgencyRecord]:
    """Write many records at once, all of them or none. They can be found from then on (listeners.py)."""
    with keeping():
        added = AgencyRecord.objects.bulk_create(records, batch_size=2_000)
        tell_of_records(added)
    return added


@transaction.atomic
def move_records(
    record_ids: Collection[UUID], *, to_person_id: UUID, reason: str, by: User | None, at: dt.datetime
) -> list[RecordMove]:
    """Say that these agency records are this person's. Nothing else changes, so nothing is lost when it is taken back.

    Records that are the person's already are passed over. Both persons are held until the transaction ends. What
    follows for stories, ties and the audit is the caller's: joining people is in arrive/matching.
    """
    with keeping():
        wanted = AgencyRecord.objects.filter(id__in=record_ids).exclude(person=to_person_id)
        people = {to_person_id, *wanted.values_list("person", flat=True)}
        list(Person.objects.select_for_update().filter(id__in=people).order_by("id").values_list("id"))
        records = list(wanted.order_by("id").select_for_update(of=("self",)))
        moves = [
            RecordMove(
                record=record,
                from_person_id=record.person_id,
                to_person_id=to_person_id,
                by=by,
                moved_at=at,
                reason=reason,
            )
            for record in records
        ]
        RecordMove.objects.bulk_create(moves)
        AgencyRecord.objects.filter(id__in=[record.id for record in records]).update(person=to_person_id)
    return moves


def record_of(*, person_id: UUID, agency_id: UUID, by: User | None, at: dt.datetime) -> AgencyRecord:
    """The agency's own record of a person; where it has none, one with label and birth of the newest other record."""
    records = AgencyRecord.objects.filter(person_id=person_id).order_by("-recorded_at", "-id")
    own = records.filter(agency_id=agency_id).first()
    if own:
        return own
    newest = records.first()
    label, born = (newest.label, newest.born) if newest else ("", None)
    return add_agency_record(person_id=person_id, agency_id=agency_id, label=label, born=born, by=by, at=at)


def new_relationship(
    *,
    person: AgencyRecord,
    relation: str,
    of: AgencyRecord,
    at: dt.datetime,
    status: str = "confirmed",
    known: When | None = None,
    agency: Agency | None = None,
    position: int | None = None,
    **details: Any,
) -> Relationship:
    """A relationship that is not written yet, believed from ``known`` on (None: from the start) by ``agency``.

    ``details`` as Relationship has them: since, until, ref, supersedes, withdrawn. Raises RelationshipRefused.
    """
    if relation not in RELATIONS:
        raise RelationshipRefused(f"'{relation}' is no relationship; allowed: {', '.join(RELATIONS)}")
    if status not in STATUSES:
        raise RelationshipRefused(f"'{status}' is no status; allowed: {', '.join(STATUSES)}")
    if person.person_id == of.person_id:
        raise RelationshipRefused("nobody is related to themselves")
    return Relationship(
        person=person,
        relation=relation,
        of=of,
        status=status,
        known=known,
        by=agency,
        position=position_at(at) if position is None else position,
        recorded_at=at,
        **details,
    )


def record_relationships(rows: Sequence[Relationship], *, by: User | None) -> Sequence[Relationship]:
    """Write relationships at once, in their order. Stories are not read again: see history's record_relationship."""
    return Relationship.objects.bulk_create(rows, batch_size=2_000)
