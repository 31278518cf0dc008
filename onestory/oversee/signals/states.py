"""States of an alert and how it moves between them."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class State(models.TextChoices):
    """Where an alert stands."""

    WAITING = "waiting", "Waiting for an answer"
    ACTING = "acting", "Being acted on"
    NOT_NOW = "not_now", "Put off until a day"
    DECLINED = "declined", "Answered: no action"
    ENDED = "ended", "Ended"


ANSWERED = {"act": State.ACTING, "not_now": State.NOT_NOW, "no": State.DECLINED}
"""State after an answer."""

TRANSITIONS: dict[State, dict[str, State]] = {
    State.WAITING: {"ask": State.WAITING, "end": State.ENDED} | ANSWERED,
    State.ACTING: {"ask": State.WAITING, "end": State.ENDED} | ANSWERED,
    State.NOT_NOW: {"ask": State.WAITING, "end": State.ENDED, "day comes": State.WAITING} | ANSWERED,
    State.DECLINED: {"ask": State.WAITING, "end": State.ENDED} | ANSWERED,
    State.ENDED: {"ask": State.WAITING},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""


def after(state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    refused = "This question is “{}” and cannot be answered any more."
    return moves.after(TRANSITIONS, State(state), event, refused=refused)
