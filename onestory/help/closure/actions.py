"""Writing the ending of a plan: the record, who receives it, what is answered at the gate, what a manager overrides.

All writes before anybody has answered; the answers are in answering.py, the end and coming back in completing.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.closure import policies
from onestory.help.closure.acting import check_acts
from onestory.help.closure.gate import Part, check_may_send, points
from onestory.help.closure.ground import actions_of, ground_of
from onestory.help.closure.holding import again, locked, tell
from onestory.help.closure.models import Closure, ClosureAnswer, ClosureReceiver, Override
from onestory.help.closure.recording import about_of, record_sending
from onestory.help.closure.states import LIVE, Answer, State, after
from onestory.help.closure.wording import lower
from onestory.help.plans.holding import locked as locked_plan
from onestory.help.plans.membership import records_of
from onestory.help.plans.models import Plan, PlanAction, PlanAgency
from onestory.help.plans.outcomes import complete_action
from onestory.help.plans.states import Kind, PlanState
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.told import told_of
from onestory.platform.ui.wording import day_words

TEXTS = ("summary", "parents_will", "if_not", "who_to_call", "would_reopen")


@transaction.atomic
def begin_closure(plan_id: UUID, *, post: Membership, by: User, at: dt.datetime) -> Closure:
    """Begin to end a plan; the one that is under way where there is one. Every team in the plan is to receive it.

    Raises CannotHappen: not open, not yours.
    """
    with keeping():
        plan = locked_plan(plan_id)
        check_acts("write", plan, post)
        under_way = Closure.objects.filter(plan=plan, state__in=LIVE).first()
        if under_way:
            return under_way
        policies.check_open(plan.state == PlanState.OPEN)
        closure = Closure.objects.create(
            plan=plan,
            owner_team=plan.owner_team,
            plan_words=lower(Kind(plan.kind).label),
            who=[told_of(one.record) for one in plan.children.select_related("record").order_by("label")],
            begun_by=by,
            begun_at=at,
            **_guarded(plan),
        )
        _receive(closure, plan)
    return closure


def _receive(closure: Closure, plan: Plan) -> None:
    members = plan.agencies.filter(how=PlanAgency.How.MEMBER, team__isnull=False).exclude(team=plan.owner_team_id)
    teams = dict.fromkeys(members.values_list("team_id", flat=True))
    ClosureReceiver.objects.bulk_create(ClosureReceiver(closure=closure, team_id=team) for team in teams)


def _guarded(plan: Plan) -> dict[str, Any]:
    return {"info": InfoClass.PLANS.number, "agency_id": plan.agency_id, "keys": plan.keys}


@transaction.atomic
def write_record(closure_id: UUID, *, texts: Mapping[str, str], post: Membership, by: User, at: dt.datetime) -> Closure:
    """Write the closure record. Where it was sent already it is taken back from all, to be agreed again (F5.34)."""
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        new = {name: texts[name].strip() for name in TEXTS if name in texts}
        if all(getattr(closure, name) == value for name, value in new.items()):
            return closure
        _write(closure, by=by, at=at)
        for name, value in new.items():
            setattr(closure, name, value)
        closure.save()
    return closure


@transaction.atomic
def write_analysis(closure_id: UUID, *, words: str, post: Membership, by: User, at: dt.datetime) -> Closure:
    """Write what the chronology shows. It is the gate's, not the record's: nobody has to answer again (C3, F5.17)."""
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        policies.check_live(closure.state)
        closure.analysis = words.strip()
        closure.save(update_fields=["analysis"])
    return closure


@transaction.atomic
def set_condition_to_come(
    closure_id: UUID, *, answers: Mapping[str, Any], post: Membership, by: User, at: dt.datetime
) -> Closure:
    """Say which standing condition is set with the end of the plan; nothing: none (D6)."""
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        policies.check_live(closure.state)
        policies.check_condition(answers)
        closure.condition = dict(answers)
        closure.save(update_fields=["condition"])
    return closure


def _write(closure: Closure, *, by: User, at: dt.datetime) -> None:
    """The record changes: whoever had it is to answer to the new text."""
    moved = after(closure.state, "write")
    if moved != closure.state:
        again(closure, moved, f"{by.display_name} changed the record.", by=by, at=at)


@transaction.atomic
def set_receiver(
    closure_id: UUID,
    *,
    team: Team,
    watches: str,
    every: str,
    until_on: dt.date | None,
    children: Collection[UUID] = (),
    post: Membership,
    by: User,
    at: dt.datetime,
) -> ClosureReceiver:
    """Say what a team goes on with, how often and until when; or, without ``watches``, that it is to know.

    ``children``: records of the children whom it watches; none: all of the plan. Raises CannotHappen, NotNow.
    """
    policies.check_task(watches=watches, every=every, until_on=until_on)
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        policies.check_receiver(team_id=team.id, owner_team_id=closure.owner_team_id)
        known = set(about_of(closure.plan))
        task: dict[str, Any] = {
            "watches": watches.strip(),
            "every": every if watches.strip() else "",
            "until_on": until_on if watches.strip() else None,
            "children": sorted(one for one in children if one in known),
        }
        _write(closure, by=by, at=at)
        receiver, _ = ClosureReceiver.objects.update_or_create(closure=closure, team=team, defaults=task)
    return receiver


@transaction.atomic
def receive_all(closure_id: UUID, *, post: Membership, by: User, at: dt.datetime) -> int:
    """Have every agency that was relied on and is not told receive the record, to know; returns how many (F5.37).

    An agency without a team in the program cannot be told here: it stays open at the gate.
    """
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        missing = [one.team for one in ground_of(closure, by=by, at=at).agencies if not one.receives and one.team]
        teams = Team.objects.filter(id__in=missing).select_related("agency").order_by("id")
        if teams:
            _write(closure, by=by, at=at)
        ClosureReceiver.objects.bulk_create(ClosureReceiver(closure=closure, team=one) for one in teams)
    return len(teams)


@transaction.atomic
def drop_receiver(receiver_id: UUID, *, post: Membership, by: User, at: dt.datetime) -> None:
    """Say that a team does not receive the record; where it was sent, it is taken back from all."""
    with keeping():
        receiver = ClosureReceiver.objects.get(id=receiver_id)
        closure = locked(receiver.closure_id)
        check_acts("write", closure.plan, post)
        _write(closure, by=by, at=at)
        receiver.delete()


@transaction.atomic
def answer_reason(
    closure_id: UUID,
    *,
    of: str,
    met: bool,
    words: str,
    source: str = "",
    on: dt.date | None = None,
    evidence: Entry | None = None,
    post: Membership,
    by: User,
    at: dt.datetime,
) -> ClosureAnswer:
    """Say of a reason whether it is met, and how one knows: an entry, or words with a day and a source (F5.39)."""
    policies.check_evidence(
        met=met, words=words, source=source, on=on, entry=evidence is not None, today=timezone.localdate(at)
    )
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        policies.check_live(closure.state)
        policies.check_known(of, {str(one) for one in closure.plan.reasons.values_list("id", flat=True)})
        said = {"met": met, "words": words.strip(), "source": source.strip(), "on": on, "evidence": evidence}
        answer, _ = ClosureAnswer.objects.update_or_create(
            closure=closure,
            part=Part.REASON.value,
            of=of,
            defaults={**said, "by": by, "at": at, **_guarded(closure.plan)},
        )
    return answer


@transaction.atomic
def answer_action(
    closure_id: UUID, *, of: str, words: str, source: str, on: dt.date, post: Membership, by: User, at: dt.datetime
) -> PlanAction:
    """Say of a required action that it was done, and how one knows: the plan's action is done with it (F5.39)."""
    policies.check_evidence(met=True, words=words, source=source, on=on, entry=False, today=timezone.localdate(at))
    with keeping():
        closure = locked(closure_id)
        check_acts("write", closure.plan, post)
        policies.check_live(closure.state)
        policies.check_known(of, {one.id for one in actions_of(closure.plan) if one.state == "required"})
        evidence = f"{words.strip()} Source: {source.strip()}, {day_words(on)}."
        return complete_action(UUID(of), evidence=evidence, team=closure.owner_team, by=by, at=at)


