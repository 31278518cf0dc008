"""Homes and moves as far as a reader may see them; housing sees what it needs and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.help.housing.models import Home
from onestory.help.housing.priority import PriorityRule, rules_met
from onestory.platform.access.policy import InfoClass, Level
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry, EntryCareHistory, EntryPerson, Part
from onestory.platform.people.models import AgencyRecord
from onestory.platform.people.queries import children_of_adults

YEAR = dt.timedelta(days=365)
NOT_RECEIVING = ("safeguarding_partnership", "court")


@dataclass(slots=True)
class Housed:
    """One person with their home: children, by which rules they are housed first, moves, and who has taken over."""

    home: Home
    record: AgencyRecord
    children: list[AgencyRecord] = field(default_factory=list)
    rules: tuple[PriorityRule, ...] = ()
    moves: list[Entry] = field(default_factory=list)
    sent: list[Entry] = field(default_factory=list)
    acknowledged: list[Entry] = field(default_factory=list)
    care_experienced: bool = False


def homes_of_team(sight: Sight, today: dt.date) -> list[Housed]:
    """Everybody with a home or an application whom the reader may see: by a rule first, then by how long they waited.

    A fixed number of queries, however many there are.
    """
    found = _housed(sight, _visible(sight).filter(until_on=None), today)
    return sorted(found, key=lambda one: (not one.rules, one.home.since_on, one.record.label.casefold()))


def homes_about(sight: Sight, person_ids: Collection[UUID], today: dt.date) -> list[Housed]:
    """The same for the people of one family, ended ones left out."""
    return _housed(sight, _visible(sight).filter(record__person__in=person_ids, until_on=None), today)


def moves_about(sight: Sight, person_ids: Collection[UUID], today: dt.date) -> list[Entry]:
    """Moves of these people in the last year, each once, the latest first."""
    found = dict.fromkeys(entry for _, entry in _entries(sight, person_ids, today, "move"))
    return list(found)[::-1]


def move_of(sight: Sight, entry_id: UUID) -> Entry | None:
    """One move; None where there is none for this reader."""
    return visible_to(sight, Entry.objects.filter(id=entry_id, kind="move")).first()


def receiving_teams(sight: Sight) -> dict[str, Team]:
    """The teams that can take a family over: those that answer for their agencies, not the reader's own; by id."""
    teams = Team.objects.filter(answers_for_agency=True).exclude(agency__sector__in=NOT_RECEIVING)
    teams = teams.exclude(id=sight.team_id).select_related("agency").order_by("agency__area", "agency__name")
    return {str(one.id): one for one in teams}


def _visible(sight: Sight) -> QuerySet[Home]:
    """Homes by the reader's tie, or written by the reader's own team."""
    by_tie = visible_to(sight, Home.objects.all()).values("id")
    return Home.objects.filter(Q(id__in=by_tie) | Q(team=sight.team_id)).select_related("team__agency")


def _housed(sight: Sight, homes: QuerySet[Home], today: dt.date) -> list[Housed]:
    rows = list(homes.order_by("since_on", "id"))
    named = visible_to(sight, AgencyRecord.objects.filter(id__in=[one.record_id for one in rows]))
    records = {one.id: one for one in named.select_related("person")}
    found = [Housed(one, records[one.record_id]) for one in rows if one.record_id in records]
    people = {one.record.person_id for one in found}
    children = children_of_adults(sight, people)
    moves, sent, acknowledged = (list(_entries(sight, people, today, *kind)) for kind in _KINDS)
    cared_for = _care_experienced(sight, people)
    for one in found:
        person = one.record.person_id
        one.children = list(children.get(person, {}).values())
        one.rules = rules_met(one.record.born, [child.born for child in one.children], today)
        one.moves, one.sent, one.acknowledged = (_of(rows, person) for rows in (moves, sent, acknowledged))
        one.care_experienced = person in cared_for
    return found


_KINDS = (("move",), ("notice", "sent"), ("notice", "acknowledged"))


def _of(rows: Iterable[tuple[UUID, Entry]], person: UUID) -> list[Entry]:
    return [entry for one, entry in rows if one == person]


def _entries(
    sight: Sight, people: Collection[UUID], today: dt.date, kind: str, stage: str = ""
) -> Iterable[tuple[UUID, Entry]]:
    """Entries of the last year of this kind and stage, with whom they are about, in their order."""
    named = visible_to(sight, EntryPerson.objects.filter(record__person__in=people, part=Part.ABOUT))
    named = named.filter(entry__kind=kind, entry__happened_last__gte=today - YEAR, entry__superseded_by=None)
    named = named.filter(entry__withdrawn=False, **({"entry__own__stage": stage} if stage else {}))
    seen: set[tuple[UUID, UUID]] = set()
    for row in named.select_related("entry__agency", "record").order_by("entry__happened_last", "entry__position"):
        if (row.record.person_id, row.entry_id) not in seen:
            seen.add((row.record.person_id, row.entry_id))
            yield row.record.person_id, row.entry


def _care_experienced(sight: Sight, people: Collection[UUID]) -> set[UUID]:
    """Who was in care, where their wish and the reader's role let it be known (I4). Never for housing or schools."""
    if sight.capped(InfoClass.CARE_HISTORY, Level.SUMMARY):
        return set()
    parts = visible_to(sight, EntryCareHistory.objects.filter(factors__contains=["care_experienced_parent"]))
    entries = visible_to(sight, Entry.objects.filter(restricted="care_history"))
    named = visible_to(sight, EntryPerson.objects.filter(record__person__in=people, part=Part.ABOUT))
    told = named.filter(Q(entry__in=parts.values("entry")) | Q(entry__in=entries.values("id")))
    return set(told.values_list("record__person", flat=True))
