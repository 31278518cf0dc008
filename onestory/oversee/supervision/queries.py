"""The facts about all of a manager's children, in a fixed number of queries; one child's workers and supervision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from onestory.arrive.feeds.queries import entries_of_published_reviews
from onestory.help.plans.models import PlanAction
from onestory.help.plans.states import ActionState, PlanState
from onestory.oversee.supervision.drift import CameIn, Facts, Owed, PlanTold, limit
from onestory.oversee.supervision.models import Allocation, Supervision
from onestory.platform.access.policy import Tie
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.commitments.models import CommitmentPerson, Sort, State
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry, EntryPerson, Part
from onestory.platform.history.vocabulary import KINDS
from onestory.platform.people.models import AgencyRecord

COMES_IN = ("concern", "incident", "attendance", "injury", "disclosure")
"""What says that something is the matter again."""
OWED = (Sort.ACTION, Sort.REQUEST, Sort.HAND_OVER)


def facts_of(sight: Sight, today: dt.date) -> list[Facts]:
    """Every child who is the manager's to look after: led or managed by them, or given to their team.

    A fixed number of queries, however many children there are.
    """
    return Gathering(sight, today).facts()


def workers_of(sight: Sight, person_id: UUID) -> QuerySet[Allocation]:
    """Who works and worked for a child, as far as the reader sees it; the latest first."""
    rows = visible_to(sight, Allocation.objects.filter(record__person=person_id))
    mine = Allocation.objects.filter(record__person=person_id, team=sight.team_id)
    found = Allocation.objects.filter(Q(id__in=rows.values("id")) | Q(id__in=mine.values("id")))
    return found.select_related("worker", "team__agency", "by", "ended_by").order_by("-since_at", "id")


def allocation_of(sight: Sight, allocation_id: UUID) -> Allocation | None:
    """One allocation of the reader's own team that has not ended; None where there is none."""
    rows = visible_to(sight, Allocation.objects.filter(id=allocation_id, team=sight.team_id, until_at=None))
    return rows.select_related("record", "worker").first()


def supervision_of(sight: Sight, person_id: UUID) -> QuerySet[Supervision]:
    """What was said in supervision about a child, for those of the agency who may read it; the latest first."""
    rows = visible_to(sight, Supervision.objects.filter(record__person=person_id))
    return rows.select_related("by", "worker", "entry").order_by("-held_on", "-recorded_at")


