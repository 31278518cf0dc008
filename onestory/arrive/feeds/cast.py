"""Who and which agencies a file names: the anchors, the agencies, and each agency's record of a person.

A file knows one description of a person. Each agency that has an entry about them gets a record of its own with that
description, as does the agency by which a relationship was recorded; whoever is in no agency's entries is held by the
area's social care. When the description changes, each of these agencies gets a newer record beside the old one: what
was recorded keeps the record that it came with, and the newest one is what the agency holds now.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from onestory.arrive.feeds.case_history import CaseFile
from onestory.arrive.feeds.models import Sort
from onestory.arrive.feeds.reports import ADDED, KEPT, SUPERSEDED, Change
from onestory.arrive.feeds.source_rows import SourceRows, fitting
from onestory.platform.access.models import User
from onestory.platform.agencies.actions import ensure_agency
from onestory.platform.agencies.models import Agency as AgencyRow
from onestory.platform.history.own_keys import OF_AGENCIES, OF_PARTIES, OF_PEOPLE, ids_in
from onestory.platform.history.record import Agency, Entry, Relationship
from onestory.platform.people.actions import add_agency_records, add_person, keep_story_for, new_agency_record
from onestory.platform.people.models import AgencyRecord

SOCIAL_CARE = "childrens_social_care"
HALF = 32
"""The first characters of a row's digest tell what the record says, the rest which agencies it means."""


class Cast:
    """The people and agencies of one file, as rows. Made once for a file, inside the import's transaction."""

    def __init__(self, case_file: CaseFile, rows: SourceRows, *, by: User | None, at: dt.datetime) -> None:
        self._file, self._rows, self._by, self._at = case_file, rows, by, at
        self._history = case_file.history
        self.changes: list[Change] = []
        self.changed_people: set[UUID] = set()
        self.agencies = {one.id: self._agency(one) for one in self._history.agencies.values()}
        self._social_care = self._find_social_care()
        self.people = {one: self._anchor(one) for one in self._history.people}
        self._say_who_is_gone()
        self._records = self._make_records()

    def _agency(self, agency: Agency) -> AgencyRow:
        area = agency.area or self._history.area
        row = ensure_agency(name=agency.name, sector=agency.sector, area=area, by=self._by, at=self._at)
        before = self._rows.object_id(Sort.AGENCY, agency.id)
        if before != row.id:
            self.changes.append(Change("agency", agency.id, SUPERSEDED if before else ADDED))
        self._rows.keep(Sort.AGENCY, agency.id, row.id, self._file.record_digests["agency", agency.id])
        return row

    def _find_social_care(self) -> AgencyRow:
        """Social care of the file's own area, known to us even where the file does not name it."""
        area = self._history.area
        named = [one for one in self.agencies.values() if one.sector == SOCIAL_CARE]
        named.sort(key=lambda one: one.area != area)
        known = named or list(AgencyRow.objects.filter(sector=SOCIAL_CARE, area=area)[:1])
        if known:
            return known[0]
        return ensure_agency(name="Children's Social Care", sector=SOCIAL_CARE, area=area, by=self._by, at=self._at)

    def _anchor(self, person_id: str) -> UUID:
        person = self._history.people[person_id]
        digest = self._file.record_digests["person", person_id]
        anchor, before = self._rows.object_id(Sort.PERSON, person_id), self._rows.digest(Sort.PERSON, person_id)
        if anchor is None:
            anchor = add_person(is_child=person.is_child, by=self._by, at=self._at).id
            self.changes.append(Change("person", person_id, ADDED))
        elif before != digest:
            keep_story_for(anchor, is_child=person.is_child, by=self._by, at=self._at)
            self.changes.append(Change("person", person_id, SUPERSEDED, "newer records stand beside the old ones"))
            self.changed_people.add(anchor)
        return self._rows.keep(Sort.PERSON, person_id, anchor, digest)

    def _say_who_is_gone(self) -> None:
        named = {fitting(person) for person in self._history.people}
        for key, anchor in list(self._rows.imported(Sort.PERSON)):
            if key not in named:
                self.changes.append(Change("person", key, KEPT, "no longer in the file"))
                self._rows.keep(Sort.PERSON, key, anchor, "")

    def _make_records(self) -> dict[tuple[str, UUID], AgencyRecord]:
        """Every record that is needed, by the file's person and the agency; made where there is none like it."""
        known = {row.id: row for row in AgencyRecord.objects.filter(person__in=self.people.values())}
        found: dict[tuple[str, UUID], AgencyRecord] = {}
        made: list[AgencyRecord] = []
        for person_id, agency_id in dict.fromkeys(self._pairs()):
            key = json.dumps([person_id, str(agency_id)], ensure_ascii=False)
            digest = self._file.record_digests["person", person_id]
            record = known.get(self._rows.object_id(Sort.RECORD, key) or UUID(int=0))
            if record is None or self._rows.digest(Sort.RECORD, key) != digest:
                record = self._new_record(person_id, agency_id)
                made.append(record)
                self._rows.keep(Sort.RECORD, key, record.id, digest)
            found[person_id, agency_id] = record
        add_agency_records(made, by=self._by)
        return found

    def _new_record(self, person_id: str, agency_id: UUID) -> AgencyRecord:
        person = self._history.people[person_id]
        return new_agency_record(
            person_id=self.people[person_id], agency_id=agency_id, label=person.label, born=person.born, at=self._at
        )

    def _pairs(self) -> Iterator[tuple[str, UUID]]:
        """Which agency needs a record of whom."""
        named = set()
        for entry in self._history.entries:
            for person in people_of(entry, self._history.people):
                named.add(person)
                yield person, self.agencies[entry.by].id
        for row in self._history.relationships:
            named |= {row.person, row.of}
            yield row.person, self.holder(row).id
            yield row.of, self.holder(row).id
        yield from ((person, self._social_care.id) for person in self._history.people if person not in named)

    def holder(self, row: Relationship) -> AgencyRow:
        """The agency whose records a relationship lies between."""
        return self.agencies[row.by] if row.by else self._social_care

    def record(self, person_id: str, agency_id: UUID) -> AgencyRecord:
        """The agency's record of a person of the file."""
        return self._records[person_id, agency_id]

    def digest(self, digest: str, agency_ids: Iterable[str]) -> str:
        """The digest of a record and of the agencies that it names, half and half.

        An agency is told by what it is and not by its key in the file: with another name it is another agency.
        """
        named = sorted({f"{key} {self.agencies[key].id}" for key in agency_ids})
        return digest[:HALF] + hashlib.sha256("\n".join(named).encode()).hexdigest()[:HALF]


def people_of(entry: Entry, people: Collection[str]) -> Iterator[str]:
    """Everybody whom an entry names."""
    yield from (*entry.about, *entry.seen, *entry.seen_alone, *entry.together)
    yield from ids_in(entry.kind, entry.own, OF_PEOPLE)
    yield from (one for one in ids_in(entry.kind, entry.own, OF_PARTIES) if one in people)


def agencies_of(entry: Entry, agencies: Collection[str]) -> Iterator[str]:
    """Every agency that an entry names."""
    yield entry.by
    yield from entry.told
    if entry.reporter and entry.reporter.agency:
        yield entry.reporter.agency
    yield from ids_in(entry.kind, entry.own, OF_AGENCIES)
    yield from (one for one in ids_in(entry.kind, entry.own, OF_PARTIES) if one in agencies)
