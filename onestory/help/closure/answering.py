"""The receivers' answers: each to its own task, all of them to the same text (L6, F5.34–5.36)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from onestory.help.closure import policies
from onestory.help.closure.acting import check_receives
from onestory.help.closure.holding import again, locked, tell
from onestory.help.closure.models import Closure, ClosureReceiver
from onestory.help.closure.promising import promise
from onestory.help.closure.states import Answer, State, after
from onestory.help.closure.wording import receiver_words
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership
from onestory.platform.notices.actions import acknowledge_notice


@transaction.atomic
def accept_task(receiver_id: UUID, *, version: int, post: Membership, by: User, at: dt.datetime) -> ClosureReceiver:
    """Say that the team goes on with its task as it stands in the text of this ``version``.

    The second of two in the team changes nothing. Raises CannotHappen: another team's, another text, no longer asked.
    """
    with keeping():
        closure, receiver = _held(receiver_id)
        check_receives("accept", receiver, post)
        policies.check_version(version, closure.version)
        if receiver.answer == Answer.ACCEPTED and receiver.to_version == version:
            return receiver
        state = after(closure.state, "accept")
        _answer(closure, receiver, Answer.ACCEPTED, "", f"Accepted: {receiver_words(receiver)}.", by=by, at=at)
        if state == State.CLOSED:  # a manager closed without this answer; now it goes on all the same
            promise(closure, receiver, by=by, at=at)
    return receiver


@transaction.atomic
def decline_task(
    receiver_id: UUID, *, version: int, words: str, post: Membership, by: User, at: dt.datetime
) -> ClosureReceiver:
    """Say that the team cannot do it, and why. The record is agreed again with all (F5.34). Raises CannotHappen."""
    return _refuse(receiver_id, "decline", Answer.DECLINED, version, words, post, by, at)


@transaction.atomic
def understand_differently(
    receiver_id: UUID, *, version: int, words: str, post: Membership, by: User, at: dt.datetime
) -> ClosureReceiver:
    """Say that the team understood something else (a call every three months, not a clinic every month).

    The record is agreed again with all, so that two understandings never stand beside one another (F5.34, F5.35).
    """
    return _refuse(receiver_id, "differ", Answer.DIFFERS, version, words, post, by, at)


def _refuse(
    receiver_id: UUID,
    event: str,
    answer: Answer,
    version: int,
    words: str,
    post: Membership,
    by: User,
    at: dt.datetime,
) -> ClosureReceiver:
    policies.check_words(words)
    with keeping():
        closure, receiver = _held(receiver_id)
        check_receives(event, receiver, post)
        policies.check_version(version, closure.version)
        moved = after(closure.state, event)
        said = f"{answer.label}: {words.strip()}"
        _answer(closure, receiver, answer, words.strip(), said, by=by, at=at)
        if moved == State.REOPENED:
            again(closure, moved, f"{receiver.team}: {said}", by=by, at=at)
        _tell_all(closure, receiver, said, by=by, at=at)
    return receiver


def _tell_all(closure: Closure, receiver: ClosureReceiver, said: str, *, by: User, at: dt.datetime) -> None:
    """Whoever ends the plan reads it at once; the other receivers learn that the text is open again."""
    name = f"closure {closure.id} {closure.version} {receiver.id}"
    tell(closure, closure.owner_team, "answer", f"{receiver.team}. {said}", once=f"{name} owner", by=by, at=at)
    if closure.state != State.REOPENED:
        return
    for other in closure.receivers.exclude(id=receiver.id).select_related("team__agency"):
        words = "What goes on after the plan is being agreed again. You are asked once more when it stands."
        tell(closure, other.team, "note", words, once=f"{name} to {other.id}", by=by, at=at)


def _answer(
    closure: Closure,
    receiver: ClosureReceiver,
    answer: Answer,
    words: str,
    said: str,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    receiver.answer, receiver.words, receiver.to_version = answer, words, closure.version
    receiver.answered_by, receiver.answered_at = by, at
    receiver.save()
    if receiver.notice_id:
        acknowledge_notice(receiver.notice_id, by=by, at=at, answer=said)


def _held(receiver_id: UUID) -> tuple[Closure, ClosureReceiver]:
    """The closure is locked first, as everywhere, so that two receivers who answer at once do not wait in a ring."""
    closure_id = ClosureReceiver.objects.values_list("closure_id", flat=True).get(id=receiver_id)
    closure = locked(closure_id)
    receivers = ClosureReceiver.objects.select_related("team__agency", "notice")
    return closure, receivers.get(id=receiver_id)
