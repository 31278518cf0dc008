"""Somebody begins, and somebody leaves: their ties end with the post, and what they owed stays with the team."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.actions import end_protection, end_tie
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.ties import Kind
from onestory.platform.accounts.office.actions import close_account, open_account, reopen_account
from onestory.platform.agencies.actions import begin_post, end_post, note_change
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.agencies.queries import posts_of
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.web.administration.queries import left_behind, lists_naming, ties_of


@transaction.atomic
def let_in(*, team: Team, display_name: str, username: str, email: str, role: str, by: User, at: dt.datetime) -> User:
    """Let somebody work in the team: a new account, or another post for whoever has one. Raises CannotChange.

    The name must then be the one of the account, so that a mistyped user name lets no stranger in.
    """
    known = User.objects.filter(username__iexact=username).first()
    if known is None:
        known = open_account(username=username, display_name=display_name, email=email, by=by, at=at)
    elif known.display_name.casefold() != display_name.casefold():
        raise CannotChange("username", "Somebody of another name has this user name")
    reopen_account(known, by=by, at=at)
    begin_post(user=known, team=team, role=role, by=by, at=at)
    return known


@transaction.atomic
def let_go(post: Membership, *, last_on: dt.date | None, by: User, at: dt.datetime) -> None:
    """End the post. Without a last day everything ends at once, and the account with it where no other post is left.

    Ties and places on lists end where the person has no other post in the same agency. Raises CannotChange.
    """
    end_post(post, last_on=last_on, by=by, at=at)
    if last_on is not None:
        return
    others = list(posts_of(post.user, timezone.localdate(at)))
    if not any(other.team.agency_id == post.team.agency_id for other in others):
        _end_what_was_theirs(post, by=by, at=at)
    if not others:
        close_account(post.user, by=by, at=at)


def _hand_over(post: Membership, *, by: User, at: dt.datetime) -> None:
    """Each person for whom they were named comes to the team's inbox, to be acknowledged by whoever takes over."""
    people = set(ties_of(post.user, at).filter(kind__in=(Kind.WORKER, Kind.LEAD)).values_list("person", flat=True))
    with keeping():
        records = AgencyRecord.objects.filter(person__in=people).order_by("agency", "recorded_at")
        for record in {one.person_id: one for one in records}.values():
            send_notice(
                to_team=post.team,
                from_team=post.team,
                about=[record],
                kind="hand_over",
                words=f"{post.user.display_name} has left and was named here. Say who is named from now on.",
                address=f"/children/{record.person_id}",
                by=by,
                at=at,
            )


def _end_what_was_theirs(post: Membership, *, by: User, at: dt.datetime) -> None:
    rested = left_behind(post.user, at=at)
    _hand_over(post, by=by, at=at)
    for tie in list(ties_of(post.user, at)):
        end_tie(tie, by=by, at=at)
    for rows in lists_naming(post.user):
        for listed in rows:
            end_protection(listed, by=by, at=at)
    note_change(f"{post.user.display_name}: {rested.words()}", about=post.user, team=post.team, by=by, at=at)
