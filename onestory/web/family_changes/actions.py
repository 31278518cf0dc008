"""Recording who belongs to whom, who lives together, who has died; or proposing it. Nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entry, record_relationship
from onestory.platform.history.dates import When, day
from onestory.platform.history.models import Entry
from onestory.platform.history.vocabulary import RELATIONS
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.actions import add_agency_record, add_person, record_of
from onestory.platform.people.models import AgencyRecord, Person, Relationship
from onestory.web.family_changes.policies import (
    Refused,
    check_dates,
    check_died,
    check_past,
    check_unchanged,
    may_propose,
    may_record,
)
from onestory.web.family_changes.queries import rows_of_tie, team_that_records

MISTAKE = "mistake"
"""Said in the place of a status: what stands last was recorded by mistake, and is taken back."""


KEPT = ("number", "given_name", "family_name", "born", "nhs_number", "upn")
"""What a newer record of the same agency says as the one before it did."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is on no record yet."""

    name: str
    born: When | None
    sex: str
    is_child: bool


@dataclass(frozen=True, slots=True)
class TieSaid:
    """What somebody says of one relationship. ``source``: how they know. ``rows_seen``: how many rows they had read."""

    person: UUID | NewPerson
    relation: str
    of: UUID
    status: str
    since: When | None
    until: When | None
    source: str
    rows_seen: int = 0


@transaction.atomic
def record_tie(said: TieSaid, *, child_id: UUID, sight: Sight, agency: Agency, by: User, at: dt.datetime) -> None:
    """Record that somebody is another's mother, partner …: alleged, denied, confirmed, or take back a mistake (P2).

    Another row, from today on. That it was recorded is an entry of the program's own. Raises Refused.
    """
    if not may_record(sight, child_id):
        raise Refused("status", "You may propose this, and social care records it")
    check_dates(said.since, said.until, timezone.localdate(at))
    person, of = _record_of(said.person, agency, by, at), _record_of(said.of, agency, by, at)
    if person.person_id == of.person_id:
        raise Refused("of", "Nobody is related to themselves")
    _hold(person, of)
    rows = rows_of_tie(sight, person.person_id, said.relation, of.person_id)
    check_unchanged(len(rows), said.rows_seen)
    if said.status == MISTAKE:
        _take_back(rows, agency, by, at)
    else:
        _add(said, person, of, agency, by, at)
    _note_that(_words(said, person, of), about=(person, of), source=said.source, agency=agency, by=by, at=at)


def _add(said: TieSaid, person: AgencyRecord, of: AgencyRecord, agency: Agency, by: User, at: dt.datetime) -> None:
    record_relationship(
        person=person,
        relation=said.relation,
        of=of,
        status=said.status,
        known=day(timezone.localdate(at)),
        since=said.since,
        until=said.until,
        ref=said.source,
        agency=agency,
        by=by,
        at=at,
    )


def _take_back(rows: Sequence[Relationship], agency: Agency, by: User, at: dt.datetime) -> None:
    if not rows:
        raise Refused("status", "There is nothing on record to take back")
    last = rows[-1]
    record_relationship(
        person=last.person,
        relation=last.relation,
        of=last.of,
        status=last.status,
        known=last.known,
        supersedes=last,
        withdrawn=True,
        agency=agency,
        by=by,
        at=at,
    )


def _record_of(who: UUID | NewPerson, agency: Agency, by: User, at: dt.datetime) -> AgencyRecord:
    with keeping():
        if not isinstance(who, NewPerson):
            return record_of(person_id=who, agency_id=agency.id, by=by, at=at)
        person = add_person(is_child=who.is_child, by=by, at=at)
        return add_agency_record(
            person_id=person.id, agency_id=agency.id, label=who.name, born=who.born, sex=who.sex, by=by, at=at
        )


def _hold(*records: AgencyRecord) -> None:
    """Two who record of the same people take turns."""
    with keeping():
        people = {record.person_id for record in records}
        list(Person.objects.select_for_update().filter(id__in=people).order_by("id").values_list("id"))


