"""States of an assessment and of a contribution to it, and how each moves between them."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class State(models.TextChoices):
    """Where an assessment stands. Being late is read from the day that is due, not kept."""

    OPEN = "open", "Being written"
    COMPLETED = "completed", "Waits for the manager"
    RETURNED = "returned", "Returned with reasons"
    SIGNED = "signed", "Signed"
    ENDED = "ended", "Ended without being completed"


TRANSITIONS: dict[State, dict[str, State]] = {
    State.OPEN: {"complete": State.COMPLETED, "end": State.ENDED},
    State.RETURNED: {"complete": State.COMPLETED, "end": State.ENDED},
    State.COMPLETED: {"sign": State.SIGNED, "return": State.RETURNED, "end": State.ENDED},
    State.SIGNED: {},
    State.ENDED: {},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

BEING_WRITTEN = (State.OPEN, State.RETURNED)


class Given(models.TextChoices):
    """Where a contribution stands."""

    ASKED = "asked", "Asked"
    GIVEN = "given", "Given"
    DECLINED = "declined", "Declined"


def after(state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    refused = "This cannot be done with an assessment that is “{}”."
    return moves.after(TRANSITIONS, State(state), event, refused=refused)


class Taken(models.TextChoices):
    """What an answer does with what was on record already."""

    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Corrected"


class Agrees(models.TextChoices):
    """What the family said when they were asked whether they agree to early help (T3.4)."""

    YES = "yes", "They agree"
    PART = "part", "They agree to a part of it"
    NO = "no", "They do not agree"
    WITHDRAWN = "withdrawn", "They take their agreement back"


RESTS_ON = (Agrees.YES, Agrees.PART)
"""Early help goes on where one of these was said last."""
