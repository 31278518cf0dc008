"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt

from onestory.platform.access.models import User
from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.agencies.queries import posts_in
from onestory.platform.notices.kinds import manager_roles


class CannotKeep(NotNow):
    """It cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def manages(post: Membership) -> bool:
    """Whether this post manages others in its agency's sector."""
    return post.role in manager_roles().get(post.team.agency.sector, frozenset())


def check_may_allocate(*, team: Team, worker: User, today: dt.date) -> None:
    """A child is given to somebody who works in the team today."""
    if not posts_in(team, today).filter(user=worker).exists():
        raise CannotKeep("worker", f"Select somebody who works in {team.name}")


def check_not_to_oneself(*, worker: User, by: User, is_open: bool) -> None:
    """Nobody opens a record to themselves by taking the child: a colleague's eyes, or break-glass with its reason."""
    if worker == by and not is_open:
        raise CannotKeep(
            "worker",
            "You cannot take a child whose record is not open to you. Select somebody else in the team, or ask another "
            "manager to give you the child",
        )


def check_supervision(*, reflection: str, decision: str, held_on: dt.date, today: dt.date) -> None:
    """Supervision holds what was thought and what was decided, on a day that has come (LP8)."""
    if held_on > today:
        raise CannotKeep("held_on", "Enter a day that is not still to come")
    if not reflection.strip():
        raise CannotKeep("reflection", "Enter what you thought about together")
    if not decision.strip():
        raise CannotKeep("decision", "Enter what was decided")
