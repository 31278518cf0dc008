"""Who the people in an extract's rows are: the agency's own records, new ones, or nobody that can be told for sure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from onestory.arrive.feeds.extracts import PersonInRow
from onestory.arrive.feeds.incoming.models import SettledPerson
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.people.actions import add_agency_records, new_agency_record
from onestory.platform.people.models import AgencyRecord, Person


def likeness(person: PersonInRow) -> str:
    """A digest of all that an extract tells of somebody, whatever their part in the row."""
    told = {name: value for name, value in person.plain().items() if name not in ("who", "seen")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """One of the agency's own people, by their ``newest`` record.

    ``record`` : the one that says what the row says; None: it is to be made.
    """

    newest: AgencyRecord
    record: AgencyRecord | None

    @property
    def person_id(self) -> UUID:
        """Whose records these are."""
        return self.newest.person_id


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody whom the agency holds; they become a person with a record of the agency."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """One of these, or somebody else: a person has to say."""

    candidates: tuple[AgencyRecord, ...]


type Found = Known | Unknown | Unclear


@dataclass(slots=True)
class AgencyPeople:
    """What one agency holds about the people whom a batch of rows names: three queries, however many rows.

    The agency's own number tells who somebody is; without one an NHS number. A number that stands on several people's
    records, or on somebody with another name and another birth date, tells nothing for sure; nor does a name with a
    birth date alone.
    """

    agency: Agency
    by_likeness: dict[str, AgencyRecord] = field(default_factory=dict)
    by_number: dict[str, list[AgencyRecord]] = field(default_factory=dict)
    by_nhs_number: dict[str, list[AgencyRecord]] = field(default_factory=dict)
    by_birth: dict[str, list[AgencyRecord]] = field(default_factory=dict)

    def look_up(self, people: Sequence[PersonInRow]) -> None:
        """Read what the agency holds about these people."""
        settled = SettledPerson.objects.filter(agency=self.agency, likeness__in={likeness(one) for one in people})
        self.by_likeness = {row.likeness: row.record for row in settled.select_related("record")}
        numbers = {one.number for one in people if one.number}
        nhs_numbers = {one.nhs_number for one in people if one.nhs_number}
        births = {str(one.born) for one in people if one.born}
        held = AgencyRecord.objects.filter(agency=self.agency).filter(
            Q(number__in=numbers) | Q(nhs_number__in=nhs_numbers) | Q(number="", born__in=births)
        )
        self.by_number, self.by_nhs_number, self.by_birth = {}, {}, {}
        for record in held.order_by("recorded_at", "id"):
            self._keep(record)

    def _keep(self, record: AgencyRecord) -> None:
        if record.number:
            self.by_number.setdefault(record.number, []).append(record)
        if record.nhs_number:
            self.by_nhs_number.setdefault(record.nhs_number, []).append(record)
        if not record.number:
            self.by_birth.setdefault(str(record.born), []).append(record)

    def find(self, person: PersonInRow) -> Found:
        """Who it is, as far as that can be told."""
        settled = self.by_likeness.get(likeness(person))
        if settled:
            same = [one for one in self._held(person) if one.person_id == settled.person_id]
            return Known(settled, _saying_the_same(person, [*same, settled]))
        held = self._held(person)
        if held and (len({one.person_id for one in held}) > 1 or _contradicts(person, held)):
            return Unclear(tuple(_newest_of_each(held)))
        if held:
            return Known(held[-1], _saying_the_same(person, held))
        alike = [one for one in self.by_birth.get(str(person.born), ()) if _may_be_called(one, person)]
        if alike or not (person.number or person.nhs_number):
            return Unclear(tuple(_newest_of_each(alike)))
        return Unknown()

    def _held(self, person: PersonInRow) -> list[AgencyRecord]:
        if person.number and person.number in self.by_number:
            return self.by_number[person.number]
        return self.by_nhs_number.get(person.nhs_number, []) if person.nhs_number else []

    def add(self, people: Iterable[PersonInRow], *, by: User | None, at: dt.datetime) -> None:
        """Make what is missing: people whom the agency did not hold, and newer records where it says otherwise now."""
        anchors: list[Person] = []
        records: list[AgencyRecord] = []
        for person in people:
            found = self.find(person)
            if isinstance(found, Unclear) or (isinstance(found, Known) and found.record):
                continue
            if isinstance(found, Unknown):
                anchors.append(Person(is_child=person.is_child, since_at=at))
                records.append(_record(person, anchors[-1].id, self.agency, at))
            else:
                records.append(_record(person, found.person_id, self.agency, at))
            self._keep(records[-1])
        Person.objects.bulk_create(anchors)
        add_agency_records(records, by=by)

    def record_of(self, person: PersonInRow) -> AgencyRecord:
        """The record that an entry names. Call ``add`` first; raises LookupError for somebody who is not clear."""
        found = self.find(person)
        if not isinstance(found, Known) or found.record is None:
            raise LookupError(person.who)
        return found.record


def new_record(person: PersonInRow, *, person_id: UUID, agency: Agency, at: dt.datetime) -> AgencyRecord:
    """The agency's record of somebody as an extract tells of them; not written yet."""
    return _record(person, person_id, agency, at)


def _record(person: PersonInRow, person_id: UUID, agency: Agency, at: dt.datetime) -> AgencyRecord:
    details = {name: getattr(person, name) for name in _TOLD if getattr(person, name)}
    return new_agency_record(person_id=person_id, agency_id=agency.id, label=person.label, at=at, **details)


_TOLD = ("number", "given_name", "family_name", "born", "sex", "nhs_number", "upn")


def _saying_the_same(person: PersonInRow, records: Sequence[AgencyRecord]) -> AgencyRecord | None:
    """The newest record that says all that the extract says of them."""
    for record in reversed(records):
        if record.label == person.label and all(
            str(getattr(record, name) or "") == str(getattr(person, name) or "")
            for name in _TOLD
            if getattr(person, name)
        ):
            return record
    return None


def _contradicts(person: PersonInRow, held: Sequence[AgencyRecord]) -> bool:
    """Whether the number stands on somebody of another family name and another birth date: it was given out again."""
    return all(
        record.born
        and person.born
        and record.born != person.born
        and record.family_name
        and person.family_name
        and _folded(record.family_name) != _folded(person.family_name)
        for record in held
    )


def _may_be_called(record: AgencyRecord, person: PersonInRow) -> bool:
    """Whether a record without a number may be theirs, by the first name."""
    first = _folded(record.given_name or record.label.partition(" ")[0])
    return bool(first) and first == _folded(person.given_name or person.label.partition(" ")[0])


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _newest_of_each(records: Iterable[AgencyRecord]) -> Iterator[AgencyRecord]:
    newest = {record.person_id: record for record in records}
    yield from newest.values()
