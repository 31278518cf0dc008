"""Reading agencies, teams and who works where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency, Change, Membership, Team


def posts_of(user: User, today: dt.date) -> QuerySet[Membership]:
    """Where the user works today, with team and agency; the longest-standing post first."""
    held = user.memberships.filter(since_on__lte=today).exclude(until_on__lt=today)
    return held.select_related("team__agency").order_by("since_on", "id")


def everybody_who_works_here(today: dt.date) -> QuerySet[Membership]:
    """Every post held today, agency by agency in the order in which they were written down."""
    held = Membership.objects.filter(since_on__lte=today, user__is_active=True).exclude(until_on__lt=today)
    return held.select_related("user", "team__agency").order_by("id")


def answering_team(agency: Agency) -> Team | None:
    """The team to which comes what is asked of the agency; None: nobody has been named."""
    return agency.teams.filter(answers_for_agency=True).first()


def phones_of(agency_ids: Collection[str]) -> dict[str, str]:
    """How to ring each of these agencies, by its id as text: the phone of the team that answers for it, or of another.

    An agency without a phone on record is not in it. One query.
    """
    teams = Team.objects.filter(agency__in=list(agency_ids)).exclude(phone="").order_by("answers_for_agency", "name")
    return {str(team.agency_id): team.phone for team in teams}


def agencies_with_sizes(today: dt.date) -> QuerySet[Agency]:
    """Every agency by name, with the number of its ``team_count`` and of the ``people_count`` who work there today."""
    held = Q(teams__memberships__since_on__lte=today, teams__memberships__user__is_active=True) & (
        Q(teams__memberships__until_on=None) | Q(teams__memberships__until_on__gte=today)
    )
    return Agency.objects.annotate(
        team_count=Count("teams", distinct=True),
        people_count=Count("teams__memberships__user", filter=held, distinct=True),
    ).order_by("name", "area")


def agency_numbered(agency_id: UUID) -> Agency | None:
    """The agency with its teams, each with the posts that are held or were."""
    posts = Membership.objects.select_related("user").order_by("user__display_name", "since_on")
    teams = Team.objects.prefetch_related(Prefetch("memberships", posts)).order_by("name")
    return Agency.objects.prefetch_related(Prefetch("teams", teams)).filter(pk=agency_id).first()


def team_numbered(team_id: UUID) -> Team | None:
    """The team with its agency."""
    return Team.objects.select_related("agency").filter(pk=team_id).first()


def posts_in(team: Team, today: dt.date) -> QuerySet[Membership]:
    """The posts that are held in the team today, by name."""
    held = team.memberships.filter(user__is_active=True).exclude(until_on__lt=today)
    return held.select_related("user").order_by("user__display_name", "since_on")


def post_numbered(post_id: UUID) -> Membership | None:
    """One post with who holds it and where."""
    return Membership.objects.select_related("user", "team__agency").filter(pk=post_id).first()


def everybody_named(name: str) -> QuerySet[User]:
    """Everybody who has or had a post, whose name holds these letters; by name."""
    known = User.objects.filter(memberships__isnull=False, display_name__icontains=name).distinct()
    posts = Membership.objects.select_related("team__agency").order_by("since_on", "id")
    return known.prefetch_related(Prefetch("memberships", posts)).order_by("display_name", "id")


def somebody_numbered(user_id: UUID) -> User | None:
    """Somebody who has or had a post, with all of their posts."""
    return everybody_named("").filter(pk=user_id).first()


def changes() -> QuerySet[Change]:
    """What administrators changed, the newest first."""
    return Change.objects.select_related("by", "about", "team", "agency").order_by("-at", "-id")
