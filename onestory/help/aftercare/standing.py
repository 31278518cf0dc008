"""Where after-care that is on record stands on a day: promises with their evidence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.help.aftercare.rhythm import Standing, standing
from onestory.platform.commitments.models import Commitment, Sort, State
from onestory.platform.history.models import EntryPerson, Part

A_YEAR = dt.timedelta(days=366)
"""How long a promise without an end is asked about."""


def live(promises: QuerySet[Commitment], today: dt.date) -> QuerySet[Commitment]:
    """Of these, the after-care with a rhythm that is still owed on the day, or ended in the last weeks."""
    rows = promises.filter(sort=Sort.AFTERCARE, state=State.OPEN, owner_agency__isnull=False).exclude(every="")
    return rows.filter(Q(until_on__gte=today) | Q(until_on__isnull=True, made_on__gte=today - A_YEAR))


def standings(promises: Sequence[Commitment], evidence: QuerySet[EntryPerson], today: dt.date) -> dict[UUID, Standing]:
    """Where each promise stands. ``evidence``: whom professionals saw, as far as it may be read. Two queries.

    Kept by an entry of the agency that promised, in which one of the children was seen in person.
    """
    people = {one.id: _people(one) for one in promises}
    seen = _seen(evidence, {one.owner_agency_id for one in promises}, set().union(*people.values()))
    return {
        one.id: standing(
            made_on=one.made_on,
            every=one.every,
            until_on=one.until_on,
            seen_on=[day for person in people[one.id] for day in seen[one.owner_agency_id, person]],
            today=today,
        )
        for one in promises
    }


def _people(promise: Commitment) -> set[UUID]:
    return {one.record.person_id for one in promise.people.all()}


def _seen(
    evidence: QuerySet[EntryPerson], agencies: Collection[UUID | None], people: Iterable[UUID]
) -> dict[tuple[UUID | None, UUID], list[dt.date]]:
    rows = evidence.filter(part__in=(Part.SEEN, Part.SEEN_ALONE), record__person__in=list(people))
    rows = rows.filter(entry__agency__in=agencies, entry__withdrawn=False, entry__superseded_by__isnull=True)
    found: dict[tuple[UUID | None, UUID], list[dt.date]] = defaultdict(list)
    for agency, person, on in rows.values_list("entry__agency_id", "record__person_id", "entry__happened_last"):
        found[agency, person].append(on)
    return found
