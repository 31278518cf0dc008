"""Where a concern stands, who may move it, and how. Data: what is not here cannot happen."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class State(models.TextChoices):
    """Where a concern stands at the front door."""

    WAITING = "waiting", "Waiting for a decision"
    APPROVAL = "approval", "Waiting for a manager’s approval"
    DECIDED = "decided", "Decided"
    ADVISED = "advised", "Advice given"


FINAL = frozenset({State.DECIDED, State.ADVISED})
"""States that need a decision or advice on record, a reason and a person."""

TRANSITIONS: dict[State, dict[str, State]] = {
    State.WAITING: {"decide": State.DECIDED, "propose": State.APPROVAL, "advise": State.ADVISED},
    State.APPROVAL: {"approve": State.DECIDED, "send back": State.WAITING},
    State.DECIDED: {},
    State.ADVISED: {},
}
"""From a state, by what happens, to a state. A concern that was decided stays so; new information is a new concern."""

FRONT_DOOR = frozenset({"duty_social_worker", "out_of_hours_social_worker", "social_work_manager"})
MAY: dict[str, frozenset[str]] = {
    "decide": FRONT_DOOR,
    "propose": FRONT_DOOR,
    "advise": FRONT_DOOR,
    "approve": frozenset({"social_work_manager"}),
    "send back": frozenset({"social_work_manager"}),
}
"""Which roles may do it."""


def after(state: str, event: str) -> State:
    """The state that follows. Raises CannotHappen with a sentence for the user."""
    refused = "This concern is “{}”, so this cannot be done any more."
    return moves.after(TRANSITIONS, State(state), event, refused=refused)


def check_role(role: str, event: str) -> None:
    """Raises CannotHappen where the role may not do it."""
    moves.check_role(
        MAY, role, event, refused="Your role does not do this. A duty social worker or their manager does."
    )
