"""A small invented office: agencies, teams, two administrators, a privacy officer, people who work with children."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Membership, Team

SINCE = dt.date(2026, 1, 5)
AT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
# What differs between two answers to the same request: the nonce, the token, the signed mark of who writes.
OF_THE_REQUEST = re.compile(rb'nonce="[^"]*"|value="[^"]*"')


@dataclass
class Office:
    """Who works there, by user name."""

    posts: dict[str, Membership]
    kept: dict[str, Client] = field(default_factory=dict)

    def team(self, username: str) -> Team:
        return self.posts[username].team

    def user(self, username: str) -> User:
        return self.posts[username].user

    def client(self, username: str) -> Client:
        client = Client()
        client.force_login(self.user(username))
        return client

    def client_kept(self, username: str) -> Client:
        """The same browser each time, with what its session remembers."""
        if username not in self.kept:
            self.kept[username] = self.client(username)
        return self.kept[username]


def open_office() -> Office:
    """Gwen and Hal administer, Oscar looks into accesses; Ben is a social worker, Ruth works in a school."""
    posts = {}
    for username, role, agency, sector, team in (
        ("gwen", "partnership_administrator", "Safeguarding Partnership", "safeguarding_partnership", "Office"),
        ("hal", "partnership_administrator", "Safeguarding Partnership", "safeguarding_partnership", "Office"),
        ("oscar", "privacy_officer", "Safeguarding Partnership", "safeguarding_partnership", "Information Governance"),
        ("ben", "social_worker", "Children's Social Care", "childrens_social_care", "Family Support"),
        ("helen", "social_work_manager", "Children's Social Care", "childrens_social_care", "Family Support"),
        ("amina", "duty_social_worker", "Children's Social Care", "childrens_social_care", "Front Door"),
        ("ruth", "safeguarding_lead", "Larkenby Primary School", "school", "Safeguarding"),
        ("priya", "police_out_of_hours", "Northport Police", "police", "Control Room"),
    ):
        posts[username] = _post(username, role, agency, sector, team)
    return Office(posts)


def everybody_by_role(office: Office) -> dict[str, str]:
    """For every role the user name of somebody who works in it; made where there is nobody."""
    known = {post.role: username for username, post in office.posts.items()}
    for code in ROLES:
        if code not in known:
            office.posts[code] = _post(code, code, f"Agency of {code}", "community_health", "Team")
            known[code] = code
    return known


def _post(username: str, role: str, agency: str, sector: str, team: str) -> Membership:
    found = ensure_agency(name=agency, sector=sector, area="", by=None, at=AT)
    made = ensure_team(agency=found, name=team, inbox_label=f"{team} inbox", by=None, at=AT)
    user = User.objects.create(username=username, display_name=username.title(), email=f"{username}@example.org")
    return add_member(user=user, team=made, role=role, since_on=SINCE, by=None, at=AT)


def same_bytes(one: Any, other: Any) -> bool:
    """Whether two answers are the same but for nonce, token and mark."""
    return bool(one.status_code == other.status_code and _told(one) == _told(other))


def _told(response: Any) -> bytes:
    return OF_THE_REQUEST.sub(b"", response.content)
