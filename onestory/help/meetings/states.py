"""Sorts and states of a meeting, whether somebody came, and how a meeting moves between its states."""

from __future__ import annotations

from django.db import models

from onestory.platform.moves import CannotHappen as CannotHappen
from onestory.platform.moves import after


class Kind(models.TextChoices):
    """What sort of meeting it is: codes of a meeting's entry."""

    CIN_REVIEW = "cin_review", "Child in need review"
    CONFERENCE = "conference", "Child protection conference"
    CORE_GROUP = "core_group", "Core group"
    TAF = "taf", "Team around the family"
    MAPPING = "mapping", "Mapping with the family"


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "Called"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Came(models.TextChoices):
    """Whether somebody who was invited came."""

    INVITED = "invited", "Not answered yet"
    PRESENT = "present", "Came"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Did not come"


TRANSITIONS: dict[MeetingState, dict[str, MeetingState]] = {
    MeetingState.PLANNED: {"hold": MeetingState.HELD, "cancel": MeetingState.CANCELLED},
    MeetingState.HELD: {},
    MeetingState.CANCELLED: {},
}
"""From a state, by what happens, to a state. What is not here cannot happen."""

REVIEWS = {"early_help": Kind.TAF, "child_in_need": Kind.CIN_REVIEW, "child_protection": Kind.CONFERENCE}
"""By which sort of meeting a plan of a kind is reviewed."""


def meeting_after(state: str, event: str) -> MeetingState:
    """The state of a meeting that follows; raises CannotHappen with a sentence for the user."""
    return after(TRANSITIONS, MeetingState(state), event, refused="This meeting was {} already.")
