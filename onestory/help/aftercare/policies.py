"""May it be answered so? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt

from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment, Sort

NOT_SEEN = {
    "not_brought": "Was not brought",
    "cancelled": "Cancelled or put off",
    "declined": "The family declined",
    "not_arranged": "Could not be arranged",
    "no_access": "Nobody let us in",
}
"""How it came that the child was not seen; cancelling again and again counts like not being brought."""
ON_A_VISIT = frozenset({"no_access"})


class CannotAnswer(NotNow):
    """The answer cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_seen(*, on: dt.date | None, words: str, today: dt.date) -> dt.date:
    """Being seen has a day, and says how the child was. Returns the day."""
    if on is None:
        raise CannotAnswer("on", "Enter the day on which the child was seen")
    if on > today:
        raise CannotAnswer("on", "The day must not be after today")
    if not words.strip():
        raise CannotAnswer("words", "Enter how the child was")
    return on


def check_not_seen(*, outcome: str, words: str) -> str:
    """Not being seen says how it came, and what is done about it. Returns the kind of entry."""
    if outcome not in NOT_SEEN:
        raise CannotAnswer("outcome", "Select how it came that the child was not seen")
    if not words.strip():
        raise CannotAnswer("not_seen_words", "Enter what you do about it")
    return "visit" if outcome in ON_A_VISIT else "appointment"


def check_owner(promise: Commitment, team: Team) -> None:
    """Only the team that goes on answers: the one named, else the one that answers for the agency."""
    if promise.sort != Sort.AFTERCARE:
        raise NotNow("This is no after-care.")
    if promise.owner_team_id == team.id:
        return
    if promise.owner_team_id is None and promise.owner_agency_id == team.agency_id and team.answers_for_agency:
        return
    raise NotNow("Another team goes on with this.")
