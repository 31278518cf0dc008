"""What stands on record of a plan that is to end: the ground on which the gate decides. Read as the keeper.

Facts about what was done, not about the family: that an action was done, on which day a child was seen, that the
chronology was opened. Whoever sees the gate sees the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from onestory.help.closure import gate
from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.closure.states import Answer
from onestory.help.plans.models import Plan, PlanAgency
from onestory.help.plans.relied_on import relied_on
from onestory.help.plans.states import ActionState
from onestory.platform.access.audit import AccessRecord, Act
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.deadlines import due_on
from onestory.platform.history.models import EntryPerson, Part

SEEN = "seen_before_closure"
"""The clock within which each child has to have been seen."""
READ_LATELY = dt.timedelta(days=7)
"""How long before the closure was begun the chronology may have been opened."""
CHRONOLOGY = "chronology"


def ground_of(closure: Closure, *, by: User | None, at: dt.datetime) -> gate.Ground:
    """The ground of a closure as it stands at ``at``. ``by``: who acts; their opening of the chronology counts too.

    A fixed number of queries.
    """
    with keeping():
        plan, receivers = closure.plan, list(closure.receivers.select_related("team__agency"))
        children = children_of(plan)
        return gate.Ground(
            reasons=tuple(gate.ReasonAsked(str(one.id), one.words) for one in plan.reasons.all()),
            actions=actions_of(plan),
            children=_seen(children, timezone.localdate(at)),
            agencies=_agencies(plan, receivers, at),
            receivers=tuple(_receiver(one, closure) for one in receivers),
            record={name: getattr(closure, name) for name in gate.RECORD_FIELDS},
            analysis=closure.analysis,
            chronology_opened=_opened(closure, children, by),
            said=_said(closure),
            overridden=_overridden(closure),
        )


def children_of(plan: Plan) -> dict[UUID, str]:
    """The persons of the plan's children with their names."""
    rows = plan.children.order_by("label").values_list("record__person_id", "label")
    return dict(rows)


def actions_of(plan: Plan) -> tuple[gate.ActionAsked, ...]:
    """What the plan required, or gave up after it had been agreed. What was never agreed was never required."""
    rows = plan.actions.exclude(state=ActionState.DRAFT).exclude(entry__isnull=True)
    return tuple(gate.ActionAsked(str(one.id), one.what, one.state, one.evidence) for one in rows)


def _seen(children: Mapping[UUID, str], today: dt.date) -> tuple[gate.ChildAsked, ...]:
    days = last_seen(children)
    return tuple(
        gate.ChildAsked(str(person), name, days.get(person), _lately(days.get(person), today))
        for person, name in children.items()
    )


def _lately(seen_on: dt.date | None, today: dt.date) -> bool:
    return seen_on is not None and due_on(SEEN, seen_on) >= today


def last_seen(people: Collection[UUID]) -> dict[UUID, dt.date]:
    """The last day on which each of these people was seen by a professional, by entries that still stand."""
    seen = EntryPerson.objects.filter(record__person__in=people, part__in=(Part.SEEN, Part.SEEN_ALONE))
    standing = seen.filter(entry__withdrawn=False, entry__superseded_by__isnull=True, entry__known_on__isnull=False)
    rows = standing.values("record__person").annotate(last=Max("entry__happened_last"))
    return {row["record__person"]: row["last"] for row in rows}


def _agencies(plan: Plan, receivers: Collection[ClosureReceiver], at: dt.datetime) -> tuple[gate.AgencyAsked, ...]:
    """Every agency in the plan, left out of it, or relied on; the owner's own knows (F5.33, F5.37).

    Whoever came to be relied on since the plan was drawn up counts too.
    """
    receiving = {one.team.agency_id for one in receivers}
    asked: dict[UUID, tuple[str, UUID | None]] = {}
    for one in plan.agencies.order_by("how", "id"):
        asked.setdefault(one.agency_id, (_because(one), one.team_id))
    for relied in relied_on(list(children_of(plan)), at=at, besides=plan.id):
        asked.setdefault(relied.agency_id, (relied.because, relied.team_id))
    names = Agency.objects.filter(id__in=asked).exclude(id=plan.owner_team.agency_id).order_by("name")
    return tuple(
        gate.AgencyAsked(str(one.id), one.name, because, one.id in receiving, str(team or ""))
        for one in names
        for because, team in [asked[one.id]]
    )


def _because(one: PlanAgency) -> str:
    if one.how == PlanAgency.How.LEFT_OUT:
        return f"{one.because or 'it was relied on'}, and left out of the plan ({one.reason.strip().rstrip('.')})"
    return one.because or "it is in the plan"


def _receiver(one: ClosureReceiver, closure: Closure) -> gate.ReceiverAsked:
    stale = one.to_version != closure.version
    return gate.ReceiverAsked(str(one.id), str(one.team), Answer.WAITING.value if stale else one.answer)


def _opened(closure: Closure, children: Collection[UUID], by: User | None) -> bool:
    readers = {closure.begun_by_id, *([by.id] if by else [])}
    return AccessRecord.objects.filter(
        actor__in=readers,
        people__overlap=list(children),
        what__startswith=CHRONOLOGY,
        act__in=[Act.LOOK, Act.PRINT],
        at__gte=closure.begun_at - READ_LATELY,
    ).exists()


def _said(closure: Closure) -> dict[gate.Key, gate.Evidence]:
    return {
        (one.part, one.of): gate.Evidence(one.met, one.words, one.source, one.on, one.evidence_id is not None)
        for one in closure.answers.all()
    }


def _overridden(closure: Closure) -> frozenset[gate.Key]:
    """Points for which a manager answered; a receiver's answer only for the text as it stands."""
    rows = closure.overrides.values_list("part", "of", "version")
    return frozenset(
        (part, of) for part, of, version in rows if part != gate.Part.RECEIVER or version == closure.version
    )
