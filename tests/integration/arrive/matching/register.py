"""A few agencies with people in them, and somebody who looks for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from onestory.arrive.matching.finding import Found, find_people
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Tie, User
from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.access.ties import Because, Kind
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord, Person

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)  # a Monday
PURPOSE = "Deciding a new concern"


def user(name: str) -> User:
    """Somebody who works with the program."""
    return User.objects.get_or_create(username=name, defaults={"display_name": name.title()})[0]


def agency(name: str) -> Agency:
    """An agency with a team that answers for it."""
    found, _ = Agency.objects.get_or_create(name=name, sector="health", area="Example")
    Team.objects.get_or_create(agency=found, name=f"{name} duty team", defaults={"answers_for_agency": True})
    return found


def post(name: str, role: str, at_agency: str) -> Membership:
    """Somebody's post."""
    team = agency(at_agency).teams.get()
    since_on = NOW.date() - dt.timedelta(days=30)
    found, _ = Membership.objects.get_or_create(user=user(name), team=team, role=role, since_on=since_on)
    return found


def sight_of(membership: Membership, purpose: str = "", at: dt.datetime = NOW) -> Sight:
    """Read from now on as this post."""
    return read_as(membership, at=at, purpose=purpose)


def front_door(name: str = "amina", at: dt.datetime = NOW) -> Sight:
    """Read as somebody at the front door who has said why."""
    return sight_of(post(name, "duty_social_worker", "Social care"), PURPOSE, at)


def record(
    name: str, born: str = "", *, held_by: str = "School", person: Person | None = None, child: bool = True, **more: Any
) -> AgencyRecord:
    """What an agency holds of somebody; the agency's tie to them goes with it."""
    given, _, family = name.rpartition(" ")
    if not given:
        given, family = family, ""
    with keeping():
        somebody = person or add_person(is_child=child, by=None, at=NOW)
        holder = agency(held_by)
        tie = {"person": somebody, "agency": holder, "kind": Kind.AGENCY, "because": Because.KNOWN, "until_at": None}
        Tie.objects.get_or_create(**tie, defaults={"since_at": NOW - dt.timedelta(days=1)})
        details = {"label": name, "given_name": given, "family_name": family, "born": born, **more}
        at = details.pop("at", NOW)
        return add_agency_record(person_id=somebody.id, agency_id=holder.id, by=None, at=at, **details)


def found(sight: Sight, question: str) -> list[Found]:
    """Who is found."""
    return find_people(sight, question)


def names(sight: Sight, question: str) -> list[str]:
    """Under which names people are found, the likeliest first."""
    return [one.name for one in found(sight, question)]
