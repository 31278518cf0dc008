"""What a source's records became: looked up while a file is compared, written when all is done."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model

from onestory.arrive.feeds.models import CaseHistorySource, Sort, SourceRow
from onestory.platform.identifiers import new_id

_LONGEST_KEY = 300


def fitting(key: str) -> str:
    """A key that fits into the index: a long one is cut and told apart by its digest."""
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[:200]}… {hashlib.sha256(key.encode()).hexdigest()}"


def last_words(model: type[Model], ids: Collection[UUID]) -> dict[UUID, Any]:
    """The row that stands now for each of these rows of an append-only table: itself, or what somebody corrected it to.

    A query for each generation of corrections, so usually two.
    """
    rows = model._default_manager.in_bulk(list(ids))
    standing = dict(rows)
    origin = {one: one for one in rows}
    while origin:
        newer: list[Any] = list(model._default_manager.filter(supersedes__in=origin))
        origin = {row.pk: origin[row.supersedes_id] for row in newer}
        standing |= {origin[row.pk]: row for row in newer}
    return standing


class SourceRows:
    """The rows of one source, read once."""

    def __init__(self, source: CaseHistorySource) -> None:
        self._source = source
        self._rows = {(row.sort, row.key): row for row in source.rows.all()}
        self._changed: dict[tuple[str, str], SourceRow] = {}
        self._gone: list[SourceRow] = []

    def object_id(self, sort: Sort, key: str) -> UUID | None:
        """What the record became here; None where nothing is known of it. Reserved ids count."""
        row = self._rows.get((sort, fitting(key)))
        return row.object_id if row else None

    def digest(self, sort: Sort, key: str) -> str:
        """The digest of the record as it was imported last; empty where it was not."""
        row = self._rows.get((sort, fitting(key)))
        return row.digest if row else ""

    def imported(self, sort: Sort) -> Iterator[tuple[str, UUID]]:
        """Keys (as they fit) and ids of everything of this sort that is imported."""
        return ((row.key, row.object_id) for (of, _), row in self._rows.items() if of == sort and row.digest)

    def reserve(self, sort: Sort, key: str) -> UUID:
        """The id of the record, given out now where it has none: others may name it before it comes itself."""
        return self.object_id(sort, key) or self.keep(sort, key, new_id(), "")

    def keep(self, sort: Sort, key: str, object_id: UUID, digest: str) -> UUID:
        """Note what the record became; returns the id."""
        at = (sort, fitting(key))
        row = self._rows.setdefault(at, SourceRow(source=self._source, sort=sort, key=at[1]))
        row.object_id, row.digest = object_id, digest
        self._changed[at] = row
        return object_id

    def forget(self, sort: Sort, key: str) -> None:
        """The source has the record no longer."""
        row = self._rows.pop((sort, fitting(key)))
        self._changed.pop((sort, row.key), None)
        self._gone.append(row)

    def save(self) -> None:
        """Write what changed."""
        added = [row for row in self._changed.values() if row.pk is None]
        changed = [row for row in self._changed.values() if row.pk is not None]
        SourceRow.objects.bulk_create(added, batch_size=2_000)
        SourceRow.objects.bulk_update(changed, ["object_id", "digest"], batch_size=1_000)
        SourceRow.objects.filter(id__in=[row.id for row in self._gone if row.id]).delete()