@transaction.atomic
def override(
    closure_id: UUID, *, part: str, of: str, reason: str, post: Membership, by: User, at: dt.datetime
) -> Override:
    """Let the plan end although a point is open: a manager, with a reason, listed for assurance (L5, F5.39).

    For a receiver it holds for the text as it stands. Raises CannotHappen: no manager, not open, no reason.
    """
    policies.check_reason(reason)
    with keeping():
        closure = locked(closure_id)
        check_acts("override", closure.plan, post)
        policies.check_live(closure.state)
        found = {one.key: one for one in points(ground_of(closure, by=by, at=at))}
        point = policies.check_may_override(found.get((part, of)), sent=closure.state == State.SENT)
        return Override.objects.create(
            closure=closure,
            team=closure.owner_team,
            part=part,
            of=of,
            version=closure.version if part == Part.RECEIVER else 0,
            left=point.why_not,
            reason=reason.strip(),
            by=by,
            at=at,
            **_guarded(closure.plan),
        )


@transaction.atomic
def send_record(closure_id: UUID, *, post: Membership, by: User, at: dt.datetime) -> Closure:
    """Send the closure record to every receiver's team inbox: the same text, each with its own task (L6, F5.34–5.36).

    Raises StillOpen with what is not answered, CannotHappen.
    """
    with keeping():
        closure = locked(closure_id)
        check_acts("send", closure.plan, post)
        moved = after(closure.state, "send")
        check_may_send(ground_of(closure, by=by, at=at))
        receivers = list(closure.receivers.select_related("team__agency"))
        closure.sent_in = record_sending(closure, receivers, by=by, at=at)
        closure.state, closure.version, closure.sent_by, closure.sent_at = moved, closure.version + 1, by, at
        closure.receiving = [one.team_id for one in receivers]
        closure.reopened_because = ""
        closure.save()
        for receiver in receivers:
            _send(closure, receiver, by=by, at=at)
    return closure


