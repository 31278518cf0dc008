"""The entries of a concern, and the records of those it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from onestory.arrive.concerns.telling import Telling, day_of
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.people.actions import add_agency_record, add_person, record_of
from onestory.platform.people.models import AgencyRecord


def people_of(
    answers: Mapping[str, Any], child_id: UUID | None, agency: Agency, *, by: User | None, at: dt.datetime
) -> list[AgencyRecord]:
    """The agency's own records of everybody named, the child first.

    A child who was not found is put on record as told; matching looks whom we know already (``arrive/matching``).
    """
    if child_id is None:
        return [_as_told(answers, agency, by, at)]
    others = [UUID(one) for one in answers.get("also_about") or () if one != str(child_id)]
    return [record_of(person_id=one, agency_id=agency.id, by=by, at=at) for one in (child_id, *others)]


def _as_told(answers: Mapping[str, Any], agency: Agency, by: User | None, at: dt.datetime) -> AgencyRecord:
    person = add_person(is_child=True, by=by, at=at)
    born = day_of(answers.get("child_born"))
    label = str(answers["child_name"]).strip()[:200]
    given, _, family = label.rpartition(" ")
    return add_agency_record(
        person_id=person.id,
        agency_id=agency.id,
        label=label,
        given_name=given or family,
        family_name=family if given else "",
        born=day(born) if born else None,
        by=by,
        at=at,
    )


def record_telling(
    telling: Telling,
    records: Sequence[AgencyRecord],
    *,
    agency: Agency,
    to: Agency,
    by: User | None,
    at: dt.datetime,
) -> Entry:
    """What was told, as one entry; an address or a whereabouts as another, kept with the locations (class 7)."""
    about = tuple(record.id for record in records)
    own = {**telling.own, **({"to": str(to.id)} if telling.kind == "concern" else {})}
    entry = record_entry(
        agency=agency.id,
        kind=telling.kind,
        happened=telling.happened,
        about=about,
        seen=about[:1] if telling.seen else (),
        factors=telling.factors,
        text=telling.text,
        reporter=telling.reporter,
        own=own,
        shared_with={to.id},
        weight="key",
        by=by,
        at=at,
    )
    if telling.location:
        record_entry(
            agency=agency.id,
            kind="note",
            happened=telling.happened,
            about=about,
            text=telling.location,
            restricted="address",
            shared_with={to.id},
            by=by,
            at=at,
        )
    return entry
