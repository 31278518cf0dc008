"""Who may open and close records, beyond what platform/access checks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.platform.access.models import BreakGlass, Seal
from onestory.platform.access.policies import has_interest
from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight
from onestory.platform.access.ties import Kind
from onestory.platform.agencies.models import Membership
from onestory.platform.agencies.policies import APART
from onestory.platform.people.queries import may_know_of


def works_with_records(sight: Sight) -> bool:
    """Whether the reader's role works with children's records at all."""
    return APART not in ROLES[sight.role].groups


def leads(sight: Sight, person_id: UUID) -> bool:
    """Whether the reader leads for the person, or manages whoever does, and sees the record at all."""
    return Kind.LEAD in sight.kinds_of_ties(person_id) and may_know_of(sight, person_id)


def may_say_who_endangers(sight: Sight, person_id: UUID) -> bool:
    """Who leads, who is named for the person, and the front door while it decides; the record must be open to them.

    Saying so only takes away: it hides where the person is, and who told, from those tied to whoever is named.
    """
    kinds = {Kind.LEAD, Kind.WORKER, Kind.FRONT_DOOR}
    return bool(kinds & sight.kinds_of_ties(person_id)) and may_know_of(sight, person_id)


def may_open_seal(seal: Seal, sight: Sight, asker: Membership | None) -> bool:
    """Whether the reader can be the second person: who leads too, or a manager in the agency of whoever asked."""
    if seal.opening_asked_by_id in (None, sight.user_id) or has_interest(
        user_id=sight.user_id, person_id=seal.person_id
    ):
        return False
    manages = sight.role == "social_work_manager" and asker is not None and asker.team.agency_id == sight.agency_id
    return manages or leads(sight, seal.person_id)


def may_be_second(opened: BreakGlass, sight: Sight, opener: Membership | None, *, at: dt.datetime) -> bool:
    """Whether the reader can be the second person: a colleague of the opener, or who answers in emergencies.

    They need no tie to the person, of whom they are told nothing; with an interest of their own they are nobody here.
    """
    tie = opened.tie
    if tie.user_id == sight.user_id or not works_with_records(sight) or (tie.until_at and at >= tie.until_at):
        return False
    if has_interest(user_id=sight.user_id, person_id=tie.person_id):
        return False
    colleague = opener is not None and opener.team.agency_id == sight.agency_id
    return colleague or bool({"emergency", "front_door_role"} & ROLES[sight.role].groups)
