"""A small invented partnership for tests of access."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.people.models import Person

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)  # a Monday


@dataclass
class Place:
    """Makes people, agencies and users as a test needs them, each name once."""

    users: dict[str, User] = field(default_factory=dict)

    def user(self, name: str) -> User:
        if name not in self.users:
            self.users[name] = User.objects.create(username=name, display_name=name.title())
        return self.users[name]

    def person(self, *, child: bool = True) -> Person:
        return Person.objects.create(is_child=child, since_at=NOW)

    def team(self, agency: str, name: str = "Team") -> Team:
        found, _ = Agency.objects.get_or_create(name=agency, sector="health", area="Example")
        return Team.objects.get_or_create(agency=found, name=name)[0]

    def member(self, name: str, role: str, agency: str) -> Membership:
        return Membership.objects.create(
            user=self.user(name), team=self.team(agency), role=role, since_on=NOW.date() - dt.timedelta(days=30)
        )
