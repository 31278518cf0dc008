"""The entries of a check: asking and answering stand in the chronology, so that the rules read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.decide.checks.models import Check
from onestory.decide.checks.states import Sort
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord

TYPES = {Sort.CHECK: "check", Sort.WELFARE: "welfare_check"}
VISITS = {
    Check.Outcome.SEEN_WELL: "seen",
    Check.Outcome.SEEN_WORRY: "seen",
    Check.Outcome.NO_ACCESS: "no_access",
    Check.Outcome.WRONG_ADDRESS: "wrong_address",
}


def record_asking(
    *,
    code: str,
    sort: Sort,
    about: Sequence[AgencyRecord],
    asking: Team,
    asked: Team,
    text: str,
    by: User,
    at: dt.datetime,
) -> Entry:
    """The request's entry."""
    own = {"type": TYPES[sort], "of": str(asked.agency_id), "stage": "asked", "request": code}
    return _entry(asking.agency_id, "request", own, [one.id for one in about], text, "routine", by, at)


def record_stage(check: Check, stage: str, text: str, *, by: User, at: dt.datetime) -> Entry:
    """That the request was accepted, declined, answered or withdrawn; it closes the commitment where it ends.

    It is recorded by whoever was asked; that it was withdrawn by whoever asked.
    """
    recorded_by = check.asking_team if stage == "withdrawn" else check.asked_team
    own = {
        "type": TYPES[Sort(check.sort)],
        "of": str(check.asked_team.agency_id),
        "stage": stage,
        "request": check.request.own["request"],
    }
    return _entry(recorded_by.agency_id, "request", own, about_of(check), text, "routine", by, at)


def record_found(check: Check, *, by: User, at: dt.datetime) -> Entry:
    """What the check found: nothing held, or what bears on the child."""
    agency = str(check.asked_team.agency_id)
    held = check.state == "held"
    own: dict[str, Any] = {
        "asked": (agency,),
        "answered": (agency,),
        "result": "nothing_adverse" if held else "nothing_held",
        "found": check.relevance,
    }
    if not held:
        del own["found"]
    told = f" What the parent was told: {check.parent_told}" if check.parent_told else ""
    text = f"Searched: {check.searched}.{told}"
    return _entry(check.asked_team.agency_id, "check", own, about_of(check), text, "routine", by, at)


def record_welfare(check: Check, seen: Sequence[UUID], *, by: User, at: dt.datetime) -> Entry:
    """What the police found: a visit, with who was seen."""
    own = {"outcome": VISITS[Check.Outcome(check.outcome)]}
    return _entry(
        check.asked_team.agency_id, "visit", own, about_of(check), check.relevance, "key", by, at, seen=tuple(seen)
    )


def about_of(check: Check) -> list[UUID]:
    """The records of the people whom the check is about."""
    return list(check.people.order_by("id").values_list("record_id", flat=True))


def _entry(
    agency: UUID,
    kind: str,
    own: dict[str, Any],
    about: Sequence[UUID],
    text: str,
    weight: str,
    by: User,
    at: dt.datetime,
    **more: Any,
) -> Entry:
    return record_entry(
        agency=agency,
        kind=kind,
        happened=day(timezone.localdate(at)),
        about=tuple(about),
        own=own,
        text=text,
        weight=weight,
        by=by,
        at=at,
        **more,
    )
