"""Finding a person: whoever asks sees who is meant, why, and who is involved; of what happened to them nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from onestory.arrive.matching.models import FormerName, RecordInSearch
from onestory.arrive.matching.searching.ranking import Ranking, Record, record_names
from onestory.arrive.matching.searching.sought import Sought, keys_to_look_up, read_question
from onestory.arrive.matching.weighing import weights_in_force
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.dates import When
from onestory.platform.people.models import AgencyRecord

MOST_WEIGHED = 300
"""Records that are weighed for one question; by its keys alone the database has put the likeliest first."""


@dataclass(frozen=True, slots=True)
class Involved:
    """An agency that knows the person: since when it holds a record here, and how to reach it."""

    agency: str
    since_on: dt.date
    reach: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person who may be meant: under which names, why, who is involved. ``mother``: of an unborn child, her name."""

    person_id: UUID
    is_child: bool
    name: str
    other_names: tuple[str, ...]
    born: When | None
    why: tuple[str, ...]
    involved: tuple[Involved, ...]
    mother: str = ""


def find_people(sight: Sight, query: Sought | str, limit: int = 10) -> list[Found]:
    """The people whom a question may mean, the likeliest first, as far as the reader may know of them.

    The front door, having said why it searches (``sight.purpose``), finds everybody; others find people to whom they,
    their team or their agency are tied. Call it inside the request's transaction: while it runs, the reader is narrowed
    to those who may be meant. Hidden and absent people give the same answer.
    """
    sought = read_question(query) if isinstance(query, str) else query
    if sought.is_empty:
        return []
    with transaction.atomic():
        post = _post(sight)
        if post is None:
            return []
        found = _Finder(sight, post).found(sought, limit)
        read_as(post, at=sight.at, among=sight.among, purpose=sight.purpose)
    return found


def _post(sight: Sight) -> Membership | None:
    """The post in which the reader reads, as long as they hold it."""
    today = timezone.localdate(sight.at)
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today),
        user=sight.user_id,
        team=sight.team_id,
        role=sight.role,
        since_on__lte=today,
    )
    return held.select_related("team").first()


class _Finder:
    """Finds for one reader, who is narrowed meanwhile to the people who may be meant."""

    def __init__(self, sight: Sight, post: Membership) -> None:
        self._sight, self._post = sight, post

    def found(self, sought: Sought, limit: int) -> list[Found]:
        """The answer, the likeliest first."""
        hits = _hits(sought)
        among = _people_of(hits)
        self._narrow(among)  # what the reader may know of everybody else is not worked out
        weighed = _rows(Q(person__in=among)) if among else []
        ranked = Ranking(sought, weights_in_force()).ranked(_records(weighed, hits), limit)
        answer = {UUID(one.person): one.reasons for one in ranked}
        return self._with_unborn(self._described(weighed, answer))

    def _described(self, rows: Sequence[AgencyRecord], people: Mapping[UUID, tuple[str, ...]]) -> list[Found]:
        """These people with why they were found, as far as the table shows them."""
        self._narrow(people)
        return _described(_seen(self._sight, [row for row in rows if row.person_id in people]), people)

    def _narrow(self, among: Iterable[UUID]) -> None:
        """The database's reader and the queryset's both; narrowing only takes away."""
        self._sight = read_as(self._post, at=self._sight.at, among=list(among), purpose=self._sight.purpose)

    def _with_unborn(self, found: list[Found]) -> list[Found]:
        """Children who are not born yet right after their mothers."""
        mothers = [one.person_id for one in found if not one.is_child or one.born]
        pairs = _unborn_of(mothers, timezone.localdate(self._sight.at)) if mothers else []
        if not pairs:
            return found
        child_of = dict(AgencyRecord.objects.filter(id__in=[one for _, one in pairs]).values_list("id", "person_id"))
        unborn = set(child_of.values())
        described = self._described(_rows(Q(person__in=unborn)), dict.fromkeys(unborn, ()))
        children = {one.person_id: one for one in described}
        listed = {one.person_id for one in found}
        answer = []
        for one in found:
            answer.append(one)
            for child in dict.fromkeys(child_of[record] for mother, record in pairs if mother == one.person_id):
                if child in children and child not in listed:
                    listed.add(child)
                    why = (f"not born yet; {one.name} is on record as the mother",)
                    answer.append(replace(children[child], why=why, mother=one.name))
        return answer


