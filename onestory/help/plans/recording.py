"""The entries of a plan: opened, reviewed, closed; what was required, done, given up. The rules read nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.help.plans.models import Plan, PlanAction, PlanAgency
from onestory.platform.access.models import User
from onestory.platform.history.actions import record_entries
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry

MOST_WORDS = 4_000


def member_agencies(plan: Plan) -> tuple[UUID, ...]:
    """The agencies that are in the plan, each once."""
    members = plan.agencies.filter(how=PlanAgency.How.MEMBER).order_by("id").values_list("agency_id", flat=True)
    return tuple(dict.fromkeys(members))


def children_of(plan: Plan) -> tuple[UUID, ...]:
    """The records of the plan's children, in their order."""
    return tuple(plan.children.order_by("born", "id").values_list("record_id", flat=True))


def plan_entry(plan: Plan, stage: str, text: str, *, at: dt.datetime, agency: UUID | None = None) -> NewEntry:
    """What stands in the chronology of a plan that opened, was reviewed or has ended: with the agencies in it."""
    today, members = day(timezone.localdate(at)), member_agencies(plan)
    own: dict[str, Any] = {"type": plan.kind, "stage": stage, "agencies": tuple(str(one) for one in members)}
    if plan.review_due and stage != "closed":
        own["review_due"] = day(plan.review_due)
    factors = {factor for reason in plan.reasons.all() for factor in reason.factors}
    return NewEntry(
        agency=agency or plan.agency_id,
        kind="plan",
        happened=today,
        known=today,
        about=children_of(plan),
        factors=frozenset(factors),
        own=own,
        text=text[:MOST_WORDS],
        shared_with=frozenset(members),
        weight="key",
    )


def action_entry(action: PlanAction, stage: str, text: str, *, agency: UUID, at: dt.datetime) -> NewEntry:
    """What stands in the chronology of an action: the commitment follows from it."""
    today = day(timezone.localdate(at))
    own: dict[str, Any] = {"action": str(action.id), "stage": stage}
    if stage == "required":
        assert action.due_on, "what is agreed has a day"
        own |= {"due": day(action.due_on), "owner": _owner(action)}
    return NewEntry(
        agency=agency,
        kind="action",
        happened=today,
        known=today,
        about=(action.outcome.record_id,),
        own=own,
        text=text[:MOST_WORDS],
        shared_with=frozenset(member_agencies(action.plan)),
    )


def _owner(action: PlanAction) -> str:
    return str(action.owner_team.agency_id if action.owner_team else action.owner_person_id)


def required_words(action: PlanAction) -> str:
    """The action as it is read in the chronology and on the list of whoever does it."""
    said = (action.what, f"How we will know: {action.measure}", f"If the risk does not fall: {action.if_not}")
    return " ".join(_ended(one) for one in said)


def _ended(words: str) -> str:
    """With a full stop where whoever wrote it left it out."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def opening_words(plan: Plan, reasons: Iterable[str]) -> str:
    """The opening of a plan in words: what, why, who leads."""
    why = " ".join(_ended(one) for one in reasons)
    return f"{plan.get_kind_display()} opened. Why: {why} Lead professional: {plan.lead}, {plan.lead_team}."


def record_required(actions: Sequence[PlanAction], plan: Plan, *, by: User, at: dt.datetime) -> list[Entry]:
    """Record what is required, all at once; the rows keep their entries."""
    members = [action_entry(one, "required", required_words(one), agency=plan.agency_id, at=at) for one in actions]
    entries = record_entries(members, by=by, at=at)
    for action, entry in zip(actions, entries, strict=True):
        action.entry = entry
        action.save(update_fields=["entry", "state", "version"])
    return entries
