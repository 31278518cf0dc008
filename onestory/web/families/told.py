"""Reading what somebody may know of children's plans: the chronology, plans of their team, endings sent to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from onestory.help.closure.models import Closure
from onestory.help.closure.queries import visible_closures
from onestory.help.closure.states import LIVE, State
from onestory.help.plans.models import PlanChild
from onestory.help.plans.queries import visible_plans
from onestory.help.plans.states import Kind
from onestory.platform.access.marks import RecordMark
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.history.dates import When, day, parse_when
from onestory.platform.history.models import EntryPerson, Part
from onestory.platform.people.told import people_now
from onestory.web.families.plans import Stage, Told

ENDING = [*LIVE, State.CLOSED]
_CHILD = Coalesce("record__person", "known_as")
"""A child of a plan. The record is its owner's: who does not see it knows the child as the plan began."""


@dataclass(frozen=True, slots=True)
class ToldName:
    """A child by the name by which a plan, or its ending, tells the team of them."""

    label: str
    born: When | None


def children_told_of(sight: Sight, name: str = "") -> dict[UUID, ToldName]:
    """Children of other agencies' plans that the reader's team is in, or whose ending was sent to it (F5.36).

    Its agency need not hold a record of them. Three queries.
    """
    plans = visible_plans(sight).filter(teams__contains=[sight.team_id], opened_on__isnull=False)
    children = PlanChild.objects.filter(plan__in=plans.exclude(agency=sight.agency_id).values("id"))
    told = list(children.values_list(_CHILD, "label", "born"))
    endings = visible_closures(sight).filter(receiving__contains=[sight.team_id])
    named_in = [one for who in endings.values_list("who", flat=True) for one in who]
    now = people_now(named_in)
    told += [(now[one["record"]], one["name"], one["born"]) for one in named_in]
    named = {child: ToldName(label, parse_when(born) if born else None) for child, label, born in told}
    return {child: one for child, one in named.items() if name.casefold() in one.label.casefold()}


def plans_told_of(sight: Sight, person_ids: Collection[UUID]) -> Iterator[tuple[UUID, Told]]:
    """What the reader may know of these children's plans (L12, F5.36). Five queries, however many children."""
    wanted = frozenset(person_ids)
    yield from _in_the_chronology(sight, wanted)
    yield from _in_plans(sight, wanted)
    yield from _ending(sight, wanted)


def _in_the_chronology(sight: Sight, wanted: frozenset[UUID]) -> Iterator[tuple[UUID, Told]]:
    """Plans of whatever source; one that the reader sees here is told of by the plan itself."""
    named = visible_to(sight, EntryPerson.objects.filter(record__person__in=wanted, part=Part.ABOUT))
    here = visible_plans(sight).exclude(entry=None)
    rows = named.filter(entry__kind="plan", entry__withdrawn=False, entry__superseded_by__isnull=True)
    rows = rows.exclude(entry__in=here.values("entry")).exclude(
        entry__in=here.exclude(closed_in=None).values("closed_in")
    )
    for child, entry, own, on in rows.values_list("record__person", "entry", "entry__own", "entry__happened"):
        stage = Stage.CLOSED if own.get("stage") == "closed" else Stage.ACTIVE
        yield child, Told(stage, on, entry, _kind(own.get("type", "")))


def _in_plans(sight: Sight, wanted: frozenset[UUID]) -> Iterator[tuple[UUID, Told]]:
    plans = visible_plans(sight).filter(opened_on__isnull=False)
    children = PlanChild.objects.alias(child=_CHILD).filter(plan__in=plans.values("id"), child__in=wanted)
    columns = (_CHILD, "plan", "plan__kind", "plan__opened_on", "plan__entry", "plan__closed_on", "plan__closed_in")
    for child, plan, kind, opened, entry, closed, closed_in in children.values_list(*columns):
        stage, on, number = (Stage.CLOSED, closed, closed_in) if closed else (Stage.ACTIVE, opened, entry)
        yield child, Told(stage, day(on), number, _kind(kind), f"/plans/{plan}")


def _ending(sight: Sight, wanted: frozenset[UUID]) -> Iterator[tuple[UUID, Told]]:
    """By the ending's own row: a team that goes on need not see the plan."""
    endings = list(_about(visible_closures(sight).filter(state__in=ENDING), wanted))
    now = people_now(told for one in endings for told in one.who)
    for one in endings:
        live = one.state in LIVE
        since = one.begun_at if live else one.ended_at
        assert since, "what has ended says when"
        stage, on = (Stage.CLOSING if live else Stage.CLOSED), day(timezone.localdate(since))
        for child in wanted & {now[told["record"]] for told in one.who}:
            yield child, Told(stage, on, one.pk, one.plan_words, f"/closures/{one.pk}")


def _about(endings: QuerySet[Closure], wanted: frozenset[UUID]) -> QuerySet[Closure]:
    """Endings that tell of any of these children, by the records that are theirs now."""
    theirs = RecordMark.objects.filter(person__in=wanted).values_list("record", flat=True)
    records = Func(F("who"), Value("$[*].record"), function="jsonb_path_query_array", output_field=JSONField())
    return endings.annotate(records=records).filter(records__has_any_keys=sorted(map(str, theirs)))


def _kind(code: str) -> str:
    return Kind(code).label.lower() if code in Kind else "plan"
