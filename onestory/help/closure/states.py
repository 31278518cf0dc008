"""States of a closure and of a receiver's answer, how each moves, and who may move it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from onestory.platform import moves
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.kinds import manager_roles


class State(models.TextChoices):
    """Where the ending of a plan stands. The plan itself is open until the closure is closed."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Waiting for those who go on"
    REOPENED = "reopened", "Being agreed again"
    CLOSED = "closed", "The plan has ended"
    CAME_BACK = "came_back", "The plan was opened again"
    WITHDRAWN = "withdrawn", "Given up: the plan goes on"


class Answer(models.TextChoices):
    """What a receiver has said to the text that was sent to all."""

    WAITING = "waiting", "Not answered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DIFFERS = "differs", "Understands it differently"


class Party(StrEnum):
    """In which capacity somebody acts on a closure."""

    LEAD = "lead"  # leads the plan, or works on it in the team that owns it
    MANAGER = "manager"  # manages in the agency that owns the plan
    RECEIVER = "receiver"  # was sent the closure record


TRANSITIONS: dict[State, dict[str, State]] = {
    State.DRAFT: {"write": State.DRAFT, "send": State.SENT, "withdraw": State.WITHDRAWN},
    State.SENT: {
        "accept": State.SENT,
        "decline": State.REOPENED,
        "differ": State.REOPENED,
        "write": State.REOPENED,
        "close": State.CLOSED,
        "withdraw": State.WITHDRAWN,
    },
    State.REOPENED: {"write": State.REOPENED, "send": State.SENT, "withdraw": State.WITHDRAWN},
    State.CLOSED: {"accept": State.CLOSED, "decline": State.CLOSED, "differ": State.CLOSED, "reopen": State.CAME_BACK},
    State.CAME_BACK: {},
    State.WITHDRAWN: {},
}
"""From a state, by what happens, to a state. What is not here cannot happen.

Whoever writes on after the record was sent takes it back from all: every receiver answers to the same text (F5.34).
After the end only those may still answer without whom a manager closed.
"""

MAY: dict[str, frozenset[Party]] = {
    "write": frozenset({Party.LEAD, Party.MANAGER}),
    "send": frozenset({Party.LEAD, Party.MANAGER}),
    "withdraw": frozenset({Party.LEAD, Party.MANAGER}),
    "close": frozenset({Party.LEAD, Party.MANAGER}),
    "reopen": frozenset({Party.LEAD, Party.MANAGER}),
    "override": frozenset({Party.MANAGER}),
    "accept": frozenset({Party.RECEIVER}),
    "decline": frozenset({Party.RECEIVER}),
    "differ": frozenset({Party.RECEIVER}),
}
"""Who may do it. To override is no move of the closure: a manager says why it may be ended all the same."""

LEADING = frozenset({"social_worker", "social_work_manager", "early_help_lead", "safeguarding_lead", "health_visitor"})
"""Roles that carry a plan of their team on where its lead professional is away or has left."""
LIVE = (State.DRAFT, State.SENT, State.REOPENED)
BEING_WRITTEN = (State.DRAFT, State.REOPENED)
EVENTS = tuple(MAY)


def after(state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    return moves.after(TRANSITIONS, State(state), event, refused="This cannot be done: {}.")


def parties(*, role: str, sector: str, in_owner_team: bool, in_owner_agency: bool, leads: bool) -> frozenset[Party]:
    """In which capacities somebody acts for the plan's owner. ``sector``: of the agency that owns the plan."""
    found = set()
    if leads or (in_owner_team and role in LEADING):
        found.add(Party.LEAD)
    if in_owner_agency and role in manager_roles().get(sector, frozenset()):
        found.add(Party.MANAGER)
    return frozenset(found)


def check_may(event: str, acting: frozenset[Party]) -> None:
    """Raises CannotHappen where nobody in these capacities may do it."""
    if not MAY[event] & acting:
        raise CannotHappen(NOT_YOURS[event])


NOT_YOURS = {
    **dict.fromkeys(
        ("write", "send", "withdraw", "close", "reopen"),
        "The lead professional, their team or their manager does this.",
    ),
    "override": "Only a manager of the agency that leads the plan can say that it may end all the same.",
    **dict.fromkeys(("accept", "decline", "differ"), "This was not sent to your team."),
}
