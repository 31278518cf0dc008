"""Finding a person: whoever asks sees who is meant, why, and who is involved; of what happened to them nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from onestory.arrive.matching.models import FormerName, RecordInSearch
from onestory.arrive.matching.searching.ranking import Ranking, Record, record_names
from onestory.arrive.matching.searching.sought import Sought, keys_to_look_up, read_question, worth_of
from onestory.arrive.matching.weighing import weights_in_force
from onestory.platform.access.reading_as import look_among
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
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
    their team or their agency are tied. Call it in the transaction in which ``sight`` began to read: while it
    runs, the reader is narrowed to those who may be meant. Hidden and absent people give the same answer.
    """
    sought = read_question(query) if isinstance(query, str) else query
    if sought.is_empty:
        return []
    with transaction.atomic():
        found = _Finder(sight).found(sought, limit)
        # Nothing was written: going back ends the narrowing, and who reads afterwards reads as before.
        transaction.set_rollback(True)
    return found


class _Finder:
    """Finds for one reader, who is narrowed meanwhile to the people who may be meant."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._besides: frozenset[UUID] = frozenset()

    def found(self, sought: Sought, limit: int) -> list[Found]:
        """The answer, the likeliest first."""
        hits = _hits(sought)
        among = {hit.person for hit in hits.values()}
        self._narrow(among)  # what the reader may know of everybody else is not worked out
        if not among:
            return []
        ranked = Ranking(sought, weights_in_force()).ranked(_records(among, hits), limit)
        return self._with_unborn(self._described({UUID(one.person): one.reasons for one in ranked}))

    def _described(self, people: Mapping[UUID, tuple[str, ...]]) -> list[Found]:
        """These people with why they were found, in this order, as far as the table shows them."""
        self._sight = replace(self._sight, among=self._besides.union(people))
        held: defaultdict[UUID, list[AgencyRecord]] = defaultdict(list)
        for row in _seen(self._sight, people):
            held[row.person_id].append(row)
        reach = _reach({row.agency_id for rows in held.values() for row in rows})
        return [_found(person, held[person], why, reach) for person, why in people.items() if held[person]]

    def _narrow(self, among: Iterable[UUID]) -> None:
        """The database's reader and the queryset's both. ``_besides``: whose ties open records of joined people."""
        meant = frozenset(among)
        self._sight = look_among(self._sight, meant)
        self._besides = (self._sight.among or frozenset()) - meant

    def _with_unborn(self, found: list[Found]) -> list[Found]:
        """Children who are not born yet right after their mothers."""
        mothers = [one.person_id for one in found if not one.is_child or one.born]
        pairs = _unborn_of(mothers, timezone.localdate(self._sight.at)) if mothers else []
        if not pairs:
            return found
        child_of = dict(AgencyRecord.objects.filter(id__in=[one for _, one in pairs]).values_list("id", "person_id"))
        unborn = set(child_of.values())
        self._narrow(unborn)
        children = {one.person_id: one for one in self._described(dict.fromkeys(unborn, ()))}
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


@dataclass(frozen=True, slots=True)
class _Hit:
    """Whose record was found under which keys, and what these are worth together."""

    person: UUID
    found: frozenset[int] = frozenset()
    worth: float = 0.0


def _hits(sought: Sought) -> dict[UUID, _Hit]:
    """Records that are found by their keys, as far as the database lets its reader find them.

    The marks of records, which everybody reads, tell nothing but whose they are.
    """
    asked = keys_to_look_up(sought)
    told = {one.key.number: one for one in asked}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.record_id, (SELECT m.person_id FROM access_recordmark m WHERE m.record_id = f.record_id), f.found"
            " FROM matching_find(%s::bigint[], %s::smallint[], %s::real[], %s) AS f",
            [
                _array(one.key.number for one in asked),
                _array(int(one.key.kind) for one in asked),
                _array(one.worth for one in asked),
                MOST_WEIGHED,
            ],
        )
        return {
            record: _Hit(person, frozenset(found), worth_of(map(told.__getitem__, found)))
            for record, person, found in cursor.fetchall()
        }


def _array(numbers: Iterable[float]) -> str:
    """An array as the database writes it: hundreds of numbers at once, not each as a parameter."""
    return "{" + ",".join(map(str, numbers)) + "}"


_FORMER = FormerName.objects.filter(record=OuterRef("pk")).values(
    both=JSONObject(given_name="given_name", family_name="family_name")
)


def _records(people: Collection[UUID], hits: Mapping[UUID, _Hit]) -> Iterator[Record]:
    """What agencies hold of these people that is weighed, as far as the database lets its reader know of it."""
    rows = AgencyRecord.objects.filter(person__in=people).values_list(
        "id", "person_id", "given_name", "family_name", "label", Cast("born", TextField()), "nhs_number", "upn",
        "number", ArraySubquery(_FORMER),
    )  # fmt: skip
    for one, person, given, family, label, born, nhs_number, upn, number, former in rows:
        names, hit = record_names(given, family, label, former), hits.get(one) or _Hit(person)
        yield Record(str(one), str(person), names, born, nhs_number, upn, number, hit.found, hit.worth)


def _seen(sight: Sight, people: Collection[UUID]) -> list[AgencyRecord]:
    """What agencies hold of these people, as far as the table shows it to the reader; the newest first."""
    held = RecordInSearch.objects.filter(record__person__in=people)
    rows = visible_to(sight, held).select_related("record__agency", "record__person")
    return [one.record for one in rows.order_by("-record__recorded_at", "-record_id")]


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
