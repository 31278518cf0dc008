"""Small invented families for tests, written through the program's own actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from onestory.platform.agencies.actions import ensure_agency
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_relationship
from onestory.platform.history.dates import parse_when
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord

AT = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Family:
    """A child and her mother, known to social care and to a school."""

    social_care: Agency
    school: Agency
    child: AgencyRecord
    mother: AgencyRecord


def agency(name: str, sector: str, area: str = "Northport") -> Agency:
    return ensure_agency(name=name, sector=sector, area=area, by=None, at=AT)


def person(label: str, held_by: Agency, *, is_child: bool = False) -> AgencyRecord:
    anchor = add_person(is_child=is_child, by=None, at=AT)
    return add_agency_record(person_id=anchor.id, agency_id=held_by.id, label=label, by=None, at=AT)


def relate(one: AgencyRecord, relation: str, other: AgencyRecord, **details: Any) -> None:
    record_relationship(person=one, relation=relation, of=other, by=None, at=AT, **details)


def family(child: str = "Ada") -> Family:
    social_care = agency("Children's Social Care", "childrens_social_care")
    school = agency("Harbour School", "school")
    young, mother = person(child, social_care, is_child=True), person(f"Mother of {child}", social_care)
    relate(mother, "mother", young)
    return Family(social_care, school, young, mother)


def new(held_by: Agency, *about: AgencyRecord, kind: str = "note", date: str = "2024-02-01", **what: Any) -> NewEntry:
    """An entry about these people, known on the day it happened unless ``known`` says otherwise."""
    when = parse_when(date)
    return NewEntry(
        agency=held_by.id,
        kind=kind,
        happened=when,
        **{"known": when, "about": tuple(one.id for one in about)} | what,
    )
