"""Who lives with whom, as entries say it: somebody joined or left, a child was born."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from onestory.platform.history.dates import When
from onestory.platform.people.models import AgencyRecord, Household, HouseholdMember


@dataclass(frozen=True, slots=True)
class HouseholdSaid:
    """What one entry says of a household, people by agency record: it is the home of the children whom it is about."""

    entry_id: UUID
    about: Sequence[UUID]
    joined: Sequence[UUID]
    left: Sequence[UUID]
    happened: When
    known_on: dt.date


def place_in_households(said: Sequence[HouseholdSaid], *, replacing: Collection[UUID], at: dt.datetime) -> None:
    """Note who joined and who left; ``replacing``: entries that no longer count. Call it inside a transaction.

    Idempotent. A household that nobody is known to live in any more stays: it tells of an earlier time.
    """
    stale = {one.entry_id for one in said} | set(replacing)
    if stale:
        HouseholdMember.objects.filter(entry_id__in=stale).delete()
    if not said:
        return
    homes = _Homes(said, at)
    members = [member for one in said for member in homes.members(one)]
    Household.objects.bulk_create(homes.new)
    HouseholdMember.objects.bulk_create(members)


class _Homes:
    """Which household each person was last placed in."""

    def __init__(self, said: Sequence[HouseholdSaid], at: dt.datetime) -> None:
        self.new: list[Household] = []
        self._at = at
        named = {record for one in said for record in (*one.about, *one.joined, *one.left)}
        records = AgencyRecord.objects.filter(id__in=named).values_list("id", "person_id", "person__is_child")
        self._person = {record: person for record, person, _ in records}
        self._children = {record for record, _, is_child in records if is_child}
        placed = HouseholdMember.objects.filter(record__person__in=self._person.values()).order_by("recorded_at", "id")
        self._home = dict(placed.values_list("record__person_id", "household_id"))

    def members(self, said: HouseholdSaid) -> list[HouseholdMember]:
        """The rows of what one entry says."""
        joined, left = dict.fromkeys(said.joined), dict.fromkeys(said.left)
        living = [one for one in dict.fromkeys(said.about) if one in self._children and one not in joined | left]
        household = self._household(living, said)
        rows: list[tuple[UUID, When | None, When | None]] = [(one, None, None) for one in living]
        rows += [(one, said.happened, None) for one in joined]
        rows += [(one, None, said.happened) for one in left]
        self._home.update((self._person[one], household) for one in (*living, *joined))
        return [
            HouseholdMember(
                household_id=household,
                record_id=record,
                since=since,
                until=until,
                known_on=said.known_on,
                entry_id=said.entry_id,
                recorded_at=self._at,
            )
            for record, since, until in rows
        ]

    def _household(self, living: Iterable[UUID], said: HouseholdSaid) -> UUID:
        """The home of the children it is about; else of those who left it or joined it; else a new one."""
        for record in (*living, *said.left, *said.joined):
            if self._person[record] in self._home:
                return self._home[self._person[record]]
        self.new.append(Household(recorded_at=self._at))
        return self.new[-1].id
