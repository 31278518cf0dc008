"""The end of a plan, once nothing is left open; and its coming back to the same team (L5–L8, F5.39)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.decide.decisions.actions import set_condition
from onestory.help.closure.acting import check_acts
from onestory.help.closure.carrying import carry_on
from onestory.help.closure.gate import check_may_close
from onestory.help.closure.ground import children_of, ground_of
from onestory.help.closure.holding import locked, tell
from onestory.help.closure.models import Closure
from onestory.help.closure.policies import check_comes_back, check_reason
from onestory.help.closure.promising import end_promises, promise, promise_of_parents
from onestory.help.closure.states import Answer, State, after
from onestory.help.plans.actions import close_plan
from onestory.help.plans.models import Plan
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership, Team


@transaction.atomic
def close(closure_id: UUID, *, post: Membership, by: User, at: dt.datetime) -> Closure:
    """End the plan: every point of the gate is answered, every receiver has accepted, or a manager said why not (L5).

    What was accepted goes on as after-care from this day; every team of the plan, and every receiver, has it on its
    list the same day (F5.36, L12). One that has ended already is left as it is: whoever had no answer asks again.
    Raises StillOpen with what is left, CannotHappen.
    """
    with keeping():
        closure = locked(closure_id)
        check_acts("close", closure.plan, post)
        if closure.state == State.CLOSED:
            return closure
        moved = after(closure.state, "close")
        check_may_close(ground_of(closure, by=by, at=at))
        teams = _teams(closure)
        closure.plan = close_plan(plan=closure.plan, words=_words(closure), by=by, at=at)
        closure.state, closure.ended_by, closure.ended_at = moved, by, at
        closure.save(update_fields=["state", "ended_by", "ended_at"])
        for receiver in closure.receivers.filter(answer=Answer.ACCEPTED, to_version=closure.version):
            promise(closure, receiver, by=by, at=at)
        promise_of_parents(closure, by=by, at=at)
        _set_condition(closure, by=by, at=at)
        _tell(closure, teams, by=by, at=at)
    return closure


def _teams(closure: Closure) -> list[Team]:
    """Every team of the plan and every receiver, each once; the owner's own too: a manager may have ended it."""
    ids = {*closure.plan.teams, *closure.receiving, closure.owner_team_id}
    return list(Team.objects.filter(id__in=ids).select_related("agency").order_by("id"))


def _words(closure: Closure) -> str:
    """What stands in the chronology of the end: why, and what a manager let stand."""
    overrides = closure.overrides.order_by("at", "id")
    let = [f"Not answered: {one.left} {one.by} let it end all the same: {one.reason}" for one in overrides]
    return " ".join([closure.summary or f"The {closure.plan_words} has ended.", *let])


def _set_condition(closure: Closure, *, by: User, at: dt.datetime) -> None:
    if not closure.condition:
        return
    for person in children_of(closure.plan):
        set_condition(child_id=person, agency=closure.owner_team.agency, answers=closure.condition, by=by, at=at)


def _tell(closure: Closure, teams: list[Team], *, by: User, at: dt.datetime) -> None:
    words = f"The {closure.plan_words} has ended. The record says who goes on, and whom to call."
    for team in teams:
        tell(closure, team, "closure", words, once=f"closure {closure.id} ended {team.id}", by=by, at=at)


@transaction.atomic
def reopen(closure_id: UUID, *, reason: str, post: Membership, by: User, at: dt.datetime) -> Plan:
    """Open the plan again within the clock: the same team, the old reasons, what was left, everybody in it (L8).

    One action. The after-care ends, since the plan carries it on. The new plan is open, or a draft where something
    that has to be asked first is missing. Raises CannotHappen: too long ago, not yours.
    """
    check_reason(reason)
    with keeping():
        closure = locked(closure_id)
        check_acts("reopen", closure.plan, post)
        moved = after(closure.state, "reopen")
        check_comes_back(closure.plan.closed_on, timezone.localdate(at))
        end_promises(closure, by=by, at=at)
        plan = carry_on(closure, reason.strip(), post, by=by, at=at)
        closure.state, closure.next_plan = moved, plan
        closure.save(update_fields=["state", "next_plan"])
        for receiver in closure.receivers.exclude(team__in=plan.teams).select_related("team__agency"):
            words = f"The {closure.plan_words} is open again: {reason.strip()}"
            tell(closure, receiver.team, "plan", words, once=f"closure {closure.id} again {receiver.id}", by=by, at=at)
    return plan
