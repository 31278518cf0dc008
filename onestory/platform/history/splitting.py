"""Which part of an entry goes into which table, so that the database can guard each class of information apart.

The summary (class 2) keeps agency, dates, kind, factors and coded keys. Words, a source's detail, care history, the
reporter, places and legal advice each go to a table of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from onestory.platform.access.guarding import marks_of
from onestory.platform.access.visibility import ONLY_CLOSES, keys_of
from onestory.platform.history.classes import class_of
from onestory.platform.history.models import (
    Entry,
    EntryCareHistory,
    EntryLegalAdvice,
    EntryLocation,
    EntryLocationHeld,
    EntryPart,
    EntryPerson,
    EntryReporter,
    EntrySourceDetail,
    EntryText,
    EntryTold,
    Part,
)
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.own_keys import OF_PARTIES, OF_PEOPLE, ids_in, to_stored
from onestory.platform.history.vocabulary import KINDS, Shape

CARE_FACTORS = frozenset({"care_experienced_parent"})
"""Factors that would tell a parent's own care history (T4.5); they never stand in the summary."""

WORDS_OF: dict[str | None, type[EntryPart]] = {
    "adult_mental_health": EntrySourceDetail,
    "care_history": EntryCareHistory,
    "reporter_identity": EntryReporter,
    "address": EntryLocation,
    "legal": EntryLegalAdvice,
}
"""Where the words of a restricted entry go; of any other to EntryText."""

PARTS: tuple[type[EntryPart], ...] = (EntryText, *WORDS_OF.values())


def table_of_key(shape: Shape, value: Any, restricted: str | None) -> type[EntryPart] | None:
    """The table that keeps one of the kind's own keys; None: the summary itself."""
    if shape is Shape.TEXT:
        return WORDS_OF.get(restricted, EntryText)
    if shape is Shape.DETAIL:
        return EntrySourceDetail
    if shape is Shape.PLACE:
        return EntryLocation
    if shape is Shape.CONDITION and value.factors & CARE_FACTORS:
        return EntryCareHistory
    return None


HIDDEN_WITH_ITS_WORDS: dict[str | None, type[EntryPart]] = {
    "address": EntryLocation,
    "reporter_identity": EntryReporter,
}
"""Restrictions that would tell by themselves what they hide: they are kept in the part, not in the summary."""


class Rows:
    """The database rows of a number of entries, to be written in one go."""

    def __init__(self) -> None:
        self._records: dict[UUID, tuple[Entry, set[UUID], set[UUID]]] = {}
        self._rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, new: NewEntry, told: Iterable[UUID], position: int, by_id: UUID | None, at: Any) -> Entry:
        """Split one entry into its rows; returns the row of its summary."""
        parts: dict[type[EntryPart], dict[str, Any]] = {}
        own = _split_own(new, parts)
        if new.text:
            _part(parts, WORDS_OF.get(new.restricted, EntryText))["text"] = new.text
        if new.restricted in HIDDEN_WITH_ITS_WORDS:
            _part(parts, HIDDEN_WITH_ITS_WORDS[new.restricted])["restricted"] = True
        care = sorted(set(new.factors) & CARE_FACTORS)
        if care:
            _part(parts, EntryCareHistory)["factors"] = care
        if new.reporter:
            _part(parts, EntryReporter).update(
                role=new.reporter.role, agency_id=new.reporter.agency, label=new.reporter.label
            )
        entry = _summary(new, own, position, by_id, at)
        self._rows[Entry].append(entry)
        for table, values in parts.items():
            self._rows[table].append(table(entry_id=new.id, **values))
        if EntryLocation in parts:
            self._rows[EntryLocationHeld].append(EntryLocationHeld(entry_id=new.id))
        self._add_people(new, entry)
        told_on = new.known.last if new.known else None
        self._rows[EntryTold] += [EntryTold(entry_id=new.id, agency_id=one, told_on=told_on) for one in told]
        return entry

    def _add_people(self, new: NewEntry, entry: Entry) -> None:
        named: set[UUID] = set()
        for part in Part:
            for record in dict.fromkeys(getattr(new, part)):
                named.add(record)
                self._rows[EntryPerson].append(
                    EntryPerson(
                        entry_id=new.id,
                        record_id=record,
                        part=part,
                        known_on=entry.known_on,
                        position=entry.position,
                    )
                )
        mentioned = {UUID(one) for one in ids_in(new.kind, new.own, OF_PEOPLE | OF_PARTIES)}
        self._records[new.id] = entry, named, mentioned - named

    def _lock(self) -> None:
        """Give each entry its keys: whom it is about, and who is only mentioned (their closings hold, no tie opens)."""
        marks = marks_of({one for _, named, mentioned in self._records.values() for one in named | mentioned})
        for entry, named, mentioned in self._records.values():
            entry.keys = keys_of(marks[one] for one in named)
            entry.keys += sorted(f"{ONLY_CLOSES}{marks[one][0]}" for one in mentioned if one in marks)

    def write(self) -> None:
        """Insert everything, entries first. Call it inside a transaction."""
        self._lock()
        tables: tuple[type[models.Model], ...] = (Entry, EntryPerson, EntryTold, EntryLocationHeld, *PARTS)
        for table in tables:
            table._default_manager.bulk_create(self._rows[table], batch_size=2_000)


def _part(parts: dict[type[EntryPart], dict[str, Any]], table: type[EntryPart]) -> dict[str, Any]:
    return parts.setdefault(table, {})


def _split_own(new: NewEntry, parts: dict[type[EntryPart], dict[str, Any]]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for name, value in new.own.items():
        shape = KINDS[new.kind].by_name[name].shape
        table = table_of_key(shape, value, new.restricted)
        if shape is Shape.FACTORS and set(value) & CARE_FACTORS:
            _part(parts, EntryCareHistory).setdefault("own", {})[name] = sorted(set(value) & CARE_FACTORS)
            value = set(value) - CARE_FACTORS
        target = own if table is None else _part(parts, table).setdefault("own", {})
        target[name] = to_stored(shape, value)
    return own


def _summary(new: NewEntry, own: dict[str, Any], position: int, by_id: UUID | None, at: Any) -> Entry:
    return Entry(
        id=new.id,
        happened=new.happened,
        happened_first=new.happened.first,
        happened_last=new.happened.last,
        known=new.known,
        known_on=new.known.last if new.known else None,
        position=position,
        recorded_at=at,
        agency_id=new.agency,
        author_id=by_id,
        kind=new.kind,
        factors=sorted(set(new.factors) - CARE_FACTORS),
        count=new.count,
        weight=new.weight,
        restricted="" if new.restricted in HIDDEN_WITH_ITS_WORDS else new.restricted or "",
        info=class_of(new.kind, new.restricted).number,
        ref=new.ref,
        own=own,
        supersedes_id=new.supersedes,
        withdrawn=new.withdraws,
        from_the_start=new.from_the_start,
    )
