"""Reading feeds: those of a team, their runs, who waits to be settled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from onestory.arrive.feeds.extracts import PersonInRow
from onestory.arrive.feeds.extracts.rows import person_of
from onestory.arrive.feeds.incoming.actions import SEALED_FILE
from onestory.arrive.feeds.incoming.models import Feed, FeedMapping, FeedRun, WaitingPerson
from onestory.platform.access.sight import Sight
from onestory.platform.accounts.sealing import unseal
from onestory.platform.agencies.models import Team
from onestory.platform.notices.guards import not_shut
from onestory.platform.people.models import AgencyRecord


def feed_named(name: str) -> Feed | None:
    """The feed of this name, with agency and team."""
    return Feed.objects.select_related("agency", "team").filter(name=name).first()


def names_of_feeds() -> list[str]:
    """Every feed by name."""
    return list(Feed.objects.values_list("name", flat=True))


def all_feeds() -> QuerySet[Feed]:
    """Every feed with its agency, team and mappings, for those who set feeds up. They tell of nobody."""
    return Feed.objects.select_related("agency", "team").prefetch_related(
        "mappings__proposed_by", "mappings__approved_by"
    )


def feeds_of(sight: Sight) -> QuerySet[Feed]:
    """The feeds that the reader's team brings in."""
    return Feed.objects.filter(team=sight.team_id).select_related("agency", "team")


def feed_of(sight: Sight, name: str) -> Feed | None:
    """One of the feeds of the reader's team."""
    return feeds_of(sight).filter(name=name).first()


def runs_of(sight: Sight, feed: Feed, most: int = 20) -> list[FeedRun]:
    """What came in last, the newest first, as the reader's team sees it."""
    runs = _runs(sight).filter(feed=feed).exclude(state=FeedRun.State.DISCARDED)
    return list(runs.defer("sealed_file", "sealed_problems").order_by("-checked_at", "-id")[:most])


def run_of(sight: Sight, run_id: UUID) -> FeedRun | None:
    """One file that the reader's team sent."""
    return _runs(sight).defer("sealed_file").filter(pk=run_id).first()


def _runs(sight: Sight) -> QuerySet[FeedRun]:
    seen = FeedRun.objects.filter(Q(team=sight.team_id) & not_shut(sight))
    return seen.select_related("feed__agency", "feed__team", "mapping", "by")


def file_name(run: FeedRun) -> str:
    """What the file was called by whoever sent it."""
    return unseal(run.sealed_name, purpose=SEALED_FILE)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One row in error, as it is shown to the team whose file it is."""

    row: str
    field: str
    found: str
    allowed: str


def problems_of(run: FeedRun) -> tuple[int, list[Wrong]]:
    """How many things were wrong with the file, and those that are named."""
    if not run.sealed_problems:
        return 0, []
    kept = json.loads(unseal(run.sealed_problems, purpose=SEALED_FILE))
    return kept["count"], [Wrong(str(row or ""), field, found, allowed) for row, field, found, allowed in kept["rows"]]


def waiting_people(sight: Sight) -> QuerySet[WaitingPerson]:
    """Who waits to be settled by the reader's team, the longest first."""
    seen = WaitingPerson.objects.filter(Q(team=sight.team_id) & not_shut(sight))
    return seen.select_related("agency").order_by("since_at", "id")


def waiting_person(sight: Sight, waiting_id: UUID) -> WaitingPerson | None:
    """One of them."""
    return waiting_people(sight).filter(pk=waiting_id).first()


def told_of(waiting: WaitingPerson) -> PersonInRow:
    """What the extract tells of them."""
    return person_of(waiting.told)


def candidates_of(waiting: WaitingPerson) -> list[AgencyRecord]:
    """The agency's own records that it may be, as far as the reader sees them."""
    return list(
        AgencyRecord.objects.filter(id__in=waiting.candidates, agency=waiting.agency_id).order_by("label", "id")
    )


def mapping_numbered(mapping_id: UUID) -> FeedMapping | None:
    """One version of a mapping with its feed."""
    return FeedMapping.objects.select_related("feed__agency", "feed__team", "proposed_by").filter(pk=mapping_id).first()


def teams_that_may_have_feeds() -> QuerySet[Team]:
    """Every team with its agency, by name."""
    return Team.objects.select_related("agency").annotate(people=Count("memberships")).order_by("agency__name", "name")
