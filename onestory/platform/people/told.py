"""People as a message tells of them: by the name under which it was written, whoever they are held to be since.

A message goes to teams that need not see any record of the person. So it carries name and birth date itself, and the
record that it means: a join moves that record to another person, and the message means them from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from onestory.platform.access.marks import RecordMark
from onestory.platform.people.models import AgencyRecord

Told = Mapping[str, str]


def told_of(record: AgencyRecord) -> dict[str, str]:
    """What a message keeps of a person: the record, whose it was, name and birth date as they were told."""
    return {
        "record": str(record.id),
        "person": str(record.person_id),
        "name": record.label,
        "born": str(record.born or ""),
    }


def records_told_of(who: Iterable[Told]) -> list[AgencyRecord]:
    """The records that a message means. For the program itself: it is not cut to a reader."""
    return list(AgencyRecord.objects.filter(id__in=[one["record"] for one in who]).order_by("recorded_at", "id"))


def people_now(who: Iterable[Told]) -> dict[str, UUID]:
    """By record, the person whose it is now, by the joins that stand. One query."""
    records = [UUID(one["record"]) for one in who]
    now = RecordMark.objects.filter(record__in=records).values_list("record", "person")
    return {str(record): person for record, person in now}