class Gathering:
    """Collects the facts about many children, one query for each sort of fact."""

    def __init__(self, sight: Sight, today: dt.date) -> None:
        self.sight, self.today = sight, today
        self.given = list(self._allocations())
        people = set(sight.tied({Tie.LEAD.value}, approved_only=())) | {one.record.person_id for one in self.given}
        records = visible_to(sight, AgencyRecord.objects.filter(person__in=people, person__is_child=True))
        rows = list(records.order_by("recorded_at", "id").values_list("id", "person_id", "label", "agency_id"))
        own = sorted(rows, key=lambda row: row[3] == sight.agency_id)
        self.person = {record: person for record, person, _, _ in rows}
        self.found = {person: Facts(str(person), label) for _, person, label, _ in own}

    def facts(self) -> list[Facts]:
        """The children with all that was found."""
        for gather in (self._plans, self._seen, self._owed, self._drafts, self._came_in, self._workers):
            gather()
        return list(self.found.values())

    def _allocations(self) -> QuerySet[Allocation]:
        rows = visible_to(self.sight, Allocation.objects.filter(team=self.sight.team_id, until_at=None))
        return rows.select_related("worker", "record")

    def _about(self, part: str, **entry: Any) -> Iterable[tuple[UUID, Entry]]:
        """Entries that stand, with whom they are about, in the order in which they became known."""
        named = visible_to(self.sight, EntryPerson.objects.filter(record__in=self.person, part=part))
        named = named.filter(entry__superseded_by=None, entry__withdrawn=False, entry__known_on__isnull=False, **entry)
        named = named.exclude(entry__in=entries_of_published_reviews()).select_related("entry__agency")
        for row in named.order_by("entry__known_on", "entry__position"):
            yield self.person[row.record_id], row.entry

    def _plans(self) -> None:
        told: dict[UUID, list[Entry]] = {}
        for person, entry in self._about(Part.ABOUT, entry__kind="plan"):
            told.setdefault(person, []).append(entry)
        for person, entries in told.items():
            self.found[person].plans = plans_of(entries)

    def _seen(self) -> None:
        for part in (Part.SEEN, Part.SEEN_ALONE):
            latest = self._about_latest(part)
            for person, entry in latest:
                facts = self.found[person]
                if facts.seen_on is None or entry.happened_last >= facts.seen_on:
                    facts.seen_on, facts.seen_in = entry.happened_last, str(entry.id)
                    facts.seen_by = entry.agency.name

    def _about_latest(self, part: str) -> Iterable[tuple[UUID, Entry]]:
        """The last entry by which each child was seen."""
        named = visible_to(self.sight, EntryPerson.objects.filter(record__in=self.person, part=part))
        named = named.filter(entry__superseded_by=None, entry__withdrawn=False, entry__known_on__isnull=False)
        last = named.order_by("record__person", "-entry__happened_last", "-entry__position").distinct("record__person")
        for row in last.select_related("entry__agency"):
            yield self.person[row.record_id], row.entry

    def _owed(self) -> None:
        named = visible_to(self.sight, CommitmentPerson.objects.filter(record__in=self.person))
        named = named.filter(commitment__state=State.OPEN, commitment__sort__in=OWED)
        named = named.exclude(commitment__made_in__in=entries_of_published_reviews())
        related = ("commitment__owner_team", "commitment__owner_agency", "commitment__owner_person")
        for row in named.select_related(*related).order_by("commitment__made_on", "commitment_id"):
            one, facts = row.commitment, self.found[self.person[row.record_id]]
            owner = one.owner_team.name if one.owner_team else one.owner_agency.name if one.owner_agency else ""
            owed = Owed(one.sort, one.what or one.code, owner, one.made_on, one.due_on, str(one.made_in_id))
            facts.owed.append(owed)
            if one.sort == Sort.ACTION and one.due_on is None:
                facts.without_measure.append(owed)

    def _drafts(self) -> None:
        """Actions of open plans that nobody could agree yet, for want of a measure or a day."""
        drafts = PlanAction.objects.filter(state=ActionState.DRAFT, plan__state=PlanState.OPEN)
        drafts = drafts.filter(Q(measure="") | Q(due_on=None), outcome__record__in=self.person)
        for one in drafts.select_related("outcome", "plan", "owner_team"):
            owner = one.owner_team.name if one.owner_team else ""
            made_on = timezone.localdate(one.written_at)
            owed = Owed("action", one.what, owner, made_on, one.due_on, str(one.plan.entry_id or ""))
            self.found[self.person[one.outcome.record_id]].without_measure.append(owed)

    def _came_in(self) -> None:
        since = self.today - limit("active_after")
        for person, entry in self._about(Part.ABOUT, entry__kind__in=COMES_IN, entry__happened_last__gte=since):
            came = CameIn(entry.happened_last, KINDS[entry.kind].label, entry.agency.name, str(entry.id))
            self.found[person].came_in.append(came)

    def _workers(self) -> None:
        others = visible_to(self.sight, Allocation.objects.filter(record__in=self.person, until_at=None))
        for one in [*others.select_related("worker", "record"), *self.given]:
            facts = self.found.get(one.record.person_id)
            if facts is None:
                continue
            if one.sort == Allocation.Sort.WORKER:
                facts.worker = str(one.worker)
            else:
                facts.cover = str(one.worker)


def plans_of(entries: Collection[Entry]) -> list[PlanTold]:
    """The plans that entries tell of, given in the order in which they became known. Another level is another plan."""
    plans: list[PlanTold] = []
    for entry in entries:
        kind, stage = entry.own.get("type", ""), entry.own.get("stage", "")
        standing = next((one for one in reversed(plans) if one.type == kind and one.closed_on is None), None)
        review = parse_when(entry.own["review_due"]).last if entry.own.get("review_due") else None
        if stage == "closed" and standing:
            told = PlanTold(kind, standing.opened_on, standing.entry, entry.happened_last, str(entry.id))
            plans[plans.index(standing)] = told
        elif stage in ("opened", "reviewed") and standing is None:
            plans.append(PlanTold(kind, entry.happened_last, str(entry.id), None, "", review, str(entry.id)))
        elif standing:
            told = PlanTold(kind, standing.opened_on, standing.entry, None, "", review, str(entry.id))
            plans[plans.index(standing)] = told
    return plans
