"""Reading the directory, requests and gaps, and how often help was not to be had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from onestory.help.services.models import Gap, RequestPerson, Service, ServiceRequest
from onestory.help.services.states import State
from onestory.platform.access.keeping import keeping
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment, Sort
from onestory.platform.notices.guards import not_shut
from onestory.platform.notices.queries import notices_for
from onestory.platform.people.models import AgencyRecord

SHOWN_TO = ("team__agency", "organization")
PARTS = ("cost_options", "schedules", "contacts", "phones", "service_areas")


def directory(
    *, taxonomy_term: str = "", words: str = "", age: int | None = None, closed: bool = False
) -> list[Service]:
    """Services by name: for a need, with these words, for somebody of this age. ``closed``: those not open too."""
    found = Service.objects.select_related(*SHOWN_TO).order_by("name", "organization__name")
    if not closed:
        found = found.exclude(status__in=(Service.Status.DEFUNCT, Service.Status.INACTIVE))
    if taxonomy_term:
        found = found.filter(taxonomy_term=taxonomy_term)
    if age is not None:
        found = found.exclude(minimum_age__gt=age).exclude(maximum_age__lt=age)
    for word in words.split()[:6]:
        told = Q(name__icontains=word) | Q(description__icontains=word) | Q(organization__name__icontains=word)
        found = found.filter(told | Q(eligibility_description__icontains=word))
    return list(found)


def service_numbered(service_id: UUID) -> Service | None:
    """One service with all that the directory says of it."""
    return Service.objects.select_related(*SHOWN_TO).prefetch_related(*PARTS).filter(pk=service_id).first()


def teams_by_name() -> dict[str, Team]:
    """Every team of the program by the words by which a file names it."""
    return {str(team): team for team in Team.objects.select_related("agency").order_by("agency__name", "name")}


def visible_requests(sight: Sight) -> QuerySet[ServiceRequest]:
    """The requests that the reader may see: by their tie to the child, or because their team asked or was asked."""
    by_tie = visible_to(sight, ServiceRequest.objects.all()).values("id")
    mine = Q(asking_team=sight.team_id) | Q(asked_team=sight.team_id)
    noticed = Q(entry__in=notices_for(sight).filter(entry__isnull=False).values("entry"))
    rows = ServiceRequest.objects.filter(Q(id__in=by_tie) | ((mine | noticed) & not_shut(sight)))
    related = rows.select_related(
        "service__organization", "asked_team__agency", "asking_team__agency", "asked_by", "answered_by"
    )
    people = RequestPerson.objects.prefetch_related(
        Prefetch("record", visible_to(sight, AgencyRecord.objects.select_related("person")))
    )
    return related.prefetch_related(Prefetch("people", people.order_by("id")), "attendances")


def requests_about(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[ServiceRequest]:
    """What was asked for any of these people, the newest first."""
    named = RequestPerson.objects.filter(record__person__in=person_ids)
    return visible_requests(sight).filter(id__in=named.values("request")).order_by("-asked_at", "id")


def requests_of_team(sight: Sight) -> QuerySet[ServiceRequest]:
    """What the reader's team was asked for and has not ended, the longest waiting first."""
    open_ones = (State.ASKED, State.WAITING, State.ACCEPTED)
    mine = visible_requests(sight).filter(asked_team=sight.team_id, state__in=open_ones)
    return mine.order_by("asked_at", "id")


def request_of(sight: Sight, request_id: UUID) -> ServiceRequest | None:
    """One request; None where there is none for this reader."""
    return visible_requests(sight).filter(id=request_id).first()


def gaps_about(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Gap]:
    """Help that was not to be had for any of these people, the newest first."""
    gaps = visible_to(sight, Gap.objects.filter(record__person__in=person_ids))
    return gaps.select_related("noted_by").order_by("-noted_at", "id")


def actions_to_meet(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Commitment]:
    """Open actions of these people's plans, for which a service can be asked."""
    named = Commitment.objects.filter(sort=Sort.ACTION, state="open", people__record__person__in=person_ids)
    return visible_to(sight, named.exclude(code="")).distinct().order_by("due_on", "made_on", "id")


def records_of(sight: Sight, person_ids: Collection[UUID]) -> dict[str, AgencyRecord]:
    """Of each of these people the record by which the reader knows them: their own agency's where it has one."""
    rows = visible_to(sight, AgencyRecord.objects.filter(person__in=person_ids)).order_by("recorded_at", "id")
    ordered = sorted(rows, key=lambda one: one.agency_id == sight.agency_id)
    return {str(one.person_id): one for one in ordered}


@dataclass(frozen=True, slots=True)
class Counted:
    """How often, for one need: by why help was not to be had, and by where requests stand. Numbers and no names."""

    taxonomy_term: str
    gaps: dict[str, int]
    states: dict[str, int]


def counted() -> list[Counted]:
    """Gaps and requests over all families, by need. Two queries, whoever asks and however many families.

    Counted as the keeper, since a count that left out what its reader may not see would be wrong; it tells of nobody.
    """
    with keeping():
        gaps = list(Gap.objects.values_list("taxonomy_term", "sort").annotate(Count("id")))
        requests = list(ServiceRequest.objects.values_list("service__taxonomy_term", "state").annotate(Count("id")))
    found: dict[str, Counted] = {}
    for need, sort, number in gaps:
        found.setdefault(need, Counted(need, {}, {})).gaps[sort] = number
    for need, state, number in requests:
        found.setdefault(need, Counted(need, {}, {})).states[state] = number
    return list(found.values())
