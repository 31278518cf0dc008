"""Who must be there: agencies that were relied on before, or that have a live tie to the child (L2, F5.33, F5.37).

Read by actions, as the keeper: nobody is left out because whoever draws up the plan does not know of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from onestory.help.plans.models import Plan, PlanAgency
from onestory.platform.access.ties import Because, Kind, Tie
from onestory.platform.agencies.models import Agency, Membership, Team
from onestory.platform.history.models import Entry, EntryPerson, Part

LIVE = (Kind.TEAM, Kind.WORKER, Kind.LEAD)
TIES = {
    Kind.TEAM.value: "Works with the child now",
    Kind.WORKER.value: "A named worker of theirs is with the child now",
    Kind.LEAD.value: "Leads for the child now",
}


@dataclass(frozen=True, slots=True)
class Relied:
    """An agency, and its team where one is known, that must be there; ``because`` in a sentence."""

    agency_id: UUID
    team_id: UUID | None
    because: str


def relied_on(people: Collection[UUID], *, at: dt.datetime, besides: UUID | None = None) -> list[Relied]:
    """Who must be there for these children, each agency's team once. ``besides``: the plan that is being drawn up.

    A fixed number of queries. An agency without a team of its own in the records comes by the team that answers for it.
    """
    found = [*_tied(people, at), *_in_plans(people, besides), *_in_entries(people)]
    answering = dict(
        Team.objects.filter(agency__in={one.agency_id for one in found}, answers_for_agency=True).values_list(
            "agency_id", "id"
        )
    )
    with_team = {one.agency_id for one in found if one.team_id}
    kept: dict[tuple[UUID, UUID | None], Relied] = {}
    for one in found:
        if one.team_id is None and one.agency_id in with_team:
            continue
        team = one.team_id or answering.get(one.agency_id)
        kept.setdefault((one.agency_id, team), Relied(one.agency_id, team, one.because))
    return list(kept.values())


def _tied(people: Collection[UUID], at: dt.datetime) -> Iterator[Relied]:
    live = Tie.objects.filter(Q(until_at=None) | Q(until_at__gt=at), person__in=people, kind__in=LIVE, since_at__lte=at)
    ties = list(live.exclude(because=Because.MANAGES).select_related("team").order_by("since_at", "id"))
    posts = _posts({tie.user_id for tie in ties if tie.user_id}, timezone.localdate(at))
    for tie in ties:
        because = TIES[tie.kind]
        if tie.team:
            yield Relied(tie.team.agency_id, tie.team_id, because)
        elif tie.user_id in posts:
            yield Relied(*posts[tie.user_id], because)
        elif tie.agency_id:
            yield Relied(tie.agency_id, None, because)


def _posts(users: Collection[UUID], today: dt.date) -> dict[UUID, tuple[UUID, UUID]]:
    """Of each user the agency and team in which they work longest today."""
    held = Membership.objects.filter(user__in=users, since_on__lte=today).exclude(until_on__lt=today)
    rows = held.order_by("-since_on", "-id").values_list("user_id", "team__agency_id", "team_id")
    return {user: (agency, team) for user, agency, team in rows}


def _in_plans(people: Collection[UUID], besides: UUID | None) -> Iterator[Relied]:
    plans = Plan.objects.filter(children__record__person__in=people, entry__isnull=False)
    if besides:
        plans = plans.exclude(pk=besides)
    rows = PlanAgency.objects.filter(plan__in=plans, how=PlanAgency.How.MEMBER).select_related("plan")
    for row in rows.order_by("-plan__started_at", "id"):
        yield Relied(row.agency_id, row.team_id, f"Was in the {row.plan.get_kind_display().lower()} before")


def _in_entries(people: Collection[UUID]) -> Iterator[Relied]:
    """Agencies that earlier plans of any source name, and that promised after-care."""
    named = EntryPerson.objects.filter(record__person__in=people, part=Part.ABOUT).values("entry")
    standing = Entry.objects.filter(id__in=named, kind__in=("plan", "aftercare"), withdrawn=False)
    rows = list(standing.filter(superseded_by__isnull=True).order_by("-known_on", "-position"))
    said = [(one, code) for entry in rows for code, one in _agencies_of(entry)]
    codes = {one for one, _ in said}
    known = {str(one): one for one in Agency.objects.filter(id__in=codes).values_list("id", flat=True)}
    for one, because in said:
        if one in known:
            yield Relied(known[one], None, because)


def _agencies_of(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.kind == "plan":
        words = f"Named in a plan, {entry.happened.words()}"
        yield from ((words, str(one)) for one in entry.own.get("agencies", ()))
    elif entry.own.get("who"):
        yield f"Promised after-care, {entry.happened.words()}", str(entry.own["who"])
