"""Putting before the front door what came in as an entry: from an extract, a file or another page (F5.20, D11)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.arrive.concerns.actions import let_read, open_concern, tell_front_door
from onestory.arrive.concerns.models import Concern
from onestory.arrive.concerns.queries import front_door
from onestory.arrive.concerns.questionnaires import CONCERN, POLICE
from onestory.arrive.concerns.states import FINAL
from onestory.arrive.entries.taking_up import FRESH
from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.agencies.queries import answering_team
from onestory.platform.history.models import Entry, EntryPerson, EntryReporter, Part
from onestory.platform.notices.actions import lead_notices_to
from onestory.platform.people.models import AgencyRecord

SOURCES = {"police": POLICE.code}
"""By sector of the agency, as what it stands in the queue; anything else as a concern."""


@transaction.atomic
def take_up(entry_id: UUID, *, child_id: UUID | None, by: None, at: dt.datetime) -> Concern | None:
    """Let an entry stand at the front door until somebody has decided on it. Once, however often it is called.

    None where there is nothing to decide: it was told on a form and stands there, it was decided on already, it is
    about no child, social care was not told, or a later word took its place. A correction of what waits stands in its
    place.
    """
    with keeping():
        entry = Entry.objects.select_related("agency").get(id=entry_id)
        records = _children_first(entry, child_id)
        to_team = front_door(entry.agency.area)
        if not records or to_team is None or not _is_for(entry, to_team) or _needs_nobody(entry, records[0]):
            return None
        waiting = Concern.objects.filter(entry=entry.supersedes_id).first() if entry.supersedes_id else None
        if waiting is not None:
            return _corrected(waiting, entry)
        if entry.kind == "concern" and _corrects_what_is_old(entry):
            return None
        return _put_before(entry, records, to_team, at)


def _put_before(entry: Entry, records: list[AgencyRecord], to_team: Team, at: dt.datetime) -> Concern:
    form = SOURCES.get(entry.agency.sector, CONCERN.code)
    concern = open_concern(
        form=form,
        from_team=_told_by(entry),
        to_team=to_team,
        records=records,
        entry=entry,
        unsafe=False,
        by=None,
        at=entry.recorded_at,  # its clock runs since it came
    )
    let_read(concern, team_id=to_team.id, by=None, at=at)
    if not lead_notices_to(f"/concerns/{concern.id}", entry=entry, to_team=to_team, by=None, at=at):
        tell_front_door(concern, records=records, by=None, at=at)
    return concern


def _children_first(entry: Entry, child_id: UUID | None) -> list[AgencyRecord]:
    """The records that it is about, the child's first; none where no child is known whom it is about."""
    named = EntryPerson.objects.filter(entry=entry, part=Part.ABOUT).select_related("record__person").order_by("id")
    records = [one.record for one in named]
    if child_id is not None and all(one.person_id != child_id for one in records):
        records += AgencyRecord.objects.filter(person=child_id).select_related("person").order_by("recorded_at")[:1]
    children = [one for one in records if one.person.is_child and child_id in (None, one.person_id)]
    return [*children[:1], *(one for one in records if one not in children[:1])] if children else []


def _is_for(entry: Entry, team: Team) -> bool:
    return entry.agency_id == team.agency_id or entry.told.filter(agency=team.agency_id).exists()


def _needs_nobody(entry: Entry, child: AgencyRecord) -> bool:
    """It stands there already, a later word took its place, or somebody has decided on it."""
    if Concern.objects.filter(entry=entry).exists() or Entry.objects.filter(supersedes=entry).exists():
        return True
    decided = Entry.objects.filter(kind="decision", withdrawn=False, people__record__person=child.person_id)
    return decided.filter(own__on_entries__contains=[str(entry.id)]).exists()


def _corrected(waiting: Concern, entry: Entry) -> Concern:
    if waiting.state not in FINAL:
        waiting.entry = entry
        waiting.save(update_fields=["entry"])
    return waiting


def _corrects_what_is_old(entry: Entry) -> bool:
    """A correction of what nobody here had to decide on any more is no new concern."""
    if entry.supersedes_id is None:
        return False
    return Entry.objects.filter(
        id=entry.supersedes_id, known_on__lt=timezone.localdate(entry.recorded_at) - FRESH
    ).exists()


def _told_by(entry: Entry) -> Team | None:
    """The team that answers for whoever told: the agency that is named as the source, or else the one that recorded."""
    reporter = EntryReporter.objects.select_related("agency").filter(entry=entry).first()
    agency: Agency = reporter.agency if reporter and reporter.agency else entry.agency
    return answering_team(agency)
