"""Reading promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from onestory.platform.access.models import User
from onestory.platform.agencies.queries import posts_of
from onestory.platform.commitments.models import Commitment, Sort, State

ANSWERED_BY_SOMEBODY = (Sort.ACTION, Sort.REQUEST, Sort.HAND_OVER)
"""Promises that somebody has to do something about; conditions wait, after-care goes on."""


def owed_by_teams_of(user: User, today: dt.date) -> QuerySet[Commitment]:
    """What the user's teams owe and have not done, in the order in which it is due; without a day last.

    What an agency owes without a team being named is owed by the team that answers for the agency.
    """
    posts = posts_of(user, today)
    answering = posts.filter(team__answers_for_agency=True)
    owner = Q(owner_team__in=posts.values("team")) | Q(
        owner_team__isnull=True, owner_agency__in=answering.values("team__agency")
    )
    open_ones = Commitment.objects.filter(owner, state=State.OPEN, sort__in=ANSWERED_BY_SOMEBODY)
    return _with_people(open_ones).order_by(F("due_on").asc(nulls_last=True), "made_on", "id")


def open_for_people(person_ids: Collection[UUID]) -> QuerySet[Commitment]:
    """Open promises for any of these people: conditions first, then by the day on which they are due."""
    named = Commitment.objects.filter(state=State.OPEN, people__record__person__in=person_ids)
    ordered = Commitment.objects.filter(id__in=named.values("id"))
    return _with_people(ordered).order_by(
        Case(When(sort=Sort.CONDITION, then=0), default=1), F("due_on").asc(nulls_last=True), "made_on", "id"
    )


def _with_people(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    related = commitments.select_related("owner_agency", "owner_team", "owner_person", "made_in__agency")
    return related.prefetch_related("people__record__person")
