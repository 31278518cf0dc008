"""The entries of a file against those that were imported before: what is new, what changed, what is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields
from uuid import UUID

from onestory.arrive.feeds.case_history import CaseFile
from onestory.arrive.feeds.cast import HALF, Cast, agencies_of
from onestory.arrive.feeds.models import Sort
from onestory.arrive.feeds.positions import places
from onestory.arrive.feeds.reports import ADDED, SUPERSEDED, WITHDRAWN, Change
from onestory.arrive.feeds.source_rows import SourceRows, fitting, last_words
from onestory.platform.history.actions import withdrawals
from onestory.platform.history.loading import load_entries
from onestory.platform.history.models import Entry as EntryRow
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.own_keys import Names, renamed
from onestory.platform.history.record import Entry, Reporter
from onestory.platform.history.renaming import rename_entry
from onestory.platform.identifiers import new_id

_WORDS = {"happened": "date", "told": "shared_with"}
_NOT_COMPARED = {"id", "own", "supersedes", "withdraws", "weight"}


class EntryImport:
    """Compares the entries of one file with what is there. ``start``: the place of the file's first entry."""

    def __init__(self, case_file: CaseFile, rows: SourceRows, cast: Cast, *, start: int, until: dt.date | None) -> None:
        self._file, self._rows, self._cast = case_file, rows, cast
        self._entries = [one for one in case_file.history.entries if _is_known_by(one, until)]
        later = [one for one in case_file.history.entries if not _is_known_by(one, until)]
        self.not_yet = sum(1 for one in later if not rows.digest(Sort.ENTRY, one.id))
        self._digests = {one.id: self._digest(one) for one in case_file.history.entries}
        self.changes: list[Change] = []
        imported = [object_id for _, object_id in rows.imported(Sort.ENTRY)]
        self._old = EntryRow.objects.in_bulk(imported)
        self._standing: dict[UUID, EntryRow] = last_words(EntryRow, imported)
        self._places = self._find_places(start)

    def _digest(self, entry: Entry) -> str:
        named = agencies_of(entry, self._file.history.agencies)
        return self._cast.digest(self._file.record_digests["entry", entry.id], named)

    def _find_places(self, start: int) -> dict[str, int]:
        entries = self._file.history.entries
        before = [self._old_row(one.id) for one in entries]
        found = places([row.position if row else None for row in before], start)
        return {entry.id: place for entry, place in zip(entries, found, strict=True)}

    def _old_row(self, entry_id: str) -> EntryRow | None:
        return self._old.get(self._rows.object_id(Sort.ENTRY, entry_id) or UUID(int=0))

    @property
    def shares_nothing(self) -> bool:
        """Whether entries were imported before, and none of them stands in the file as it was."""
        imported = any(True for _ in self._rows.imported(Sort.ENTRY))
        return imported and not any(
            self._rows.digest(Sort.ENTRY, entry_id)[:HALF] == digest[:HALF]
            for entry_id, digest in self._digests.items()
        )

    def new_entries(self) -> list[NewEntry]:
        """All that is to be written, withdrawals included, in the file's order; notes the changes and the new ids."""
        gone = list(self._gone())
        written = [one for one in self._entries if self._is_written(one)]
        replaced = {one.id: self._standing[row.id] for one in written if (row := self._old_row(one.id))}
        before = self._before(replaced)
        for entry in written:
            old = self._rows.object_id(Sort.ENTRY, entry.id) if entry.id in replaced else None
            new = new_id() if entry.id in replaced else self._rows.reserve(Sort.ENTRY, entry.id)
            self._rows.keep(Sort.ENTRY, entry.id, new, self._digests[entry.id])
            corrected_here = old is not None and replaced[entry.id].id != old
            self.changes.append(self._change(entry, before.get(entry.id), corrected_here))
        return [*withdrawals(gone, known=None), *(self._new(one, replaced.get(one.id)) for one in written)]

    def _is_written(self, entry: Entry) -> bool:
        old = self._old_row(entry.id)
        changed = self._rows.digest(Sort.ENTRY, entry.id) != self._digests[entry.id]
        return old is None or changed or old.position != self._places[entry.id]

    def _gone(self) -> Iterator[EntryRow]:
        named = {fitting(one.id) for one in self._file.history.entries}
        for key, object_id in list(self._rows.imported(Sort.ENTRY)):
            if key not in named:
                self.changes.append(Change("entry", key, WITHDRAWN))
                self._rows.forget(Sort.ENTRY, key)
                if not self._standing[object_id].withdrawn:
                    yield self._standing[object_id]

    def _before(self, replaced: Mapping[str, EntryRow]) -> dict[str, Entry]:
        """What is on record of the entries that are replaced; other entries of the file are named as the file does."""
        if not replaced:
            return {}
        ids = self._file_ids()
        names = Names(entry=lambda one: ids.get(one, one))
        found = load_entries([row.id for row in replaced.values()])
        return {entry_id: rename_entry(found[row.id], names) for entry_id, row in replaced.items()}

    def _file_ids(self) -> dict[str, str]:
        """The file's id of every row that stood for one of its entries; a query for each generation of corrections."""
        ids = {row_id: key for key, row_id in self._rows.imported(Sort.ENTRY)}
        ids |= {self._standing[row_id].id: key for row_id, key in ids.items() if row_id in self._standing}
        newest = dict(ids)
        while newest:
            older = EntryRow.objects.filter(id__in=newest, supersedes__isnull=False).values_list("supersedes", "id")
            newest = {old: newest[new] for old, new in older if old}
            ids |= newest
        return {str(row_id): key for row_id, key in ids.items()}

    def _change(self, entry: Entry, before: Entry | None, corrected_here: bool) -> Change:
        if before is None:
            return Change("entry", entry.id, ADDED)
        after = rename_entry(entry, Names(person=self._person_id, agency=self._agency_id))
        changed = ", ".join(changed_keys(before, after)) or "its place in the order"
        also = "; it takes the place of a correction that was made here" if corrected_here else ""
        return Change("entry", entry.id, SUPERSEDED, f"{changed} changed{also}")

    def _person_id(self, person_id: str) -> str:
        return str(self._cast.people[person_id])

    def _agency_id(self, agency_id: str) -> str | None:
        """The id of an agency; None for what is no agency's id."""
        agency = self._cast.agencies.get(agency_id)
        return str(agency.id) if agency else None

    def _entry_id(self, entry_id: str) -> str | None:
        """The id of another entry of the file, also of one that comes later; None for what is no entry's id."""
        if entry_id not in self._digests:
            return None
        return str(self._rows.reserve(Sort.ENTRY, entry_id))

    def _new(self, entry: Entry, replaces: EntryRow | None) -> NewEntry:
        agency = self._cast.agencies[entry.by].id
        names = Names(
            person=lambda one: str(self._cast.record(one, agency).id),
            agency=self._agency_id,
            entry=self._entry_id,
        )

        def records(people: tuple[str, ...]) -> tuple[UUID, ...]:
            return tuple(self._cast.record(one, agency).id for one in people)

        return NewEntry(
            id=self._rows.reserve(Sort.ENTRY, entry.id),
            agency=agency,
            kind=entry.kind,
            happened=entry.happened,
            known=entry.known,
            about=records(entry.about),
            seen=records(entry.seen),
            seen_alone=records(entry.seen_alone),
            together=records(entry.together),
            factors=entry.factors,
            text=entry.text,
            reporter=self._reporter(entry.reporter),
            own=renamed(entry.kind, entry.own, names),
            told=frozenset(self._cast.agencies[one].id for one in entry.told),
            restricted=entry.restricted,
            count=entry.count,
            ref=entry.ref,
            supersedes=replaces.id if replaces else None,
            from_the_start=replaces is not None,
            position=self._places[entry.id],
        )

    def _reporter(self, reporter: Reporter | None) -> Reporter | None:
        if reporter is None or reporter.agency is None:
            return reporter
        return Reporter(reporter.role, str(self._cast.agencies[reporter.agency].id), reporter.label)


def _is_known_by(entry: Entry, until: dt.date | None) -> bool:
    return until is None or (entry.known is not None and entry.known.last <= until)


def changed_keys(before: Entry, after: Entry) -> list[str]:
    """Which keys of an entry differ, by the names that a file gives them."""
    plain = [
        _WORDS.get(one.name, one.name)
        for one in fields(Entry)
        if one.name not in _NOT_COMPARED and getattr(before, one.name) != getattr(after, one.name)
    ]
    own = sorted(name for name in before.own.keys() | after.own.keys() if before.own.get(name) != after.own.get(name))
    return [*plain, *own]
