"""Reading who can be chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.queries import everybody_who_works_here
from onestory.platform.ui.wording import sentence


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be chosen."""

    username: str
    name: str
    post: str


def people_to_choose_from(today: dt.date) -> list[Person]:
    """Everybody who works here today, once, with their first post."""
    found: dict[str, Person] = {}
    for post in everybody_who_works_here(today):
        role = ROLES[post.role].name if post.role in ROLES else post.role
        words = sentence(f"{role}, {post.team.name}, {post.team.agency.name}")
        found.setdefault(post.user.username, Person(post.user.username, post.user.display_name, words))
    return list(found.values())


def user_called(username: str) -> User | None:
    """The account of this name, where it is in use."""
    return User.objects.filter(username=username, is_active=True).first()
