"""Reading after-care: of children, of a team, one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from onestory.help.aftercare.rhythm import Standing
from onestory.help.aftercare.standing import live, standings
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.commitments.models import Commitment, CommitmentPerson, Sort
from onestory.platform.commitments.queries import commitment_of
from onestory.platform.history.models import EntryPerson


@dataclass(frozen=True, slots=True)
class AfterCare:
    """One promise to go on, and where it stands."""

    promise: Commitment
    stands: Standing


def aftercare_for(sight: Sight, person_ids: Collection[UUID], *, today: dt.date) -> list[AfterCare]:
    """What goes on for these children, as far as the reader may see; what is missed first. Fixed in queries."""
    named = visible_to(sight, CommitmentPerson.objects.filter(record__person__in=person_ids)).values("commitment")
    rows = live(visible_to(sight, Commitment.objects.filter(id__in=named)), today)
    related = rows.select_related("owner_agency", "owner_team", "made_in__agency").prefetch_related("people__record")
    return _standing(sight, list(related.order_by("made_on", "id")), today)


def one_aftercare(sight: Sight, commitment_id: UUID, *, today: dt.date) -> AfterCare | None:
    """One promise to go on; None where there is none for this reader."""
    found = commitment_of(sight, commitment_id)
    if found is None or found.sort != Sort.AFTERCARE or not found.every:
        return None
    return _standing(sight, [found], today)[0]


def _standing(sight: Sight, promises: list[Commitment], today: dt.date) -> list[AfterCare]:
    stand = standings(promises, visible_to(sight, EntryPerson.objects.all()), today)
    found = [AfterCare(one, stand[one.id]) for one in promises]
    return sorted(found, key=lambda one: (-one.stands.missed, one.stands.next_on or dt.date.max))
