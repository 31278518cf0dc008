"""States of a check and of a welfare check, and how each moves between them."""

from __future__ import annotations

from django.db import models

from onestory.platform import moves


class Sort(models.TextChoices):
    """What is asked."""

    CHECK = "check", "Check with an agency"
    WELFARE = "welfare", "Police welfare check"


class State(models.TextChoices):
    """Where it stands. Being late is read from the instant at which it is due, not kept."""

    ASKED = "asked", "Waiting for an answer"
    NOTHING_HELD = "nothing_held", "Searched, nothing held"
    HELD = "held", "Something is held"
    CALL_ME = "call_me", "Asks to be rung"
    ACCEPTED = "accepted", "Accepted, under way"
    DECLINED = "declined", "Declined"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "No longer needed"


TRANSITIONS: dict[Sort, dict[State, dict[str, State]]] = {
    Sort.CHECK: {
        State.ASKED: {
            "nothing held": State.NOTHING_HELD,
            "held": State.HELD,
            "call me": State.CALL_ME,
            "withdraw": State.WITHDRAWN,
        },
        State.CALL_ME: {"nothing held": State.NOTHING_HELD, "held": State.HELD, "withdraw": State.WITHDRAWN},
    },
    Sort.WELFARE: {
        State.ASKED: {"accept": State.ACCEPTED, "decline": State.DECLINED, "withdraw": State.WITHDRAWN},
        State.ACCEPTED: {"report": State.DONE, "decline": State.DECLINED},
    },
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

OPEN = (State.ASKED, State.CALL_ME, State.ACCEPTED)
ANSWERED = (State.NOTHING_HELD, State.HELD, State.CALL_ME, State.DECLINED, State.DONE)


def after(sort: str, state: str, event: str) -> State:
    """The state that follows; raises CannotHappen with a sentence for the user."""
    return moves.after(TRANSITIONS[Sort(sort)], State(state), event, refused="This question is answered already: {}.")
