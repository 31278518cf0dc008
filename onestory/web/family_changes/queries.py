"""Reading for changes to a family: what the reader may see of a relationship, and whom they may add."""

from __future__ import annotations

from uuid import UUID

from onestory.platform.access.reading_as import read_as
from onestory.platform.access.sight import Sight
from onestory.platform.access.ties import Kind
from onestory.platform.access.ties import Tie as TieRow
from onestory.platform.access.visibility import visible_to
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.people.models import AgencyRecord, Relationship
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.people.searching import searches_everybody

SOCIAL_CARE = "childrens_social_care"
ADDING = "who belongs to a family"
"""The purpose with which those who search everybody look at somebody whom they found, to add them to a family."""


def rows_of_tie(sight: Sight, person_id: UUID, relation: str, of_id: UUID) -> list[Relationship]:
    """What stands on record of one relationship, in the order in which it was recorded."""
    standing = Relationship.objects.filter(
        person__person=person_id, relation=relation, of__person=of_id, withdrawn=False, superseded_by__isnull=True
    )
    return list(visible_to(sight, standing).select_related("person", "of").order_by("position", "id"))


def found_person(request: SignedInRequest, person_id: UUID) -> AgencyRecord | None:
    """Somebody whom the reader found; None where they may not know of them. Ask before reading about a child."""
    sight = request.sight
    if searches_everybody(sight):
        sight = read_as(request.membership, at=sight.at, purpose=ADDING)
    records = visible_to(sight, AgencyRecord.objects.filter(person=person_id)).select_related("person")
    return records.order_by("-recorded_at", "-id").first()


def team_that_records(child_id: UUID, agency: Agency) -> Team | None:
    """The team of social care that works with the child, or else the area's front door. Call it inside ``keeping``."""
    ties = TieRow.objects.filter(
        person=child_id, kind__in=(Kind.LEAD, Kind.TEAM), team__agency__sector=SOCIAL_CARE, until_at=None
    )
    tie = ties.select_related("team").order_by("-since_at").first()
    if tie is not None:
        return tie.team
    teams = Team.objects.filter(agency__sector=SOCIAL_CARE, agency__area=agency.area)
    return teams.order_by("-answers_for_agency", "name").first()
