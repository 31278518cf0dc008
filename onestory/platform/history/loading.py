"""From the database to the pure History: what is on record in some children's circles, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from onestory.platform.access.keeping import keeping
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Agency as AgencyRow
from onestory.platform.database.one_of import Ids
from onestory.platform.history import models
from onestory.platform.history.corrections import Corrections
from onestory.platform.history.own_keys import OF_AGENCIES, OF_PARTIES, OF_PEOPLE, Names, from_stored, ids_in, renamed
from onestory.platform.history.reach import people_near
from onestory.platform.history.record import Agency, Entry, History, Person, Relationship, Reporter
from onestory.platform.history.splitting import HIDDEN_WITH_ITS_WORDS, PARTS
from onestory.platform.history.vocabulary import KINDS, Shape
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.models import Relationship as RelationshipRow

type Parts = Mapping[UUID, list[models.EntryPart]]
SOCIAL_CARE = "childrens_social_care"
NOT_NAMED = "Somebody not named here"
"""Who is named in what the reader sees, and of whom the reader sees no record."""


def load_history(child_ids: Collection[UUID], *, sight: Sight | None = None, summaries: bool = False) -> History:
    """Everything on record in these children's circles, and a little around them; a Story cuts it to one child.

    ``sight``: only what this reader may see; who is named there without being known to the reader is not named. None:
    everything, for what the program works out by itself as keeper. The database cuts to its own reader besides.
    ``summaries``: what the detector reads (detection.sql): no words, and who told by a number only.

    Ids are texts: people by their anchor, agencies and entries by their own id. Entries stand in the order of their
    ``position`` (a file's order is kept), those that were never known at the time among them with ``known`` None.
    An entry that was corrected or taken back is left out, except where that became known only on a later day: then
    both are there, the later one says what it supersedes, and the story of an earlier day still has the first.
    """
    near = _near(child_ids, sight)
    # Ids first and rows by their ids: with a sub-query the database would rather read the whole table.
    marked = RecordMark.objects.filter(person__in=near).values_list("record_id", flat=True)
    records = list(marked)
    named = _seen(sight, models.EntryPerson).filter(record__in=records).values_list("entry_id", flat=True)
    rows = list(_seen(sight, models.Entry).filter(id__one_of=Ids(named)))
    relationships = list(
        _seen(sight, RelationshipRow)
        .filter(Q(person__in=records) | Q(of__in=records))
        .filter(withdrawn=False, superseded_by__isnull=True)
        .order_by("position", "id")
    )
    loading = _Loading(near, rows, relationships, sight, _read_summaries if summaries else _read_parts)
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
    rows = list(models.Entry.objects.filter(id__one_of=Ids(entry_ids)))
    loading = _Loading(frozenset(), rows, (), None, _read_parts)
    return {row.id: loading.entry(row) for row in rows}


def _near(child_ids: Collection[UUID], sight: Sight | None) -> frozenset[UUID]:
    """Whose records are read: the circle to which the reader was narrowed, or everybody near."""
    if sight is not None and sight.among is not None:
        return sight.among
    return frozenset(chain.from_iterable(people_near(child_ids).values()))


def _seen[M: Model](sight: Sight | None, model: type[M]) -> QuerySet[M]:
    """The rows of a table that the reader may see; all of them where the program reads for itself."""
    rows = model._default_manager.all()
    return rows if sight is None else visible_to(sight, rows)


def _successors(entry_ids: Ids) -> list[models.Entry]:
    """What took the place of these entries. That an entry no longer stands is known to whoever sees it, whatever else
    the reader may see of what took its place; nothing of that is shown."""
    with keeping():
        return list(models.Entry.objects.filter(supersedes__one_of=entry_ids))


def _grouped(rows: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for key, value in rows:
        grouped[key].append(value)
    return grouped


def _read_parts(sight: Sight | None, ids: Ids) -> Parts:
    """The parts of each entry, in the order of PARTS. One query for each table, whatever the number of entries."""
    rows = chain.from_iterable(_seen(sight, table).filter(entry__one_of=ids) for table in PARTS)
    return _grouped((part.entry_id, part) for part in rows)


def _read_summaries(_: Sight | None, ids: Ids) -> Parts:
    """What the detector may have of the parts: care history that a basis opens, whether tellers differ, and areas."""
    care = models.EntryCareHistory.objects.filter(entry__one_of=ids).values("entry_id", "own", "factors", "restricted")
    parts: list[models.EntryPart] = [models.EntryCareHistory(**row) for row in care]
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, role, agency, number FROM detection_tellers(%s)", [list(ids)])
        parts += [models.EntryReporter(entry_id=e, role=r, agency_id=a, label=n) for e, r, a, n in cursor.fetchall()]
        cursor.execute("SELECT entry, area FROM detection_areas(%s)", [list(ids)])
        parts += [models.EntryLocation(entry_id=entry, own={"to_area": area}) for entry, area in cursor.fetchall()]
    return _grouped((part.entry_id, part) for part in parts)


class _Loading:
    """The rows, and what is needed to say them as a pure History."""

    def __init__(
        self,
        near: Collection[UUID],
        rows: Sequence[models.Entry],
        relationships: Sequence[RelationshipRow],
        sight: Sight | None,
        read_parts: Callable[[Sight | None, Ids], Parts],
    ) -> None:
        self._relationships, self._sight = relationships, sight
        ids = Ids(row.id for row in rows)
        self._parts = read_parts(sight, ids)
        successors = _successors(ids)
        self._corrections = Corrections([*successors, *rows])
        # A correction that keeps its place comes where the entry was, also among entries of one and the same moment.
        self._rows = sorted(rows, key=lambda row: (row.position, self._corrections.first(row.id), row.id))
        self._elsewhere = {one.supersedes_id: one for one in successors if one.id not in ids}
        self._own = {row.id: _own(row, self._parts[row.id]) for row in rows}
        people = _seen(sight, models.EntryPerson).filter(entry__one_of=ids).order_by("id")
        self._named = _grouped(
            (entry, (part, record)) for entry, part, record in people.values_list("entry_id", "part", "record_id")
        )
        told = _seen(sight, models.EntryTold).filter(entry__one_of=ids)
        self._told = _grouped(told.values_list("entry_id", "agency_id"))
        self._read_people(near)
        self._read_agencies()

    def _ids_in_own(self, shapes: frozenset[Shape]) -> set[str]:
        return {one for row in self._rows for one in ids_in(row.kind, self._own[row.id], shapes)}

    def _read_people(self, near: Collection[UUID]) -> None:
        mentioned = {record for named in self._named.values() for _, record in named}
        mentioned |= {one for row in self._relationships for one in (row.person_id, row.of_id)}
        mentioned |= {UUID(one) for one in self._ids_in_own(OF_PEOPLE | OF_PARTIES)}
        marks = list(RecordMark.objects.filter(record__in=mentioned).select_related("person"))
        everybody = {*near, *(mark.person_id for mark in marks)}
        records = _seen(self._sight, AgencyRecord).filter(person__in=everybody)
        self._records = list(records.select_related("person").order_by("recorded_at", "id"))
        self._person_of = {str(mark.record_id): str(mark.person_id) for mark in marks}
        self._person_of |= {str(record.id): str(record.person_id) for record in self._records}
        people = {str(one.person_id): Person(str(one.person_id), NOT_NAMED, one.person.is_child) for one in marks}
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
        reporters = (part for parts in self._parts.values() for part in parts if isinstance(part, models.EntryReporter))
        ids |= {one.agency_id for one in reporters if one.agency_id}
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
        parts = self._parts[row.id]
        return Entry(
            id=str(row.id),
            happened=row.happened,
            known=row.known,
            by=str(row.agency_id),
            kind=row.kind,
            reporter=_reporter(parts),
            factors=_factors(row, parts),
            text=next((part.text for part in parts if part.text), ""),
            ref=row.ref,
            told=frozenset(str(one) for one in self._told[row.id]),
            count=row.count,
            restricted=_restricted(row, parts),
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


def _own(row: models.Entry, parts: Iterable[models.EntryPart]) -> dict[str, Any]:
    """The kind's own keys from all tables; what stands in two of them (factors) is put together."""
    keys = KINDS[row.kind].by_name
    own: dict[str, Any] = {}
    for stored in (row.own, *(part.own for part in parts)):
        for name, value in stored.items():
            read = from_stored(keys[name].shape, value)
            own[name] = own[name] | read if name in own else read
    return {name: own[name] for name in keys if name in own}


def _factors(row: models.Entry, parts: Iterable[models.EntryPart]) -> frozenset[str]:
    care = (factor for part in parts if isinstance(part, models.EntryCareHistory) for factor in part.factors)
    return frozenset([*row.factors, *care])


def _restricted(row: models.Entry, parts: Iterable[models.EntryPart]) -> str | None:
    """How the entry is restricted, as far as the reader sees what it hides."""
    beside = {type(part) for part in parts if part.restricted}
    return row.restricted or next((code for code, table in HIDDEN_WITH_ITS_WORDS.items() if table in beside), None)


def _reporter(parts: Iterable[models.EntryPart]) -> Reporter | None:
    for part in parts:
        if isinstance(part, models.EntryReporter) and part.role:
            return Reporter(part.role, str(part.agency_id) if part.agency_id else None, part.label)
    return None
