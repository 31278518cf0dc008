"""What goes on after the end: each accepted task becomes after-care, and holds a tie to the children (L7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.closure.recording import (
    about_of,
    closure_agencies,
    record_promise,
    record_promise_ended,
    record_undertaking,
)
from onestory.help.plans.models import PlanRelative
from onestory.platform.access.facts import AfterCareDuty, Holder, HolderSort
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties, end_ties
from onestory.platform.commitments.answering import name_teams
from onestory.platform.people.models import AgencyRecord


def promise(closure: Closure, receiver: ClosureReceiver, *, by: User, at: dt.datetime) -> None:
    """Have an accepted task go on: a commitment of the team, which sees the children for as long as it lasts."""
    if not receiver.watches or receiver.promised_in_id:
        return
    receiver.promised_in = record_promise(closure, receiver, closure_agencies(closure), by=by, at=at)
    receiver.save(update_fields=["promised_in"])
    name_teams({receiver.promised_in.id: receiver.team_id}, by=by, at=at)
    begin_ties(facts=duties_of(closure, receiver, at), by=by, at=at)


def promise_of_parents(closure: Closure, *, by: User, at: dt.datetime) -> None:
    """What the parents undertake, for each of them who was asked into the plan (L11)."""
    asked = closure.plan.relatives.filter(is_parent=True).exclude(how=PlanRelative.How.NOT_INVITED)
    for parent in asked.order_by("label").values_list("record_id", flat=True):
        record_undertaking(closure, parent, closure_agencies(closure), by=by, at=at)


def end_promises(closure: Closure, *, by: User, at: dt.datetime) -> None:
    """End what goes on, because the plan carries it on from today; the ties end with it."""
    for receiver in closure.receivers.filter(promised_in__isnull=False).select_related("team__agency", "promised_in"):
        end_ties(facts=duties_of(closure, receiver, at), by=by, at=at)
        if receiver.until_on and receiver.until_on < timezone.localdate(at):
            continue
        receiver.promised_in = record_promise_ended(closure, receiver, by=by, at=at)
        receiver.save(update_fields=["promised_in"])
        name_teams({receiver.promised_in.id: receiver.team_id}, by=by, at=at)


def duties_of(closure: Closure, receiver: ClosureReceiver, at: dt.datetime) -> Iterator[AfterCareDuty]:
    """The facts from which the team's ties follow: a live duty for each child whom it watches."""
    holder = Holder(HolderSort.TEAM, str(receiver.team_id))
    for person in _people(receiver.children or list(about_of(closure.plan))):
        yield AfterCareDuty(since=at, holder=holder, person=str(person))


def _people(records: list[UUID]) -> list[UUID]:
    return list(AgencyRecord.objects.filter(id__in=records).order_by("id").values_list("person_id", flat=True))
