"""In which state a candidate is, and what a decision makes of it."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Waiting for a person, or decided."""

    WAITING = "waiting", "Waiting for a decision"
    UNSURE = "unsure", "Nobody is sure yet"
    CONFIRMED = "confirmed", "One person"
    REJECTED = "rejected", "Two people"
    GONE = "gone", "Nothing to decide any more"


class Decision(models.TextChoices):
    """What a reviewer can decide."""

    CONFIRM = "confirm", "They are one person"
    REJECT = "reject", "They are two people"
    UNSURE = "unsure", "I cannot tell"


AFTER = {Decision.CONFIRM: State.CONFIRMED, Decision.REJECT: State.REJECTED, Decision.UNSURE: State.UNSURE}
OPEN = (State.WAITING, State.UNSURE)
"""States in which somebody may still decide."""
