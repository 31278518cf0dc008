"""The entries of a request: asking, answering, coming or not, and what came of it, so that the rules read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.help.services.lists import results, service_types
from onestory.help.services.models import Service, ServiceRequest
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.people.models import AgencyRecord


def restricted_of(service: Service) -> str | None:
    """What is asked of a service for adults is that service's own detail: only what bears on the child is told."""
    known = service_types().get(service.taxonomy_term)
    return (known.restricted or None) if known else None


def record_asking(
    *, code: UUID, service: Service, about: Sequence[AgencyRecord], team: Team, why: str, by: User, at: dt.datetime
) -> Entry:
    """That the service was asked for."""
    own = {"type": service.taxonomy_term, "stage": "asked", "request": str(code)}
    if service.team:
        own["of"] = str(service.team.agency_id)
    return _entry(service, team, "request", own, [one.id for one in about], f"Asked: {service}. {why}", by, at)


def record_stage(
    request: ServiceRequest, stage: str, text: str, *, team: Team, by: User, at: dt.datetime, weight: str = "routine"
) -> Entry:
    """That the request was accepted, declined, answered or withdrawn; all but the first close the commitment."""
    service = request.service
    own = {"type": service.taxonomy_term, "stage": stage, "request": str(request.id)}
    if request.asked_team:
        own["of"] = str(request.asked_team.agency_id)
    return _entry(service, team, "request", own, about_of(request), text, by, at, weight=weight)


def record_waiting(request: ServiceRequest, text: str, *, team: Team, by: User, at: dt.datetime) -> Entry:
    """That there is a waiting list. It answers nothing: the request stays open for the rules."""
    return _entry(request.service, team, "note", {}, about_of(request), text, by, at)


def record_attendance(
    request: ServiceRequest,
    *,
    on: dt.date,
    outcome: str,
    words: str,
    seen: Collection[UUID],
    team: Team,
    by: User,
    at: dt.datetime,
) -> Entry:
    """That they came or did not: an appointment with its outcome, on the day on which it was."""
    own = {"service": request.service.taxonomy_term, "outcome": outcome}
    about = about_of(request)
    text = f"{request.service}. {words}".strip()
    met = tuple(one for one in about if one in seen) if outcome == "kept" else ()
    return _entry(request.service, team, "appointment", own, about, text, by, at, on=on, seen=met)


def record_adverse(request: ServiceRequest, *, team: Team, by: User, at: dt.datetime) -> Entry | None:
    """That a test found a need or risk; None where the result tells of none."""
    known = service_types().get(request.service.taxonomy_term)
    if known is None or not known.factor or not results()[request.result].adverse:
        return None
    text = f"{known.words}: {request.result_words}"
    more: Mapping[str, Any] = {"factors": frozenset({known.factor}), "weight": "key"}
    return _entry(request.service, team, "observation", {}, about_of(request), text, by, at, **more)


def record_action_done(request: ServiceRequest, *, team: Team, by: User, at: dt.datetime) -> Entry | None:
    """That what the plan asked for is done, with the result as its evidence; None where it was for no action."""
    if not request.action or not results()[request.result].done:
        return None
    own = {"action": request.action, "stage": "done"}
    text = f"{request.service}: {results()[request.result].words}. {request.result_words}"
    return _entry(request.service, team, "action", own, about_of(request), text, by, at)


def record_gap(record: AgencyRecord, text: str, *, team: Team, by: User, at: dt.datetime) -> Entry:
    """That help was needed and not to be had."""
    return record_entry(
        agency=team.agency_id,
        kind="note",
        happened=day(timezone.localdate(at)),
        about=(record.id,),
        text=text,
        by=by,
        at=at,
    )


def about_of(request: ServiceRequest) -> list[UUID]:
    """The records of the people for whom it was asked."""
    return list(request.people.order_by("id").values_list("record_id", flat=True))


def _entry(
    service: Service,
    team: Team,
    kind: str,
    own: dict[str, Any],
    about: Sequence[UUID],
    text: str,
    by: User,
    at: dt.datetime,
    *,
    on: dt.date | None = None,
    **more: Any,
) -> Entry:
    return record_entry(
        agency=team.agency_id,
        kind=kind,
        happened=day(on or timezone.localdate(at)),
        about=tuple(about),
        own=own,
        text=text,
        restricted=None if kind in ("action", "observation") else restricted_of(service),
        by=by,
        at=at,
        **({"known": day(timezone.localdate(at))} if on else {}),
        **more,
    )
