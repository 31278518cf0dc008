"""Writing agencies, teams and who works in them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency, Membership, Team


def ensure_agency(*, name: str, sector: str, area: str, by: User | None, at: dt.datetime) -> Agency:
    """The agency of this name, sector and area; made where it is not known. Two writers at once get the same one."""
    return Agency.objects.get_or_create(name=name, sector=sector, area=area)[0]


@transaction.atomic
def ensure_team(
    *,
    agency: Agency,
    name: str,
    by: User | None,
    at: dt.datetime,
    inbox_label: str = "",
    answers_for_agency: bool = False,
) -> Team:
    """The agency's team of this name; made where there is none.

    With ``answers_for_agency`` what is asked of the agency comes to this team from now on, and to no other.
    """
    team, _ = Team.objects.get_or_create(agency=agency, name=name, defaults={"inbox_label": inbox_label})
    if answers_for_agency and not team.answers_for_agency:
        Team.objects.filter(agency=agency, answers_for_agency=True).update(answers_for_agency=False)
        team.answers_for_agency = True
        team.save(update_fields=["answers_for_agency"])
    return team


def add_member(
    *,
    user: User,
    team: Team,
    role: str,
    since_on: dt.date,
    by: User | None,
    at: dt.datetime,
    until_on: dt.date | None = None,
) -> Membership:
    """Say that somebody works in the team in this role from a day on. Saying so again changes nothing."""
    member, _ = Membership.objects.get_or_create(
        user=user, team=team, role=role, since_on=since_on, defaults={"until_on": until_on}
    )
    return member
