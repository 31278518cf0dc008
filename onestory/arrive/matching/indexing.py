"""Keeping search keys in step with the records: written in the transaction that writes the record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from procrastinate.contrib.django import app

from onestory.arrive.matching.models import FormerName, RecordContact, RecordInSearch, SearchKey
from onestory.arrive.matching.naming import stated_by
from onestory.arrive.matching.searching.keys import VERSION, keys_of
from onestory.platform.access.guarding import keys_for_each
from onestory.platform.access.keeping import keeping
from onestory.platform.access.policy import InfoClass
from onestory.platform.people.models import AgencyRecord

JOB = "matching.match"
QUEUE = "matching"
AT_ONCE = 200


def take_in(records: Sequence[AgencyRecord]) -> None:
    """Make these new records findable, and queue that they are compared with the others. In one transaction."""
    index(records)
    queue_matching([record.id for record in records])


def index(records: Sequence[AgencyRecord]) -> None:
    """Write the search keys of these records; what is there already stays."""
    if not records:
        return
    with keeping():
        ids = [record.id for record in records]
        former, contacts = _by_record(FormerName, ids), _by_record(RecordContact, ids)
        keys = [
            SearchKey(key=one.number, record_id=record.id, kind=one.kind)
            for record in records
            for one in keys_of(stated_by(record, former[record.id], contacts[record.id]))
        ]
        SearchKey.objects.bulk_create(keys, batch_size=5_000, ignore_conflicts=True)
        about = keys_for_each({record.id: [record.id] for record in records})
        rows = [_row(record, about[record.id]) for record in records]
        RecordInSearch.objects.bulk_create(
            rows,
            batch_size=2_000,
            update_conflicts=True,
            unique_fields=["record"],
            update_fields=["version", "keyed_at", "matched_at"],
        )


def _row(record: AgencyRecord, keys: list[str]) -> RecordInSearch:
    return RecordInSearch(
        record=record,
        version=VERSION,
        keyed_at=record.recorded_at,
        info=InfoClass.INDEX.number,
        agency_id=record.agency_id,
        keys=keys,
    )


def _by_record[Row: (FormerName, RecordContact)](model: type[Row], ids: Sequence[UUID]) -> defaultdict[UUID, list[Row]]:
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in model._default_manager.filter(record__in=ids).order_by("recorded_at", "id"):
        found[row.record_id].append(row)
    return found


def queue_matching(record_ids: Sequence[UUID]) -> None:
    """Queue that these records are compared with the others, in the caller's transaction."""
    job = app.configure_task(JOB, queue=QUEUE)
    for start in range(0, len(record_ids), AT_ONCE):
        job.defer(record_ids=[str(one) for one in record_ids[start : start + AT_ONCE]])


def not_indexed(limit: int) -> list[AgencyRecord]:
    """Records without keys, or with keys of an older version."""
    with keeping():
        current = RecordInSearch.objects.filter(version=VERSION).values("record")
        return list(AgencyRecord.objects.exclude(id__in=current).order_by("id")[:limit])


def left_unmatched(before: dt.datetime, limit: int) -> list[UUID]:
    """Records whose comparing was queued before this moment and never done."""
    with keeping():
        waiting = RecordInSearch.objects.filter(matched_at=None, keyed_at__lt=before).order_by("keyed_at")
        return list(waiting.values_list("record_id", flat=True)[:limit])


def mark_matched(record_ids: Iterable[UUID], *, at: dt.datetime) -> None:
    """Note that these records have been compared."""
    RecordInSearch.objects.filter(record__in=list(record_ids)).update(matched_at=at)