def _send(closure: Closure, receiver: ClosureReceiver, *, by: User, at: dt.datetime) -> None:
    receiver.answer, receiver.words, receiver.answered_by, receiver.answered_at = Answer.WAITING, "", None, None
    receiver.to_version = closure.version
    receiver.notice = send_notice(
        to_team=receiver.team,
        from_team=closure.owner_team,
        about=records_of(closure.plan),
        kind="hand_over",
        words=f"A {closure.plan_words} is to end. Is this your task: yes or no?",
        address=f"/closures/{closure.id}",
        entry=closure.sent_in,
        by=by,
        at=at,
    )
    receiver.save()


@transaction.atomic
def withdraw_closure(closure_id: UUID, *, reason: str, post: Membership, by: User, at: dt.datetime) -> Closure:
    """Give the ending up: the plan goes on, and whoever had the record is told (F5.39)."""
    policies.check_reason(reason)
    with keeping():
        closure = locked(closure_id)
        check_acts("withdraw", closure.plan, post)
        moved = after(closure.state, "withdraw")
        again(closure, moved, reason.strip(), by=by, at=at)
        for receiver in closure.receivers.filter(team__in=closure.receiving).select_related("team__agency"):
            words = f"The {closure.plan_words} goes on: {reason.strip()}"
            tell(
                closure, receiver.team, "note", words, once=f"closure {closure.id} given up {receiver.id}", by=by, at=at
            )
    return closure
