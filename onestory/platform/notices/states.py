"""States of a notice and how it moves between them."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class State(models.TextChoices):
    """Where a notice stands. It is in the inbox in every state but the acknowledged one."""

    QUEUED = "queued", "On its way"
    DELIVERED = "delivered", "Delivered"
    ESCALATED = "escalated", "Taken further"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    PARKED = "parked", "Could not be delivered"


TRANSITIONS: dict[State, dict[str, State]] = {
    State.QUEUED: {"deliver": State.DELIVERED, "park": State.PARKED, "acknowledge": State.ACKNOWLEDGED},
    State.DELIVERED: {"escalate": State.ESCALATED, "acknowledge": State.ACKNOWLEDGED},
    State.ESCALATED: {"escalate": State.ESCALATED, "acknowledge": State.ACKNOWLEDGED},
    State.PARKED: {"try again": State.QUEUED, "acknowledge": State.ACKNOWLEDGED},
    State.ACKNOWLEDGED: {},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

OPEN = tuple(state for state in State if TRANSITIONS[state])


def after(state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    return moves.after(TRANSITIONS, State(state), event, refused="This notice is “{}”.")
