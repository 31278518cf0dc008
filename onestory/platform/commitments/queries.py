"""Reading promises."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, Prefetch, Q, QuerySet, When

from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.commitments.models import Commitment, CommitmentPerson, Sort, State
from onestory.platform.people.models import AgencyRecord

ANSWERED_BY_SOMEBODY = (Sort.ACTION, Sort.REQUEST, Sort.HAND_OVER)
"""Promises that somebody has to do something about; conditions wait, after-care goes on."""


def owed_by_team(sight: Sight) -> QuerySet[Commitment]:
    """What the reader's team owes and has not done, in the order in which it is due; without a day last.

    What an agency owes without a team being named is owed by the team that answers for the agency.
    """
    answering = Team.objects.filter(pk=sight.team_id, answers_for_agency=True)
    owner = Q(owner_team=sight.team_id) | Q(owner_team__isnull=True, owner_agency__in=answering.values("agency"))
    open_ones = visible_to(sight, Commitment.objects.filter(owner, state=State.OPEN, sort__in=ANSWERED_BY_SOMEBODY))
    return _with_people(sight, open_ones).order_by(F("due_on").asc(nulls_last=True), "made_on", "id")


def commitment_of(sight: Sight, commitment_id: UUID) -> Commitment | None:
    """One promise; None where there is none for this reader."""
    found = visible_to(sight, Commitment.objects.filter(id=commitment_id))
    return _with_people(sight, found.select_related("closed_in")).first()


def open_for_people(sight: Sight, person_ids: Collection[UUID]) -> QuerySet[Commitment]:
    """Open promises for any of these people: conditions first, then by the day on which they are due."""
    named = visible_to(sight, CommitmentPerson.objects.filter(record__person__in=person_ids))
    ordered = visible_to(sight, Commitment.objects.filter(state=State.OPEN, id__in=named.values("commitment")))
    return _with_people(sight, ordered).order_by(
        Case(When(sort=Sort.CONDITION, then=0), default=1), F("due_on").asc(nulls_last=True), "made_on", "id"
    )


def _with_people(sight: Sight, commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    related = commitments.select_related("owner_agency", "owner_team", "made_in__agency")
    named = visible_to(sight, CommitmentPerson.objects.all())
    records = visible_to(sight, AgencyRecord.objects.select_related("person"))
    return related.prefetch_related(
        Prefetch("owner_person", records),
        Prefetch("people", named.prefetch_related(Prefetch("record", records))),
    )
