"""Taking in an agency's nightly file of persons: what is new or changed stands beside what was there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from onestory.arrive.matching.bulk.row_problems import RowProblem
from onestory.arrive.matching.indexing import index
from onestory.arrive.matching.models import FormerName, RecordContact
from onestory.arrive.matching.person_rows import PersonRow, is_child, read_person_rows
from onestory.platform.access.guarding import keys_for_each
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.people.actions import add_agency_records, new_agency_record
from onestory.platform.people.models import AgencyRecord, Person

AT_ONCE = 1_000
_OF_THE_RECORD = ("given_name", "family_name", "born", "sex", "nhs_number", "upn")
_OF_THE_CONTACT = ("address_line", "locality", "postcode", "phone")


@dataclass(slots=True)
class Taken:
    """What became of a file: how many persons were new, changed, moved or as before; what was wrong with other rows."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    same: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The same for a reader."""
        told = f"{self.new:,} new, {self.changed:,} changed, {self.moved:,} at another address, {self.same:,} as before"
        return [*map(str, self.problems), told]


@transaction.atomic
def import_persons(
    path: Path, *, agency: Agency, by: User | None, at: dt.datetime, demonstration: bool = False, dry_run: bool = False
) -> Taken:
    """Take in an agency's file of persons. Nothing is overwritten: what changed is a newer record beside the old one.

    The agency's own number tells who is who. New and changed persons are compared with everybody else by jobs, and
    appear as candidates; nobody is joined. Rows with problems are left out and named, the rest is taken. The same file
    again changes nothing. Raises PersonFileProblem where it is no file of persons.
    """
    taken = Taken()
    with keeping():
        for rows in batched(read_person_rows(path, demonstration=demonstration), AT_ONCE):
            taken.problems += [row for row in rows if isinstance(row, RowProblem)]
            _take([row for row in rows if isinstance(row, PersonRow)], agency, by, at, taken)
    if dry_run:
        transaction.set_rollback(True)
    return taken


def _take(rows: Sequence[PersonRow], agency: Agency, by: User | None, at: dt.datetime, taken: Taken) -> None:
    known = _known(rows, agency)
    places = _places(known.values())
    added: list[tuple[PersonRow, AgencyRecord]] = []
    moved: list[tuple[PersonRow, AgencyRecord]] = []
    for row in rows:
        before = known.get(row.number)
        if before is None or _says(before) != _says(row):
            added.append((row, _record(row, before, agency, at)))
            taken.changed, taken.new = taken.changed + bool(before), taken.new + (before is None)
        elif _is_somewhere(row) and _place(row) not in places.get(row.number, set()):
            moved.append((row, before))
            taken.moved += 1
        else:
            taken.same += 1
    Person.objects.bulk_create(
        Person(id=record.person_id, is_child=is_child(row, timezone.localdate(at)), since_at=at)
        for row, record in added
        if row.number not in known
    )
    add_agency_records([record for _, record in added], by=by)
    _write_beside([*added, *moved], at)


def _known(rows: Iterable[PersonRow], agency: Agency) -> dict[str, AgencyRecord]:
    """What the agency held of these persons until now: the newest record under each of its numbers."""
    numbered = AgencyRecord.objects.filter(agency=agency, number__in=[row.number for row in rows])
    return {record.number: record for record in numbered.order_by("recorded_at", "id")}


def _says(one: PersonRow | AgencyRecord) -> tuple[str, ...]:
    return tuple(str(getattr(one, name) or "") for name in _OF_THE_RECORD)


def _place(one: PersonRow | RecordContact) -> tuple[str, ...]:
    return tuple(getattr(one, name).casefold().replace(" ", "") for name in _OF_THE_CONTACT)


def _is_somewhere(row: PersonRow) -> bool:
    return any(_place(row))


def _places(records: Iterable[AgencyRecord]) -> dict[str, set[tuple[str, ...]]]:
    """Where each of these persons is known to live or have lived, by the agency's number."""
    found: dict[str, set[tuple[str, ...]]] = {}
    held = {record.person_id: record for record in records}
    contacts = RecordContact.objects.filter(
        record__person__in=held, record__agency__in={record.agency_id for record in held.values()}
    )
    for contact in contacts.select_related("record"):
        found.setdefault(contact.record.number, set()).add(_place(contact))
    return found


def _record(row: PersonRow, before: AgencyRecord | None, agency: Agency, at: dt.datetime) -> AgencyRecord:
    return new_agency_record(
        person_id=before.person_id if before else Person().id,
        agency_id=agency.id,
        label=" ".join(filter(None, (row.given_name, row.family_name))),
        number=row.number,
        at=at,
        **{name: getattr(row, name) for name in _OF_THE_RECORD},
    )


def _write_beside(rows: Sequence[tuple[PersonRow, AgencyRecord]], at: dt.datetime) -> None:
    """Addresses and former names of these records, and the keys to find them by."""
    keys = keys_for_each({record.id: [record.id] for _, record in rows})
    contacts = [
        RecordContact(
            record=record,
            recorded_at=at,
            info=InfoClass.LOCATION.number,
            agency_id=record.agency_id,
            keys=keys[record.id],
            **{name: getattr(row, name) for name in _OF_THE_CONTACT},
        )
        for row, record in rows
        if _is_somewhere(row)
    ]
    names = [
        FormerName(
            record=record,
            family_name=row.former_surname,
            recorded_at=at,
            info=InfoClass.INDEX.number,
            agency_id=record.agency_id,
            keys=keys[record.id],
        )
        for row, record in rows
        if row.former_surname
    ]
    RecordContact.objects.bulk_create(contacts)
    FormerName.objects.bulk_create(names)
    index([record for _, record in rows])
