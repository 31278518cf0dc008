"""Agencies, teams and people in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.platform.access.models import User
from onestory.platform.access.roles import role_words
from onestory.platform.agencies.models import Agency, Membership
from onestory.platform.agencies.sectors import sector_words
from onestory.platform.ui.wording import day_words, plural
from onestory.web.administration.queries import LeftBehind


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency in a list."""

    id: str
    name: str
    sector: str
    teams: str
    people: str


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody's post in words; ``open`` while it is held or will be."""

    id: str
    user: str
    name: str
    role: str
    team: str
    span: str
    open: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with how many work in it."""

    id: str
    name: str
    inbox: str
    answers: bool
    people: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """One agency."""

    id: str
    name: str
    about: str
    teams: tuple[TeamRow, ...]
    somebody_answers: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who works here or did."""

    id: str
    name: str
    username: str
    posts: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person with posts now and before."""

    id: str
    name: str
    username: str
    email: str
    now: tuple[Post, ...]
    before: tuple[Post, ...]
    active: bool


def agency_rows(agencies: Iterable[Agency]) -> list[AgencyRow]:
    """Agencies with their sizes, as agencies_with_sizes reads them."""
    return [
        AgencyRow(
            str(one.pk),
            named(one),
            sector_words(one.sector),
            plural(getattr(one, "team_count"), "team"),  # noqa: B009 - an annotation
            plural(getattr(one, "people_count"), "person", "people"),  # noqa: B009
        )
        for one in agencies
    ]


def named(agency: Agency) -> str:
    """An agency with its area, where it has one of its own."""
    return f"{agency.name}, {agency.area}" if agency.area else agency.name


def agency_page(agency: Agency, today: dt.date) -> AgencyPage:
    """One agency with its teams."""
    teams = tuple(
        TeamRow(
            str(team.pk),
            team.name,
            team.inbox_label or "Inbox not named",
            team.answers_for_agency,
            plural(len({post.user_id for post in team.memberships.all() if _held(post, today)}), "person", "people"),
        )
        for team in agency.teams.all()
    )
    return AgencyPage(
        str(agency.pk), named(agency), sector_words(agency.sector), teams, any(team.answers for team in teams)
    )


def post_rows(posts: Iterable[Membership]) -> list[Post]:
    """Posts of one team by name."""
    return [_post(one, team="") for one in posts]


def person_rows(people: Iterable[User], today: dt.date) -> list[PersonRow]:
    """People with what they do today."""
    return [
        PersonRow(str(one.pk), one.display_name, one.username, "; ".join(_posts_now(one, today)) or "No post now")
        for one in people
    ]


def person_page(user: User, today: dt.date) -> PersonPage:
    """One person, with posts now and before."""
    posts = list(user.memberships.all())
    now = tuple(_post(one, str(one.team)) for one in posts if _held(one, today))
    before = tuple(_post(one, str(one.team)) for one in posts if not _held(one, today))
    return PersonPage(str(user.pk), user.display_name, user.username, user.email, now, before, user.is_active)


def what_ending_does(post: Membership, rested: LeftBehind) -> tuple[str, ...]:
    """What happens when a post ends now, before it is done."""
    told = (
        f"They are named for {plural(rested.named_for, 'person', 'people')} and stand on"
        f" {plural(rested.lists, 'list')} of readers. That ends too, unless they have another post in the agency."
    )
    return (
        "Somebody who has left is out at once: whatever they have open ends with their next click.",
        told,
        f"What they owed stays with {post.team.name}, in its inbox, and is not lost.",
    )


def _posts_now(user: User, today: dt.date) -> list[str]:
    return [f"{role_words(one.role)}, {one.team}" for one in user.memberships.all() if _held(one, today)]


def _held(post: Membership, today: dt.date) -> bool:
    return post.until_on is None or post.until_on >= today


def _post(post: Membership, team: str) -> Post:
    begun = f"since {day_words(post.since_on)}"
    span = f"{begun}, last day {day_words(post.until_on)}" if post.until_on else begun
    return Post(
        str(post.pk),
        str(post.user_id),
        post.user.display_name,
        role_words(post.role),
        team,
        span,
        post.until_on is None,
    )
