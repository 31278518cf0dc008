"""A police call or incident that involves a child always reaches the front door (F5.20, D11). Never nothing.

Whether officers went, and whether they believed the child to be there, does not count. A child is involved where one is
named; where the source says that one was there, named or not, or gives no age that says otherwise; where somebody in it
is a child's parent; and where somebody in it lives with a child.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from onestory.arrive.entries.taking_up import queue_taking_up
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.dates import When
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.vocabulary import PARENT_RELATIONS
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord, HouseholdMember, Relationship

SOCIAL_CARE = "childrens_social_care"
POLICE = "police"
INCIDENTS = frozenset({"incident", "breach"})
"""Kinds of entry by which police record a call or an incident."""


class SentAs(StrEnum):
    """How it reaches the front door: as a report, on which somebody decides, or as intelligence for their decisions."""

    REPORT = "report"
    INTELLIGENCE = "intelligence"


class NoFrontDoor(ValueError):
    """Nobody answers for children's social care of the area, so a police incident could reach nobody."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A police incident that is about to be recorded: with whom, and what its source says of a child in it.

    ``child_there`` : the source says, or does not rule out, that a child was there. ``sent_as`` : how the police send
    it; None: not stated.
    """

    new: NewEntry
    child_there: bool = False
    sent_as: SentAs | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """That an incident goes to the front door: about whom, and as what."""

    incident: Incident
    records: tuple[AgencyRecord, ...]
    children: tuple[AgencyRecord, ...]
    sent_as: SentAs


def is_for_front_door(new: NewEntry) -> bool:
    """Whether an entry is of the sort that may have to reach the front door: a police call or incident."""
    return new.kind in INCIDENTS and not new.withdraws


def reports_of(incidents: Sequence[Incident]) -> list[Report]:
    """Of these incidents those that involve a child, each with the children whom it is about. Four queries.

    Call it inside ``keeping``: that an incident reaches the front door does not depend on what its writer may see.
    """
    if not incidents:
        return []
    named = {record for incident in incidents for record in _named(incident.new)}
    rows = AgencyRecord.objects.filter(id__in=named).select_related("person")
    records = {row.id: row for row in rows}
    adults = {row.person_id for row in records.values() if not row.person.is_child}
    theirs = _children_of(adults)
    homes = _children_at_home_with(adults)
    found = []
    for incident in incidents:
        people = [records[one] for one in _named(incident.new) if one in records]
        children = [one for one in people if one.person.is_child]
        near = {
            child.person_id: child
            for one in people
            if not one.person.is_child
            for child in (*theirs.get(one.person_id, {}).values(), *homes.get(one.person_id, []))
        }
        near = {person: child for person, child in near.items() if person not in {one.person_id for one in children}}
        if children or near or incident.child_there:
            sent_as = incident.sent_as or (SentAs.REPORT if children else SentAs.INTELLIGENCE)
            found.append(Report(incident, tuple(people), (*children, *near.values()), sent_as))
    return found


def _named(new: NewEntry) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys((*new.about, *new.seen, *new.seen_alone, *new.together)))


def _children_of(adults: Collection[UUID]) -> dict[UUID, dict[UUID, AgencyRecord]]:
    """For each adult the children whose parent anybody ever said that they are, also where it was denied."""
    rows = Relationship.objects.filter(
        person__person__in=adults, relation__in=PARENT_RELATIONS, of__person__is_child=True, withdrawn=False
    )
    found: dict[UUID, dict[UUID, AgencyRecord]] = {}
    for row in rows.select_related("person", "of").order_by("position"):
        found.setdefault(row.person.person_id, {})[row.of.person_id] = row.of
    return found


def _children_at_home_with(adults: Collection[UUID]) -> dict[UUID, list[AgencyRecord]]:
    """For each adult, the children of any household in which they were ever placed."""
    placed = HouseholdMember.objects.filter(record__person__in=adults).values_list("household_id", "record__person_id")
    adults_of: dict[UUID, set[UUID]] = {}
    for household, adult in placed:
        adults_of.setdefault(household, set()).add(adult)
    found: dict[UUID, list[AgencyRecord]] = {}
    living = HouseholdMember.objects.filter(household__in=adults_of, record__person__is_child=True)
    for member in living.select_related("record__person"):
        for adult in adults_of[member.household_id]:
            found.setdefault(adult, []).append(member.record)
    return found


def front_door_of(agency: Agency) -> Team:
    """The team of the area's social care to which reports go. Raises NoFrontDoor."""
    teams = Team.objects.filter(agency__sector=SOCIAL_CARE, agency__area=agency.area).select_related("agency")
    team = teams.order_by("-answers_for_agency", "agency__name", "name").first()
    if team is None:
        area = agency.area or "this area"
        raise NoFrontDoor(f"No team of children’s social care in {area} is on record, whom an incident could reach")
    return team


def also_told(entries: Iterable[NewEntry], reports: Iterable[Report], team: Team) -> list[NewEntry]:
    """The entries, those of the reports with the front door's agency among whom was told."""
    reported = {report.incident.new.id for report in reports}
    return [_also_told(new, team.agency_id) if new.id in reported else new for new in entries]


def _also_told(new: NewEntry, agency_id: UUID) -> NewEntry:
    if new.told is not None:
        return dataclasses.replace(new, told=frozenset(new.told) | {agency_id})
    return dataclasses.replace(new, shared_with=frozenset(new.shared_with or ()) | {agency_id})


def send_reports(
    reports: Sequence[Report], *, entries: Collection[Entry], team: Team, by: User | None, at: dt.datetime
) -> None:
    """Tell the front door of each of these incidents, once, in the transaction that records them.

    A report about a child stands there to be decided on, too; intelligence is there for whoever decides on the child.
    """
    rows = {entry.id: entry for entry in entries}
    for report in reports:
        new = report.incident.new
        send_notice(
            to_team=team,
            about=report.children or report.records,
            kind="concern" if report.sent_as is SentAs.REPORT else "intelligence",
            words=_words(report),
            address=_address(report, new.id),
            entry=rows[new.id],
            once=f"police {new.id}",
            by=by,
            at=at,
        )
        if report.sent_as is SentAs.REPORT and report.children:
            queue_taking_up(rows[new.id], child_id=report.children[0].person_id, at=at)


def send_waiting_report(
    happened: When, *, agency: Agency, team: Team, once: str, by: User | None, at: dt.datetime
) -> None:
    """Tell the front door of an incident with a child whom nobody can tell apart yet; it is about nobody on record."""
    send_notice(
        to_team=team,
        about=(),
        kind="intelligence",
        words=f"Police intelligence: an incident, {happened.words()}, with a child. {agency} has to settle who it is",
        address="",
        once=once,
        by=by,
        at=at,
    )


def _words(report: Report) -> str:
    happened = report.incident.new.happened.words()
    what = "Police report" if report.sent_as is SentAs.REPORT else "Police intelligence"
    if report.children:
        return f"{what}: an incident, {happened}"
    return f"{what}: an incident, {happened}, in which a child may be involved who is not named"


def _address(report: Report, entry_id: UUID) -> str:
    if not report.children:
        return ""
    return f"/children/{report.children[0].person_id}/chronology?entry={entry_id}#entry-{entry_id}"
