"""Who has to know that a child came to urgent care: the teams, and in each whom it concerns first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onestory.platform.access.models import User
from onestory.platform.access.ties import Kind, Tie
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.deadlines import clock
from onestory.platform.deadlines.clocks import after_months
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord

UNDER_FIVE, OLDER = "health_visiting", "school_nursing"
SOCIAL_CARE = "childrens_social_care"
AFTER_CLOSURE = "urgent_care_after_closure"


@dataclass(frozen=True, slots=True)
class Receiver:
    """A team, and whom in it the message concerns first."""

    team: Team
    user: User | None = None


def receivers_of(entry: Entry, child: AgencyRecord, today: dt.date) -> list[Receiver]:
    """Whom to tell, each team once; never the agency that recorded it. Social care where there is nobody else."""
    found = [*health_of(entry, child, today), *_leads(child, today)]
    chosen = {one.team.id: one for one in found if one.team.agency_id != entry.agency_id}
    if not chosen and (team := _answering(SOCIAL_CARE, entry.agency.area)):
        return [Receiver(team)]
    return list(chosen.values())


def sectors_for(child: AgencyRecord, today: dt.date) -> tuple[str, ...]:
    """Health visiting under five, school nursing from then on; both where the birth date is not known."""
    if child.born is None:
        return (UNDER_FIVE, OLDER)
    return (UNDER_FIVE,) if after_months(child.born.last, 60) > today else (OLDER,)


def health_of(entry: Entry, child: AgencyRecord, today: dt.date) -> Iterator[Receiver]:
    """The health visiting or school nursing team of the child: on duty, or holding a record, or of the area."""
    for sector in sectors_for(child, today):
        team = _on_duty(child, sector) or _holding(child, sector) or _answering(sector, entry.agency.area)
        if team:
            yield Receiver(team)


def _on_duty(child: AgencyRecord, sector: str) -> Team | None:
    ties = Tie.objects.filter(person=child.person_id, kind=Kind.TEAM, until_at=None, team__agency__sector=sector)
    tie = ties.select_related("team__agency").order_by("-since_at").first()
    return tie.team if tie else None


def _holding(child: AgencyRecord, sector: str) -> Team | None:
    held = AgencyRecord.objects.filter(person=child.person_id, agency__sector=sector).values("agency")
    return _teams().filter(agency__in=held).first()


def _answering(sector: str, area: str) -> Team | None:
    teams = _teams().filter(agency__sector=sector)
    return teams.filter(agency__area=area).first() or teams.first()


def _teams() -> QuerySet[Team]:
    return Team.objects.filter(answers_for_agency=True).select_related("agency").order_by("agency__name", "name")


def _leads(child: AgencyRecord, today: dt.date) -> Iterator[Receiver]:
    """Whoever leads for the child, or led until a while ago; else who answers for the agency of the last plan."""
    since = _earliest(today)
    ties = Tie.objects.filter(Q(until_at=None) | Q(until_at__date__gte=since), person=child.person_id, kind=Kind.LEAD)
    led = [_team_of(tie.user, today) for tie in ties.filter(user__isnull=False).select_related("user")]
    yield from (one for one in led if one)
    if not any(led) and (plan := _last_plan(child, since)) and (team := _teams().filter(agency=plan.agency_id).first()):
        yield Receiver(team)


def _team_of(user: User | None, today: dt.date) -> Receiver | None:
    """The team of whoever leads; who has left hides nothing: their last team has it."""
    if user is None:
        return None
    posts = Membership.objects.filter(user=user, since_on__lte=today).select_related("team__agency")
    post = posts.exclude(until_on__lt=today).first() or posts.order_by("-until_on").first()
    return Receiver(post.team, user) if post else None


def _last_plan(child: AgencyRecord, since: dt.date) -> Entry | None:
    """The last plan about the child, unless it was closed before ``since``."""
    plans = Entry.objects.filter(
        kind="plan", people__record__person=child.person_id, withdrawn=False, superseded_by__isnull=True
    )
    last = plans.filter(known_on__isnull=False).order_by("-known_on", "-position").first()
    if last is None or (last.own.get("stage") == "closed" and last.happened_last < since):
        return None
    return last


def _earliest(today: dt.date) -> dt.date:
    """Plans that ended before this day no longer count."""
    return after_months(today, -clock(AFTER_CLOSURE, on=today).amount)
