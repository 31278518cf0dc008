"""Writing agencies, teams and who works in them.

What an administrator changes stands in the audit and, in a sentence, in the history of changes. What an import or the
demonstration makes sure of (``ensure_…``, ``add_member``) has nobody behind it and leaves no such row.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES, role_words
from onestory.platform.agencies import policies
from onestory.platform.agencies.models import A_DAY, Agency, Change, Membership, Team
from onestory.platform.agencies.queries import answering_team


def ensure_agency(*, name: str, sector: str, area: str, by: User | None, at: dt.datetime) -> Agency:
    """The agency of this name, sector and area; made where it is not known. Two writers at once get the same one."""
    return Agency.objects.get_or_create(name=name, sector=sector, area=area)[0]


@transaction.atomic
def add_agency(*, name: str, sector: str, area: str, by: User, at: dt.datetime) -> Agency:
    """A new agency of the partnership. Raises CannotChange where it is known already."""
    policies.check_new_agency(name=name, sector=sector, area=area)
    agency = ensure_agency(name=name, sector=sector, area=area, by=by, at=at)
    note_change(f"Added the agency {agency.name}.", agency=agency, by=by, at=at)
    return agency


@transaction.atomic
def ensure_team(
    *,
    agency: Agency,
    name: str,
    by: User | None,
    at: dt.datetime,
    inbox_label: str = "",
    phone: str = "",
    answers_for_agency: bool = False,
) -> Team:
    """The agency's team of this name; made where there is none.

    With ``answers_for_agency`` what is asked of the agency comes to this team from now on, and to no other.
    """
    known = {"inbox_label": inbox_label, "phone": phone}
    team, _ = Team.objects.get_or_create(agency=agency, name=name, defaults=known)
    if answers_for_agency:
        _let_answer(team)
    return team


@transaction.atomic
def add_team(
    *, agency: Agency, name: str, inbox_label: str, phone: str, answers: bool, by: User, at: dt.datetime
) -> Team:
    """A new team with its shared inbox and phone. The first of an agency answers for it. Raises CannotChange."""
    policies.check_team_name(agency, name)
    first = answering_team(agency) is None
    team = Team.objects.create(agency=agency, name=name, inbox_label=inbox_label, phone=phone)
    note_change(f"Added the team {team}.", team=team, by=by, at=at)
    if answers or first:
        _now_answers(team, by=by, at=at)
    return team


@transaction.atomic
def change_team(
    team: Team, *, name: str, inbox_label: str, phone: str, answers: bool, by: User, at: dt.datetime
) -> None:
    """Another name, inbox or phone for a team, or that it answers for its agency from now on. Raises CannotChange."""
    policies.check_team_name(team.agency, name, besides=team)
    policies.check_somebody_answers(team, answers=answers)
    if (team.name, team.inbox_label, team.phone) != (name, inbox_label, phone):
        before = str(team)
        team.name, team.inbox_label, team.phone = name, inbox_label, phone
        team.save(update_fields=["name", "inbox_label", "phone"])
        now = f"{team}, inbox {inbox_label or 'not named'}, phone {phone or 'not named'}"
        note_change(f"Changed the team {before}: now {now}.", team=team, by=by, at=at)
    if answers and not team.answers_for_agency:
        _now_answers(team, by=by, at=at)


def _now_answers(team: Team, *, by: User, at: dt.datetime) -> None:
    _let_answer(team)
    note_change(f"{team.name} now answers for {team.agency.name}.", team=team, by=by, at=at)


def _let_answer(team: Team) -> None:
    if not team.answers_for_agency:
        Team.objects.filter(agency=team.agency, answers_for_agency=True).update(answers_for_agency=False)
        team.answers_for_agency = True
        team.save(update_fields=["answers_for_agency"])


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


@transaction.atomic
def begin_post(*, user: User, team: Team, role: str, by: User, at: dt.datetime) -> Membership:
    """Let somebody work in a team in a role from today on. Raises CannotChange."""
    policies.check_post(user, role=role, by=by, today=timezone.localdate(at))
    post = _begin(user, team, role, at)
    note_change(f"{user.display_name} began as {ROLES[role].name} in {team}.", about=user, team=team, by=by, at=at)
    return post


@transaction.atomic
def change_role(post: Membership, *, role: str, by: User, at: dt.datetime) -> Membership:
    """Another role in the same team from this moment on; the post until now stays on record. Raises CannotChange."""
    today = timezone.localdate(at)
    policies.check_may_end(post, by=by, today=today)
    policies.check_post(post.user, role=role, by=by, today=today, instead_of=post)
    if role == post.role:
        return post
    _end(post, today - A_DAY)
    begun = _begin(post.user, post.team, role, at)
    words = f"{post.user.display_name} is {ROLES[role].name} in {post.team} now, before {role_words(post.role)}."
    note_change(words, about=post.user, team=post.team, by=by, at=at)
    return begun


@transaction.atomic
def end_post(post: Membership, *, by: User, at: dt.datetime, last_on: dt.date | None = None) -> None:
    """End a post now, or after a last day that lies ahead. Raises CannotChange.

    Now means now: the last day is then the one before, so that the next request already finds no post.
    """
    today = timezone.localdate(at)
    policies.check_may_end(post, by=by, today=today)
    if last_on is not None:
        policies.check_last_day(post, last_on=last_on, today=today)
    _end(post, last_on or today - A_DAY)
    when = f"ends after {last_on.day} {last_on:%B %Y}" if last_on else "ended"
    words = f"The post of {post.user.display_name} as {role_words(post.role)} in {post.team} {when}."
    note_change(words, about=post.user, team=post.team, by=by, at=at)


def note_change(words: str, *, by: User, at: dt.datetime, **of: Any) -> None:
    """Add a sentence to the history of changes, and a row to the audit; ``of`` as Change has it."""
    team = of.get("team")
    Change.objects.create(words=words, by=by, at=at, **({"agency": team.agency} if team else {}), **of)
    record_access(act=Act.WRITE, what="administration", by=by, at=at)


def ensure_command_line(*, by: None, at: dt.datetime) -> User:
    """Who stands in the history of changes for what is brought in at the command line, where nobody is signed in.

    It has no post and cannot sign in; its user name is one that nobody else can be given.
    """
    account, made = User.objects.get_or_create(
        username="(command line)", defaults={"display_name": "The command line", "is_active": False}
    )
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def _begin(user: User, team: Team, role: str, at: dt.datetime) -> Membership:
    since_on = timezone.localdate(at)
    post, _ = Membership.objects.update_or_create(
        user=user, team=team, role=role, since_on=since_on, defaults={"until_on": None}
    )
    return post


def _end(post: Membership, until_on: dt.date) -> None:
    post.until_on = max(until_on, post.since_on - A_DAY)
    post.save(update_fields=["until_on"])
