"""Whether a change of agencies, teams and posts may happen now. Each refusal names the field it stands at."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.agencies.queries import posts_of

APART = "no_case_content"
"""The group of roles that keep order or look into accesses and see nothing of any record."""


class CannotChange(ValueError):
    """It may not be changed so; the message is a sentence for whoever tried, ``field`` where it stands."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def check_new_agency(*, name: str, sector: str, area: str) -> None:
    """An agency is known once by name, sector and area together."""
    if Agency.objects.filter(name=name, sector=sector, area=area).exists():
        raise CannotChange("name", "There is an agency of this name, sector and area already")


def check_team_name(agency: Agency, name: str, *, besides: Team | None = None) -> None:
    """A team's name counts once within its agency."""
    if agency.teams.filter(name=name).exclude(pk__in=_ids(besides)).exists():
        raise CannotChange("name", f"{agency.name} has a team of this name already")


def check_somebody_answers(team: Team, *, answers: bool) -> None:
    """What is asked of an agency always has an inbox: another team takes over, or this one keeps answering (F5.36)."""
    if team.answers_for_agency and not answers:
        raise CannotChange(
            "answers", "Choose the team that answers instead, on that team’s page. What is asked must reach somebody"
        )


def check_post(user: User, *, role: str, by: User | None, today: dt.date, instead_of: Membership | None = None) -> None:
    """Nobody gives themselves a post; whoever keeps order or looks into accesses has none with children's records.

    ``instead_of`` is the post that ends with it.
    """
    if role not in ROLES:
        raise CannotChange("role", "Select a role")
    check_not_oneself(user, by=by)
    apart = APART in ROLES[role].groups
    others = posts_of(user, today).exclude(pk__in=_ids(instead_of))
    for other in others:
        if (APART in _groups(other.role)) is not apart:
            raise CannotChange(
                "role",
                f"{user.display_name} is {_name(other.role)} in {other.team}. Nobody who keeps the partnership in order"
                " or looks into accesses works with children’s records as well. End the other post first",
            )


def check_not_oneself(user: User, *, by: User | None) -> None:
    """Nobody changes what they themselves may do."""
    if by is not None and by.pk == user.pk:
        raise CannotChange("role", "Another administrator has to change your own posts")


def check_may_end(post: Membership, *, by: User | None, today: dt.date) -> None:
    """A post ends once, and by somebody else's hand."""
    check_not_oneself(post.user, by=by)
    if post.until_on is not None and post.until_on < today:
        raise CannotChange("last", "This post has ended already")


def check_last_day(post: Membership, *, last_on: dt.date, today: dt.date) -> None:
    """A last day lies ahead; whoever has left already is out at once."""
    if last_on < max(today, post.since_on):
        raise CannotChange("last_on", "The last day must be today or later. Leave it empty for somebody who has left")


def _groups(role: str) -> frozenset[str]:
    return ROLES[role].groups if role in ROLES else frozenset()


def _name(role: str) -> str:
    return ROLES[role].name if role in ROLES else role


def _ids(row: Team | Membership | None) -> list[UUID]:
    return [row.pk] if row else []