def _unborn_of(mothers: Collection[UUID], today: dt.date) -> list[tuple[UUID, UUID]]:
    """Mothers and records of their children who are not born yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mother_id, record_id FROM matching_unborn_of(%s::uuid[], %s)", [list(mothers), today])
        return cursor.fetchall()


def _hits(sought: Sought) -> dict[UUID, frozenset[int]]:
    """Records by the keys under which they are found, as far as the database lets its reader find them."""
    asked = keys_to_look_up(sought)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, found FROM matching_find(%s::bigint[], %s::smallint[], %s::real[], %s)",
            [
                [one.key.number for one in asked],
                [int(one.key.kind) for one in asked],
                [one.worth for one in asked],
                MOST_WEIGHED,
            ],
        )
        return {record: frozenset(found) for record, found in cursor.fetchall()}


def _people_of(records: Iterable[UUID]) -> set[UUID]:
    """Whose records these are, before anybody is looked at: the marks of records tell nothing else."""
    return set(RecordMark.objects.filter(record__in=list(records)).values_list("person_id", flat=True))


def _rows(which: Q) -> list[AgencyRecord]:
    """What agencies hold of these people, as far as the database lets its reader know of it; the newest first."""
    return list(AgencyRecord.objects.filter(which).select_related("agency", "person").order_by("-recorded_at", "-id"))


def _seen(sight: Sight, rows: Sequence[AgencyRecord]) -> list[AgencyRecord]:
    """Those of the rows that the table shows to the reader, in the same order."""
    seen = visible_to(sight, RecordInSearch.objects.filter(record__in=[row.id for row in rows]))
    shown = set(seen.values_list("record_id", flat=True))
    return [row for row in rows if row.id in shown]


def _records(rows: Sequence[AgencyRecord], hits: Mapping[UUID, frozenset[int]]) -> list[Record]:
    former: defaultdict[UUID, list[dict[str, str]]] = defaultdict(list)
    for name in FormerName.objects.filter(record__in=[row.id for row in rows]):
        former[name.record_id].append({"given_name": name.given_name, "family_name": name.family_name})
    return [
        Record(
            id=str(row.id),
            person=str(row.person_id),
            names=record_names(row.given_name, row.family_name, row.label, former[row.id]),
            born=str(row.born or ""),
            nhs_number=row.nhs_number,
            upn=row.upn,
            number=row.number,
            found=hits.get(row.id, frozenset()),
        )
        for row in rows
    ]


def _described(rows: Iterable[AgencyRecord], people: Mapping[UUID, tuple[str, ...]]) -> list[Found]:
    """People with why they were found, in this order, from these records of theirs. One query."""
    held: defaultdict[UUID, list[AgencyRecord]] = defaultdict(list)
    for row in rows:
        if row.person_id in people:
            held[row.person_id].append(row)
    reach = _reach({row.agency_id for found in held.values() for row in found})
    return [_found(person, held[person], why, reach) for person, why in people.items() if held[person]]


def _found(person: UUID, rows: Sequence[AgencyRecord], why: tuple[str, ...], reach: dict[UUID, str]) -> Found:
    names = list(dict.fromkeys(name_of(row) for row in rows))
    born = next((row.born for row in rows if row.born), None)
    since = {row.agency_id: timezone.localdate(row.recorded_at) for row in rows}  # newest first: the oldest stays
    agencies = {row.agency_id: row.agency.name for row in rows}
    involved = [Involved(name, since[one], reach.get(one, "")) for one, name in agencies.items()]
    return Found(
        person_id=person,
        is_child=rows[0].person.is_child,
        name=names[0],
        other_names=tuple(names[1:]),
        born=born,
        why=why,
        involved=tuple(sorted(involved, key=lambda one: (one.since_on, one.agency))),
    )


def name_of(record: AgencyRecord) -> str:
    """How an agency calls somebody."""
    return " ".join(filter(None, (record.given_name, record.family_name))) or record.label


def _reach(agencies: Collection[UUID]) -> dict[UUID, str]:
    teams = Team.objects.filter(agency__in=agencies).order_by(F("answers_for_agency").asc(), "name")
    return {team.agency_id: ", ".join(filter(None, (team.name, team.inbox_label))) for team in teams}
