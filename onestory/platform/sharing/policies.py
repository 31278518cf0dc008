"""Whether a protocol may be drafted, approved or ended now. Each refusal names the field it stands at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.history.vocabulary import KINDS
from onestory.platform.sharing.bases import DUTY, bases
from onestory.platform.sharing.duty import in_force
from onestory.platform.sharing.models import Protocol
from onestory.platform.sharing.states import State, state_of

NEVER = frozenset({InfoClass.SEALED})
"""No protocol admits what is sealed: it comes in by two people's hands alone."""


def check_draft(
    *,
    basis: str,
    from_on: dt.date,
    until_on: dt.date | None,
    admits: Collection[tuple[str, InfoClass]],
    duty_since: dt.date | None,
) -> None:
    """A basis of the list that is in force when the protocol begins, days in order, and something that is admitted."""
    if basis not in bases():
        raise CannotChange("basis", "Select a lawful basis")
    if basis == DUTY and not in_force(from_on, duty_since):
        since = f"It is from {duty_since.day} {duty_since:%B %Y} on" if duty_since else "No day is laid down for it"
        raise CannotChange("basis", f"The duty to disclose is not in force on the first day. {since}")
    if until_on is not None and until_on < from_on:
        raise CannotChange("until_on", "The last day must not be before the first")
    if not admits:
        raise CannotChange("kinds", "Select at least one kind of entry")
    for kind, info in admits:
        if kind not in KINDS or info in NEVER:
            raise CannotChange("kinds", "What is sealed is under no protocol: it comes in by two people’s hands")


def check_may_approve(protocol: Protocol, *, by: User, today: dt.date) -> None:
    """Somebody other than whoever drafted it, once, and before its last day is over."""
    if by.pk == protocol.drafted_by_id:
        raise CannotChange("remark", "Somebody else has to approve it: you drafted it yourself")
    if state_of(protocol, today) is not State.DRAFT:
        raise CannotChange("remark", "This protocol no longer waits to be approved")


def check_may_end(protocol: Protocol, *, because: str, today: dt.date) -> None:
    """What is over cannot end again, and ending says why."""
    if state_of(protocol, today) is State.OVER or protocol.ended_at is not None:
        raise CannotChange("because", "This protocol is over already")
    if not because.strip():
        raise CannotChange("because", "Enter why it ends")
