"""From the database to the pure History: what is on record in some children's circles, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.platform.agencies.models import Agency as AgencyRow
from onestory.platform.history import models
from onestory.platform.history.corrections import Corrections
from onestory.platform.history.own_keys import OF_AGENCIES, OF_PARTIES, OF_PEOPLE, Names, from_stored, ids_in, renamed
from onestory.platform.history.reach import people_near
from onestory.platform.history.record import Agency, Entry, History, Person, Relationship, Reporter
from onestory.platform.history.splitting import PARTS
from onestory.platform.history.vocabulary import KINDS, Shape
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.models import Relationship as RelationshipRow

SOCIAL_CARE = "childrens_social_care"
_PART_NAMES = tuple(table._meta.get_field("entry").remote_field.get_accessor_name() for table in PARTS)


def load_history(child_ids: Collection[UUID]) -> History:
    """Everything on record in these children's circles, and a little around them; a Story cuts it to one child.

    Ids are texts: people by their anchor, agencies and entries by their own id. Entries stand in the order of their
    ``position`` (a file's order is kept), those that were never known at the time among them with ``known`` None.
    An entry that was corrected or taken back is left out, except where that became known only on a later day: then
    both are there, the later one says what it supersedes, and the story of an earlier day still has the first.
    """
    near = frozenset(chain.from_iterable(people_near(child_ids).values()))
    # Ids first and rows by their ids: with a sub-query the database would rather read the whole table.
    named = models.EntryPerson.objects.filter(record__person__in=near).values_list("entry_id", flat=True)
    rows = _rows(models.Entry.objects.filter(id__in=set(named)))
    relationships = list(
        RelationshipRow.objects.filter(Q(person__person__in=near) | Q(of__person__in=near))
        .filter(withdrawn=False, superseded_by__isnull=True)
        .order_by("position", "id")
    )
    loading = _Loading(near, rows, relationships)
    return History(
        title=loading.title(child_ids),
        area=loading.area(child_ids),
        people=loading.people,
        relationships=tuple(loading.relationships()),
        agencies=loading.agencies,
        entries=tuple(loading.entries()),
    )


def load_entries(entry_ids: Collection[UUID]) -> Mapping[UUID, Entry]:
    """Single entries as pure ones, whether or not they still count. A fixed number of queries."""
    rows = _rows(models.Entry.objects.filter(id__in=entry_ids))
    loading = _Loading(frozenset(), rows, ())
    return {row.id: loading.entry(row) for row in rows}


def _rows(entries: QuerySet[models.Entry]) -> list[models.Entry]:
    return list(entries.select_related(*_PART_NAMES, "superseded_by"))


def _grouped(rows: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for key, value in rows:
        grouped[key].append(value)
    return grouped


class _Loading:
    """The rows, and what is needed to say them as a pure History."""

    def __init__(
        self, near: Collection[UUID], rows: Sequence[models.Entry], relationships: Sequence[RelationshipRow]
    ) -> None:
        self._relationships = relationships
        successors = [row.superseded_by for row in rows if hasattr(row, "superseded_by")]
        self._corrections = Corrections([*successors, *rows])
        # A correction that keeps its place comes where the entry was, also among entries of one and the same moment.
        self._rows = sorted(rows, key=lambda row: (row.position, self._corrections.first(row.id), row.id))
        self._elsewhere = {one.supersedes_id: one for one in successors if one.id not in {row.id for row in rows}}
        self._own = {row.id: _own(row) for row in rows}
        ids = [row.id for row in rows]
        people = models.EntryPerson.objects.filter(entry__in=ids).order_by("id")
        self._named = _grouped(
            (entry, (part, record)) for entry, part, record in people.values_list("entry_id", "part", "record_id")
        )
        told = models.EntryTold.objects.filter(entry__in=ids)
        self._told = _grouped(told.values_list("entry_id", "agency_id"))
        self._read_people(near)
        self._read_agencies()

    def _ids_in_own(self, shapes: frozenset[Shape]) -> set[str]:
        return {one for row in self._rows for one in ids_in(row.kind, self._own[row.id], shapes)}

    def _read_people(self, near: Collection[UUID]) -> None:
        mentioned = {record for named in self._named.values() for _, record in named}
        mentioned |= {one for row in self._relationships for one in (row.person_id, row.of_id)}
        mentioned |= {UUID(one) for one in self._ids_in_own(OF_PEOPLE | OF_PARTIES)}
        of_mentioned = AgencyRecord.objects.filter(id__in=mentioned).values("person")
        records = AgencyRecord.objects.filter(Q(person__in=near) | Q(person__in=of_mentioned))
        self._records = list(records.select_related("person").order_by("recorded_at", "id"))
        self._person_of = {str(record.id): str(record.person_id) for record in self._records}
        people: dict[str, Person] = {}
        for record in self._records:  # the newest says how a person is called now
            before = people.get(str(record.person_id))
            born = record.born or (before.born if before else None)
            sex = record.sex or (before.sex if before else "")
            person = Person(str(record.person_id), record.label, record.person.is_child, born, sex)
            people[person.id] = person
        # Ids tell the order in which people became known.
        self.people = {one: people[one] for one in sorted(people)}

    def _read_agencies(self) -> None:
        ids = {row.agency_id for row in self._rows} | {one for told in self._told.values() for one in told}
        ids |= {row.by_id for row in self._relationships if row.by_id} | {record.agency_id for record in self._records}
        ids |= {row.reporter.agency_id for row in self._rows if hasattr(row, "reporter") and row.reporter.agency_id}
        ids |= {UUID(one) for one in self._ids_in_own(OF_AGENCIES | OF_PARTIES) if one not in self._person_of}
        found = AgencyRow.objects.filter(id__in=ids)
        self.agencies = {str(one.id): Agency(str(one.id), one.name, one.sector, one.area) for one in found}

    def title(self, child_ids: Collection[UUID]) -> str:
        """The children's names."""
        return ", ".join(self.people[str(one)].label for one in child_ids if str(one) in self.people)

    def area(self, child_ids: Collection[UUID]) -> str:
        """The area whose social care knows the first of the children, or else any agency that knows them."""
        known = [self.agencies[str(one.agency_id)] for one in self._records if one.person_id in set(child_ids)]
        known.sort(key=lambda agency: agency.sector != SOCIAL_CARE)
        return next((agency.area for agency in known if agency.area), "")

    def relationships(self) -> Iterable[Relationship]:
        """In their order; a row between two records that have turned out to be one person's is left out."""
        for row in self._relationships:
            person, of = self._person_of[str(row.person_id)], self._person_of[str(row.of_id)]
            if person != of:
                by = str(row.by_id) if row.by_id else None
                yield Relationship(person, row.relation, of, row.status, row.known, row.since, row.until, by, row.ref)

    def entries(self) -> Iterable[Entry]:
        """The entries that count, in their order."""
        for row in self._rows:
            if self._corrections.keeps(row.id):
                yield self.entry(row)
            successor = self._elsewhere.get(row.id)
            if successor and self._corrections.keeps(row.id):
                yield self._taken_away(row, successor)

    def _taken_away(self, row: models.Entry, successor: models.Entry) -> Entry:
        """A correction says that the entry is about somebody else: here it takes the entry back, and says no more."""
        return Entry(
            id=str(successor.id),
            happened=row.happened,
            known=successor.known,
            by=str(successor.agency_id),
            kind=row.kind,
            about=self._people_of(row, models.Part.ABOUT),
            supersedes=str(row.id),
            withdraws=True,
        )

    def entry(self, row: models.Entry) -> Entry:
        """One row with its parts as a pure entry."""
        supersedes = self._corrections.supersedes(row)
        return Entry(
            id=str(row.id),
            happened=row.happened,
            known=row.known,
            by=str(row.agency_id),
            kind=row.kind,
            reporter=_reporter(row),
            factors=_factors(row),
            text=next((part.text for part in _parts(row) if part.text), ""),
            ref=row.ref,
            told=frozenset(str(one) for one in self._told[row.id]),
            count=row.count,
            restricted=row.restricted or None,
            own=renamed(row.kind, self._own[row.id], self._names()),
            supersedes=str(supersedes) if supersedes else None,
            withdraws=row.withdrawn,
            weight=row.weight,
            **{str(part): self._people_of(row, part) for part in models.Part},
        )

    def _people_of(self, row: models.Entry, part: str) -> tuple[str, ...]:
        named = (self._person_of[str(record)] for one, record in self._named[row.id] if one == part)
        return tuple(dict.fromkeys(named))

    def _names(self) -> Names:
        return Names(
            person=lambda one: self._person_of.get(one, one),
            agency=lambda one: None if one in self._person_of else one,
            entry=self._entry_now,
        )

    def _entry_now(self, identity: str) -> str | None:
        try:
            now = self._corrections.now(UUID(identity))
        except ValueError:  # words where an entry may be named
            return identity
        return str(now) if now else None


def _parts(row: models.Entry) -> list[models.EntryPart]:
    return [getattr(row, name) for name in _PART_NAMES if hasattr(row, name)]


def _own(row: models.Entry) -> dict[str, Any]:
    """The kind's own keys from all tables; what stands in two of them (factors) is put together."""
    keys = KINDS[row.kind].by_name
    own: dict[str, Any] = {}
    for stored in (row.own, *(part.own for part in _parts(row))):
        for name, value in stored.items():
            read = from_stored(keys[name].shape, value)
            own[name] = own[name] | read if name in own else read
    return {name: own[name] for name in keys if name in own}


def _factors(row: models.Entry) -> frozenset[str]:
    care = row.entrycarehistory.factors if hasattr(row, "entrycarehistory") else ()
    return frozenset([*row.factors, *care])


def _reporter(row: models.Entry) -> Reporter | None:
    if not hasattr(row, "reporter") or not row.reporter.role:
        return None
    agency = row.reporter.agency_id
    return Reporter(row.reporter.role, str(agency) if agency else None, row.reporter.label)
