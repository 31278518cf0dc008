"""The relationships of a file against those that were imported before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from onestory.arrive.feeds.case_history import CaseFile
from onestory.arrive.feeds.case_history.digests import relationship_keys
from onestory.arrive.feeds.cast import Cast
from onestory.arrive.feeds.models import Sort
from onestory.arrive.feeds.positions import places
from onestory.arrive.feeds.reports import ADDED, SUPERSEDED, WITHDRAWN, Change
from onestory.arrive.feeds.source_rows import SourceRows, fitting, last_words
from onestory.platform.history.record import Relationship
from onestory.platform.people.actions import new_relationship
from onestory.platform.people.models import Relationship as RelationshipRow


class RelationshipImport:
    """Compares the relationships of one file with what is there."""

    def __init__(
        self, case_file: CaseFile, rows: SourceRows, cast: Cast, *, start: int, until: dt.date | None, at: dt.datetime
    ) -> None:
        self._file, self._rows, self._cast, self._at = case_file, rows, cast, at
        named = zip(relationship_keys(case_file.history), case_file.history.relationships, strict=True)
        self._by_key: Mapping[str, Relationship] = dict(named)
        self._until = until
        self.changes: list[Change] = []
        self.people: set[UUID] = set()
        imported = [object_id for _, object_id in rows.imported(Sort.RELATIONSHIP)]
        self._old = RelationshipRow.objects.in_bulk(imported)
        self._standing: dict[UUID, RelationshipRow] = last_words(RelationshipRow, imported)
        found = places([self._place(key) for key in self._by_key], start)
        self._places = dict(zip(self._by_key, found, strict=True))

    def _place(self, key: str) -> int | None:
        old = self._old_row(key)
        return old.position if old else None

    def _old_row(self, key: str) -> RelationshipRow | None:
        return self._old.get(self._rows.object_id(Sort.RELATIONSHIP, key) or UUID(int=0))

    def new_rows(self) -> list[RelationshipRow]:
        """All that is to be written, withdrawals included; notes the changes, the new ids and the people concerned."""
        return [*self._withdrawals(), *self._written()]

    def _written(self) -> Iterator[RelationshipRow]:
        for key, row in self._by_key.items():
            if self._until is not None and row.known is not None and row.known.last > self._until:
                continue
            old, digest = self._old_row(key), self._digest(key, row)
            if old is None or self._rows.digest(Sort.RELATIONSHIP, key) != digest or old.position != self._places[key]:
                self.changes.append(Change("relationship", key, SUPERSEDED if old else ADDED))
                new = self._new(key, row, self._standing[old.id] if old else None)
                self._rows.keep(Sort.RELATIONSHIP, key, new.id, digest)
                self.people |= {new.person.person_id, new.of.person_id}
                yield new

    def _digest(self, key: str, row: Relationship) -> str:
        return self._cast.digest(self._file.record_digests["relationship", key], [row.by] if row.by else [])

    def _new(self, key: str, row: Relationship, old: RelationshipRow | None) -> RelationshipRow:
        holder = self._cast.holder(row)
        return new_relationship(
            person=self._cast.record(row.person, holder.id),
            relation=row.relation,
            of=self._cast.record(row.of, holder.id),
            status=row.status,
            known=row.known,
            since=row.since,
            until=row.until,
            agency=holder if row.by else None,
            ref=row.ref,
            position=self._places[key],
            supersedes=old,
            at=self._at,
        )

    def _withdrawals(self) -> Iterator[RelationshipRow]:
        named = {fitting(key) for key in self._by_key}
        for key, object_id in list(self._rows.imported(Sort.RELATIONSHIP)):
            if key in named:
                continue
            self.changes.append(Change("relationship", key, WITHDRAWN))
            self._rows.forget(Sort.RELATIONSHIP, key)
            old = self._standing[object_id]
            if old.withdrawn:
                continue
            self.people |= {old.person.person_id, old.of.person_id}
            yield new_relationship(
                person=old.person,
                relation=old.relation,
                of=old.of,
                status=old.status,
                known=old.known,
                agency=old.by,
                position=old.position,
                supersedes=old,
                withdrawn=True,
                at=self._at,
            )
