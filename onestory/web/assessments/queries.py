"""Whom an assessment can be about, who can be asked, and that somebody looked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from onestory.decide.assessments.models import Assessment
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.sight import Sight
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Team
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Person
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.about_child import about_child
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.checks.queries import teams_to_ask as answering_teams


def records_around(sight: Sight, child_id: UUID) -> list[AgencyRecord]:
    """One record of each person around the child whom the reader may know of: their own agency's where it has one."""
    among = sight.among or frozenset({child_id})
    found = visible_to(sight, AgencyRecord.objects.filter(person__in=among)).select_related("person")
    chosen: dict[UUID, AgencyRecord] = {}
    for one in found.order_by("recorded_at", "id"):
        known = chosen.get(one.person_id)
        if known is None or one.agency_id == sight.agency_id or known.agency_id != sight.agency_id:
            chosen[one.person_id] = one
    return sorted(chosen.values(), key=lambda one: (one.person_id != child_id, not one.person.is_child, one.label))


def identity_for(sight: Sight, child_id: UUID) -> Identity:
    """The child whose page it is."""
    record = next(one for one in records_around(sight, child_id) if one.person_id == child_id)
    return _identity(sight, record)


def children_of(sight: Sight, assessment: Assessment) -> Sequence[Identity]:
    """The children whom the assessment is about; by the records that it names, for teams without a tie as well."""
    today = timezone.localdate(sight.at)
    return [
        identity_of(Person(str(one.known_as), one.label, True, parse_when(one.born) if one.born else None), today)
        for one in assessment.people.all()
        if one.is_child
    ]


def _identity(sight: Sight, record: AgencyRecord) -> Identity:
    person = Person(str(record.person_id), record.label, record.person.is_child, record.born or None)
    return identity_of(person, timezone.localdate(sight.at))


def teams_to_ask(sight: Sight) -> dict[str, Team]:
    """The teams that can be asked for a part: those that answer for their agencies."""
    return answering_teams(sight)


def people_around(request: SignedInRequest, assessment: Assessment) -> list[AgencyRecord]:
    """One record of each person around the children whom the assessment is about; without a child, whom it is about."""
    about = list(assessment.people.all())
    children = [one.known_as for one in about if one.is_child]
    if not children:
        mine = AgencyRecord.objects.filter(id__in=[one.record_id for one in about])
        return list(visible_to(request.sight, mine).select_related("person"))
    found: dict[UUID, AgencyRecord] = {}
    for child in children:
        for one in records_around(about_child(request, child), child):
            found.setdefault(one.person_id, one)
    return list(found.values())


def note_look(
    request: SignedInRequest, what: str, assessment: Assessment, *, act: str = Act.LOOK, recipient: str = ""
) -> None:
    """Put the look on record: no record, no page."""
    sight = request.sight
    record_access(
        act=act,
        what=what,
        people=[one.known_as for one in assessment.people.all()],
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
        recipient=recipient,
    )


def names_of(assessment: Assessment) -> dict[str, str]:
    """The people whom the assessment is about, by the records under which their answers stand."""
    return {str(one.record_id): one.label for one in assessment.people.all()}
