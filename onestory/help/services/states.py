"""States of a request for a service, how it moves between them, and who may move it."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class State(models.TextChoices):
    """Where it stands."""

    ASKED = "asked", "Asked, no answer yet"
    WAITING = "waiting", "On a waiting list"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "No longer needed"
    ENDED = "ended", "Ended, with a result"


TRANSITIONS: dict[State, dict[str, State]] = {
    State.ASKED: {
        "accept": State.ACCEPTED,
        "wait": State.WAITING,
        "decline": State.DECLINED,
        "withdraw": State.WITHDRAWN,
    },
    State.WAITING: {
        "accept": State.ACCEPTED,
        "wait": State.WAITING,
        "decline": State.DECLINED,
        "withdraw": State.WITHDRAWN,
    },
    State.ACCEPTED: {"end": State.ENDED, "decline": State.DECLINED, "withdraw": State.WITHDRAWN},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

WHO = {
    "accept": "the service",
    "wait": "the service",
    "decline": "the service",
    "end": "the service",
    "withdraw": "whoever asked",
}
"""Who may do it; where a service is not in the program, whoever asked writes down what it answered."""

OPEN = (State.ASKED, State.WAITING, State.ACCEPTED)


def after(state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    return moves.after(TRANSITIONS, State(state), event, refused="This cannot be done any more. It stands at: {}.")
