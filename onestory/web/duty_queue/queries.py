"""Reading what waits at the front door, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Q

from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.queries import concerns_for
from onestory.arrive.concerns.states import FINAL
from onestory.decide.checks.queries import visible_checks
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.commitments.models import Commitment, Sort
from onestory.platform.commitments.models import State as CommitmentState
from onestory.platform.history.models import Entry, EntryPerson, Part
from onestory.platform.people.models import AgencyRecord

REPEATS_WITHIN = dt.timedelta(days=365)
CLOSED_WITHIN = dt.timedelta(days=183)
TOLD = ("concern", "incident", "disclosure", "injury", "breach")
PLAN_OPEN = "opened"


@dataclass(slots=True)
class Facts:
    """What is on record about the child of one concern, as far as the reader sees it."""

    name: str = ""
    born: str = ""
    born_first: dt.date | None = None
    told_before: int = 0
    plan_closed_on: dt.date | None = None
    conditions: int = 0
    asked: int = 0
    plans: dict[str, dt.date] = field(default_factory=dict)


def open_concerns(sight: Sight, at_most: int) -> tuple[list[Concern], int]:
    """Concerns that the reader's team has to decide or approve, first due first; and how many there are in all."""
    mine = concerns_for(sight).filter(Q(to_team=sight.team_id) | Q(approval_team=sight.team_id))
    waiting = mine.exclude(state__in=FINAL)
    rows = waiting.select_related("from_team__agency").order_by(F("due_at").asc(), "id")
    return list(rows[:at_most]), waiting.count()


def facts_of(sight: Sight, concerns: Iterable[Concern], today: dt.date) -> dict[UUID, Facts]:
    """By child: name, and what makes the concern stand out. Five queries, however many concerns there are."""
    held = [one for one in concerns if one.child_id]
    children = {one.child_id for one in held if one.child_id}
    facts: dict[UUID, Facts] = defaultdict(Facts)
    _names(sight, children, facts)
    _told_and_plans(sight, children, {one.entry_id for one in held}, today, facts)
    _conditions(sight, children, facts)
    _asked(sight, held, facts)
    return facts


def _names(sight: Sight, children: Collection[UUID], facts: dict[UUID, Facts]) -> None:
    records = visible_to(sight, AgencyRecord.objects.filter(person__in=children)).order_by("recorded_at", "id")
    for record in records:
        known = facts[record.person_id]
        known.name = record.label
        if record.born:
            known.born, known.born_first = record.born.words(), record.born.first


def _told_and_plans(
    sight: Sight, children: Collection[UUID], these: Collection[UUID | None], today: dt.date, facts: dict[UUID, Facts]
) -> None:
    since = today - REPEATS_WITHIN
    entries = visible_to(sight, Entry.objects.filter(kind__in=[*TOLD, "plan"], known_on__gte=since, withdrawn=False))
    named = EntryPerson.objects.filter(entry__in=entries, part=Part.ABOUT, record__person__in=children)
    rows = named.values_list(
        "record__person", "entry", "entry__kind", "entry__count", "entry__known_on", "entry__own__stage"
    )
    for child, entry, kind, count, known_on, stage in set(rows):
        if kind == "plan" and known_on:
            if stage == "closed" and today - known_on <= CLOSED_WITHIN:
                facts[child].plan_closed_on = max(known_on, facts[child].plan_closed_on or known_on)
        elif entry not in these:
            facts[child].told_before += count


def _conditions(sight: Sight, children: Collection[UUID], facts: dict[UUID, Facts]) -> None:
    standing = visible_to(
        sight,
        Commitment.objects.filter(sort=Sort.CONDITION, state=CommitmentState.OPEN, people__record__person__in=children),
    )
    for _, child in set(standing.values_list("id", "people__record__person")):
        if child in facts:
            facts[child].conditions += 1


def _asked(sight: Sight, concerns: Iterable[Concern], facts: dict[UUID, Facts]) -> None:
    child_of = {one.entry_id: one.child_id for one in concerns}
    asked = visible_checks(sight).filter(concern__in=list(child_of))
    for entry in asked.values_list("concern_id", flat=True):
        child = child_of.get(entry)
        if child:
            facts[child].asked += 1
