"""Reading candidates, joins and what became of them. Each starts from ``visible_to``: the front door with a purpose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from onestory.arrive.matching.models import Candidate, CandidateDecision, FormerName, Join
from onestory.arrive.matching.offering import LOCATED
from onestory.arrive.matching.states import OPEN
from onestory.platform.access.models import LocationProtection, Threat
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.people.models import AgencyRecord, RecordMove


def candidates(sight: Sight) -> QuerySet[Candidate]:
    """Pairs that wait for a decision, the clearest first; those on which nobody was sure come last."""
    rows = visible_to(sight, Candidate.objects.filter(state__in=OPEN))
    apart = rows.exclude(record__person=F("other__person"))
    return apart.select_related("record__agency", "other__agency").order_by("-state", "-evidence", "id")


def candidate_numbered(sight: Sight, candidate_id: UUID) -> Candidate | None:
    """One pair with both records, whatever was decided; None where the reader may not know of it."""
    rows = visible_to(sight, Candidate.objects.filter(pk=candidate_id))
    return rows.select_related("record__agency", "record__person", "other__agency", "other__person").first()


def decisions_on(sight: Sight, candidate: Candidate) -> QuerySet[CandidateDecision]:
    """What was decided on a pair before, the newest first."""
    rows = visible_to(sight, CandidateDecision.objects.filter(candidate=candidate))
    return rows.select_related("decided_by").order_by("-decided_at", "-id")


@dataclass(frozen=True, slots=True)
class Side:
    """What agencies hold of one of the two people: the record that is compared first."""

    records: tuple[AgencyRecord, ...]
    former: tuple[FormerName, ...]


def sides_of(sight: Sight, candidate: Candidate) -> tuple[Side, Side]:
    """Everything that agencies hold of the two people, as far as the reader may know of it. Two queries."""
    people = [candidate.record.person_id, candidate.other.person_id]
    rows = visible_to(sight, AgencyRecord.objects.filter(person__in=people)).select_related("agency")
    records = list(rows.order_by("-recorded_at", "-id"))
    former = list(visible_to(sight, FormerName.objects.filter(record__in=[one.id for one in records])))
    left, right = (
        Side(
            tuple(sorted((one for one in records if one.person_id == person), key=lambda one: one.id != first)),
            tuple(name for name in former if any(r.id == name.record_id and r.person_id == person for r in records)),
        )
        for person, first in zip(people, (candidate.record_id, candidate.other_id), strict=True)
    )
    return left, right


def reasons_shown(candidate: Candidate) -> list[dict]:
    """Why the two may be one person; what tells a location is left out where one of the two is protected since."""
    people = [candidate.record.person_id, candidate.other.person_id]
    if not _protected(people):
        return list(candidate.reasons)
    return [one for one in candidate.reasons if one["aspect"] not in LOCATED]


def _protected(people: Collection[UUID]) -> bool:
    in_force = LocationProtection.objects.filter(person__in=people, ended_at=None)
    return in_force.exists() or Threat.objects.filter(person__in=people, ended_at=None).exists()


def joins(sight: Sight) -> QuerySet[Join]:
    """Joins that stand, those first that wait for a second person; the newest first."""
    rows = visible_to(sight, Join.objects.filter(undone_at=None))
    return rows.select_related("joined_by", "confirmed_by").order_by(
        F("confirmed_at").desc(nulls_first=True), "-joined_at"
    )


def join_numbered(sight: Sight, join_id: UUID) -> Join | None:
    """One join; None where the reader may not know of it."""
    rows = visible_to(sight, Join.objects.filter(pk=join_id))
    return rows.select_related("joined_by", "confirmed_by", "undone_by", "candidate").first()


def joins_of(sight: Sight, person_id: UUID) -> list[Join]:
    """Every join that this person had a part in, also undone ones, the oldest first."""
    rows = visible_to(sight, Join.objects.filter(Q(from_person=person_id) | Q(to_person=person_id)))
    return list(rows.select_related("joined_by", "confirmed_by", "undone_by").order_by("joined_at", "id"))


def records_held_of(sight: Sight, person_id: UUID) -> list[AgencyRecord]:
    """What each agency holds of the person, the oldest first."""
    rows = visible_to(sight, AgencyRecord.objects.filter(person=person_id))
    return list(rows.select_related("agency", "person").order_by("recorded_at", "id"))


def names_by_person(sight: Sight, people: Collection[UUID]) -> dict[UUID, list[AgencyRecord]]:
    """The records by which these people are or were known: those that are theirs, and those that were moved away."""
    moved = dict.fromkeys(RecordMove.objects.filter(from_person__in=people).values_list("record", "from_person"))
    ids = {record for record, _ in moved}
    rows = visible_to(sight, AgencyRecord.objects.filter(Q(person__in=people) | Q(id__in=ids))).select_related("agency")
    found: dict[UUID, list[AgencyRecord]] = {person: [] for person in people}
    by_id = {row.id: row for row in rows.order_by("recorded_at", "id")}
    for record, person in moved:
        if record in by_id:
            found[person].append(by_id[record])
    for row in by_id.values():
        if row.person_id in found and (row.id, row.person_id) not in moved and row.id not in ids:
            found[row.person_id].append(row)
    return found
