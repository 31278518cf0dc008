"""A small partnership for the tests of notices: teams, the people in them, a family."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.platform.access.models import User
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.people.models import AgencyRecord
from tests.integration.platform.history.families import family

# A Tuesday morning in winter: England's time is UTC.
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """Who works where, and the child whom it is about."""

    duty: Team
    school: Team
    health: Team
    office: Team
    child: AgencyRecord


def team(agency: str, sector: str, name: str, *, answers: bool = True) -> Team:
    held_by = ensure_agency(name=agency, sector=sector, area="Northport", by=None, at=AT)
    return ensure_team(agency=held_by, name=name, answers_for_agency=answers, by=None, at=AT)


def works(name: str, where: Team, role: str, *, email: bool = True, until_on: dt.date | None = None) -> Membership:
    """Somebody works in the team since a year ago."""
    user, _ = User.objects.get_or_create(
        username=name.lower().replace(" ", "."),
        defaults={"display_name": name, "email": f"{name.split()[0].lower()}@example.invalid" if email else ""},
    )
    since = AT.date() - dt.timedelta(days=365)
    return add_member(user=user, team=where, role=role, since_on=since, until_on=until_on, by=None, at=AT)


def place() -> Place:
    return Place(
        duty=team("Children's Social Care", "childrens_social_care", "Duty team"),
        school=team("Harbour School", "school", "Safeguarding"),
        health=team("Harbour Health", "health_visiting", "East"),
        office=team("Partnership", "partnership", "Office"),
        child=family().child,
    )


def reads(post: Membership, at: dt.datetime = AT) -> Sight:
    """From now on the transaction reads as this post."""
    return read_as(post, at=at)
