"""What the frame of every page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onestory.arrive.concerns.states import FRONT_DOOR
from onestory.arrive.matching.policies import is_reviewer
from onestory.help.housing.policies import sees_housing
from onestory.oversee.supervision.policies import manages
from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.models import Membership
from onestory.platform.ui.typed_text import writer_mark
from onestory.web.asking.doors import ADMINISTRATOR, PRIVACY_OFFICER

MY_WORK = ("my_work", "My work", "my work")
RULES = ("rules", "What is looked for", "rules")
SERVICES = ("services:services", "Services", "services")
HOUSING = ("housing:housing", "Housing", "housing")
MY_TEAM = ("supervision:my_team", "My team", "team")
TELL = ("concerns:start", "Tell of a concern", "concerns")
OFFICE = {
    ADMINISTRATOR: (
        ("administration:agencies", "Administration", "administration"),
        ("feeds:feeds", "Extracts", "feeds"),
        SERVICES,
    ),
    PRIVACY_OFFICER: (
        ("privacy:accesses", "Who looked", "privacy"),
        ("sharing:protocols", "Administration", "administration"),
    ),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in: name, the post in which they work now, their other posts by id, and after how many seconds
    without a request they are signed out. ``ways`` are the parts of the program for the post: page, words, section."""

    name: str
    post: str
    other_posts: tuple[tuple[str, str], ...]
    idle_seconds: int
    ways: tuple[tuple[str, str, str], ...] = ()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, whether this is a demonstration, and whose text a form holds."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"who": None, "demonstration": settings.DEMO, "written_by": ""}
    post, posts = getattr(request, "membership", None), getattr(request, "posts", ())
    others = tuple((str(one.id), post_words(one)) for one in posts if one != post)
    idle_seconds = int(settings.SESSION_IDLE_LIMIT.total_seconds())
    who = Who(user.display_name, post_words(post) if post else "", others, idle_seconds, ways_of(post))
    return {"who": who, "demonstration": settings.DEMO, "written_by": writer_mark(user.pk)}


def ways_of(post: Membership | None) -> tuple[tuple[str, str, str], ...]:
    """The parts of the program that a post leads to. The office's posts lead to no family."""
    role = post.role if post else ""
    if role in OFFICE:
        return (MY_WORK, *OFFICE[role])
    families = ("families", "Families", "families")
    queue = (("duty_queue", "Duty queue", "duty"),) if role in FRONT_DOOR else ()
    reviews = (("people:records", "Records to compare", "records"),) if is_reviewer(role) else ()
    return (
        MY_WORK,
        *queue,
        TELL,
        ("people:find", "Find a person", "find"),
        families,
        *reviews,
        *_of_the_post(post),
        SERVICES,
        RULES,
    )


def _of_the_post(post: Membership | None) -> tuple[tuple[str, str, str], ...]:
    """What only some posts need: housing, and the families of whoever manages."""
    if post is None:
        return ()
    housing = (HOUSING,) if sees_housing(post.role) else ()
    return (*housing, *((MY_TEAM,) if manages(post) else ()))


def post_words(post: Membership) -> str:
    """A post in words: role, team, agency."""
    role = ROLES.get(post.role)
    return f"{role.name if role else post.role}, {post.team.name}, {post.team.agency.name}"