def _words(said: TieSaid, person: AgencyRecord, of: AgencyRecord) -> str:
    relation = f"{person.label}, {RELATIONS[said.relation]} of {of.label}"
    return (
        f"Taken back as a mistake: {relation}." if said.status == MISTAKE else f"Recorded as {said.status}: {relation}."
    )


def _note_that(
    words: str, *, about: Sequence[AgencyRecord], source: str, agency: Agency, by: User, at: dt.datetime
) -> Entry:
    return record_entry(
        kind="note",
        weight="system",
        agency=agency.id,
        about=tuple(record.id for record in about),
        happened=day(timezone.localdate(at)),
        text=f"{words} How it is known: {source}",
        by=by,
        at=at,
    )


@transaction.atomic
def record_home(
    *,
    child_id: UUID,
    children: Sequence[UUID],
    person: UUID,
    step: str,
    happened: When,
    source: str,
    sight: Sight,
    agency: Agency,
    by: User,
    at: dt.datetime,
) -> Entry:
    """Record by an entry that somebody joined the children's home or left it (``step``). Raises Refused."""
    if not may_record(sight, child_id):
        raise Refused("step", "You may propose this, and social care records it")
    check_past("happened", happened, timezone.localdate(at))
    mover = _record_of(person, agency, by, at)
    others = [_record_of(one, agency, by, at) for one in children if one != person] or [mover]
    return record_entry(
        kind="household",
        agency=agency.id,
        about=tuple(record.id for record in others),
        happened=happened,
        own={step: (str(mover.id),)},
        text=source,
        by=by,
        at=at,
    )


@transaction.atomic
def record_person(
    *,
    child_id: UUID,
    person: UUID,
    born: When | None,
    sex: str,
    died: When | None,
    source: str,
    sight: Sight,
    agency: Agency,
    by: User,
    at: dt.datetime,
) -> None:
    """Record somebody's sex, in a newer record of the agency's, and that they died, as an entry. Raises Refused."""
    if not may_record(sight, child_id):
        raise Refused("sex", "You may propose this, and social care records it")
    own = _record_of(person, agency, by, at)
    if sex and sex != own.sex:
        kept = {
            name: getattr(own, name) for name in ("number", "given_name", "family_name", "born", "nhs_number", "upn")
        }
        with keeping():
            own = add_agency_record(
                person_id=person, agency_id=agency.id, label=own.label, sex=sex, by=by, at=at, **kept
            )
        _note_that(f"Recorded: {own.label}, {sex}.", about=(own,), source=source, agency=agency, by=by, at=at)
    if died:
        check_died(died, born, timezone.localdate(at))
        record_entry(
            kind="note",
            weight="key",
            agency=agency.id,
            about=(own.id,),
            happened=died,
            own={"died": (str(own.id),)},
            text=f"{own.label} has died. How it is known: {source}",
            by=by,
            at=at,
        )


@transaction.atomic
def propose(
    words: str,
    *,
    child_id: UUID,
    people: Sequence[UUID],
    source: str,
    sight: Sight,
    agency: Agency,
    by: User,
    at: dt.datetime,
) -> Entry:
    """Propose a change to the family's record by an entry, and tell the team of social care that records it.

    Raises Refused where nobody answers for children's social care of the area.
    """
    if not may_propose(sight):
        raise Refused("source", "Your role does not record anything about families")
    with keeping():
        team = team_that_records(child_id, agency)
    if team is None:
        raise Refused("source", "No team of children’s social care is on record, whom this could reach")
    records = [_record_of(one, agency, by, at) for one in dict.fromkeys((child_id, *people))]
    entry = record_entry(
        kind="note",
        agency=agency.id,
        about=tuple(record.id for record in records),
        happened=day(timezone.localdate(at)),
        shared_with=frozenset({team.agency_id}),
        text=f"Proposed for the family’s record: {words} How it is known: {source}",
        by=by,
        at=at,
    )
    send_notice(
        to_team=team,
        about=records,
        kind="note",
        words="Somebody proposes a change to what is on record about a family",
        address=f"/children/{child_id}/chronology?entry={entry.id}#entry-{entry.id}",
        entry=entry,
        by=by,
        at=at,
    )
    return entry
