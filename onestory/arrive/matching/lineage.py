"""To whom a record belongs that was added while two people were held to be one."""

from __future__ import annotations

from uuid import UUID

from onestory.arrive.matching.models import Join
from onestory.arrive.matching.whereabouts import Whereabouts
from onestory.platform.people.models import AgencyRecord


def added_since(join: Join) -> list[UUID]:
    """Records made while the two were one, that follow a record of the one who came. Call it as the keeper.

    An agency's number tells whose the record is. Without one it follows the agency's own record where only one of the
    two people had one; what cannot be told stays where it was written.
    """
    here = Whereabouts.around([join.to_person_id]).now(join.to_person_id)
    held = list(AgencyRecord.objects.filter(person=here).select_related("access_mark"))
    came = [one for one in held if one.access_mark.home_id == join.from_person_id]
    made_here = [one for one in held if one.access_mark.home_id in (join.to_person_id, here)]
    before = [one for one in made_here if one.recorded_at <= join.joined_at]
    return [one.id for one in made_here if one.recorded_at > join.joined_at and _follows(one, came, before)]


def _follows(record: AgencyRecord, came: list[AgencyRecord], before: list[AgencyRecord]) -> bool:
    theirs = [one for one in came if one.agency_id == record.agency_id]
    ours = [one for one in before if one.agency_id == record.agency_id]
    if record.number:
        if any(one.number == record.number for one in ours):
            return False
        if any(one.number == record.number for one in theirs):
            return True
    return bool(theirs) and not ours
