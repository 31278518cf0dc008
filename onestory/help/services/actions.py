"""Asking for a service, answering, attendance, result, and help that was not to be had: all writes of requests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.help.services import policies, recording
from onestory.help.services.lists import gap_sorts, results, type_words
from onestory.help.services.models import Attendance, Gap, RequestPerson, Service, ServiceRequest
from onestory.help.services.states import State, after
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.actions import acknowledge_for_entry, send_notice, take_back_for_entry
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words


@transaction.atomic
def ask_for_service(
    service: Service,
    *,
    about: Sequence[AgencyRecord],
    team: Team,
    why: str,
    by: User,
    at: dt.datetime,
    action: str = "",
) -> ServiceRequest:
    """Ask for a service for these people; its team has it in its inbox with a clock (L4; T4.3, F5.39).

    ``action``: the code of the plan's action that it is for. Raises CannotKeep.
    """
    policies.check_may_ask(service, people=about, why=why)
    code = new_id()
    with keeping():
        entry = recording.record_asking(code=code, service=service, about=about, team=team, why=why, by=by, at=at)
        request = ServiceRequest.objects.create(
            id=code,
            service=service,
            entry=entry,
            asking_team=team,
            asked_team=service.team,
            asked_by=by,
            asked_at=at,
            changed_at=at,
            why=why,
            action=action,
            info=(InfoClass.SOURCE_DETAIL if recording.restricted_of(service) else InfoClass.PLANS).number,
            agency_id=team.agency_id,
            keys=keys_for(one.id for one in about),
        )
        RequestPerson.objects.bulk_create(RequestPerson(request=request, record=one) for one in about)
        if service.team:
            _send(request, service.team, "service", f"{service.name}: {why}", entry, by=by, at=at)
    return request


@transaction.atomic
def accept_request(request_id: UUID, *, team: Team, by: User, at: dt.datetime, words: str = "") -> ServiceRequest:
    """Say that they can come. Raises NotNow."""
    with keeping():
        request = _answering(request_id, "accept", team, by, at)
        text = f"Accepted: {request.service}. {words}".strip()
        recording.record_stage(request, "accepted", text, team=team, by=by, at=at)
        return _answered(request, text, team, by=by, at=at)


@transaction.atomic
def put_on_waiting_list(
    request_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime, expected_on: dt.date | None = None
) -> ServiceRequest:
    """Say that they have to wait, why, and about until when. It stays visible as waiting (H5). Raises NotNow."""
    policies.check_words(reason, "Enter why they have to wait")
    with keeping():
        request = _answering(request_id, "wait", team, by, at)
        request.reason, request.expected_on = reason, expected_on
        about = f" A place is expected about {day_words(expected_on)}." if expected_on else " No day is known."
        text = f"On the waiting list: {request.service}. {reason}.{about}".replace("..", ".")
        recording.record_waiting(request, text, team=team, by=by, at=at)
        return _answered(request, text, team, by=by, at=at)


@transaction.atomic
def decline_request(request_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> ServiceRequest:
    """Say that they cannot come, and why; whoever asked is told, and what the plan wanted stays open. Raises NotNow."""
    policies.check_words(reason, "Enter why it is declined")
    with keeping():
        request = _answering(request_id, "decline", team, by, at)
        request.reason = reason
        text = f"Declined: {request.service}. {reason}"
        recording.record_stage(request, "declined", text, team=team, by=by, at=at, weight="key")
        return _answered(request, text, team, by=by, at=at)


@transaction.atomic
def withdraw_request(request_id: UUID, *, reason: str, team: Team, by: User, at: dt.datetime) -> ServiceRequest:
    """Say that it is no longer needed, and why. Raises NotNow."""
    policies.check_words(reason, "Enter why it is no longer needed")
    with keeping():
        request = _locked(request_id)
        policies.check_asked(request, team)
        request.state, request.reason, request.changed_at = after(request.state, "withdraw"), reason, at
        text = f"No longer needed: {request.service}. {reason}"
        recording.record_stage(request, "withdrawn", text, team=team, by=by, at=at)
        request.save()
        take_back_for_entry(request.entry, words=text, by=by, at=at)
    return request


@transaction.atomic
def record_attendance(
    request_id: UUID,
    *,
    on: dt.date,
    outcome: str,
    words: str,
    seen: Collection[UUID],
    team: Team,
    by: User,
    at: dt.datetime,
) -> Attendance:
    """Say that they came, or did not; ``seen``: which children were seen, by agency record (F5.36, F5.44).

    Raises NotNow.
    """
    policies.check_attendance(on=on, today=timezone.localdate(at))
    with keeping():
        request = _locked(request_id)
        policies.check_answers(request, team)
        if request.state != State.ACCEPTED:
            raise CannotHappen("Accept the request first.")
        given: dict[str, Any] = {"on": on, "outcome": outcome, "words": words}
        entry = recording.record_attendance(request, seen=seen, team=team, by=by, at=at, **given)
        return Attendance.objects.create(request=request, entry=entry, **given)


@transaction.atomic
def end_with_result(
    request_id: UUID, *, result: str, words: str, team: Team, by: User, at: dt.datetime
) -> ServiceRequest:
    """Say what came of it. A finished one closes the plan's action; what a test found stands as a need or risk (F5.22).

    Raises NotNow.
    """
    with keeping():
        request = _locked(request_id)
        policies.check_answers(request, team)
        policies.check_result(request, result, words)
        request.state, request.changed_at, request.answered_by = after(request.state, "end"), at, by
        request.result, request.result_words = result, words
        text = f"{request.service}: {results()[result].words}. {words}"
        recording.record_stage(request, "answered", text, team=team, by=by, at=at, weight="key")
        recording.record_adverse(request, team=team, by=by, at=at)
        recording.record_action_done(request, team=team, by=by, at=at)
        return _answered(request, text, team, by=by, at=at)


@transaction.atomic
def note_gap(
    record: AgencyRecord, *, sort: str, taxonomy_term: str, words: str, team: Team, by: User, at: dt.datetime
) -> Gap:
    """Say that help was needed for a child and not to be had, and why; it is counted (H5; F5.39, T4.3, T4.7).

    Raises CannotKeep.
    """
    policies.check_gap(sort=sort, taxonomy_term=taxonomy_term)
    text = (
        f"Needed and not to be had: {type_words(taxonomy_term).lower()}. {gap_sorts()[sort].sentence} {words}".strip()
    )
    with keeping():
        return Gap.objects.create(
            sort=sort,
            taxonomy_term=taxonomy_term,
            record=record,
            entry=recording.record_gap(record, text, team=team, by=by, at=at),
            words=words,
            noted_by=by,
            noted_at=at,
            info=InfoClass.PLANS.number,
            agency_id=team.agency_id,
            keys=keys_for([record.id]),
        )


def _answering(request_id: UUID, event: str, team: Team, by: User, at: dt.datetime) -> ServiceRequest:
    request = _locked(request_id)
    policies.check_answers(request, team)
    request.state, request.changed_at, request.answered_by = after(request.state, event), at, by
    return request


def _answered(request: ServiceRequest, text: str, team: Team, *, by: User, at: dt.datetime) -> ServiceRequest:
    """Keep it, let its notices wait no more, and tell whoever asked."""
    request.save()
    acknowledge_for_entry(request.entry, by=by, at=at)
    if request.asking_team_id != team.id:
        _send(request, request.asking_team, "answer", text, None, by=by, at=at)
    return request


def _send(
    request: ServiceRequest, to_team: Team, kind: str, words: str, entry: Entry | None, *, by: User, at: dt.datetime
) -> None:
    answered = entry is None
    send_notice(
        to_team=to_team,
        from_team=request.asked_team if answered else request.asking_team,
        for_user=request.asked_by if answered else None,
        about=AgencyRecord.objects.filter(id__in=recording.about_of(request)),
        kind=kind,
        words=words,
        address=f"/service-requests/{request.id}",
        entry=entry,
        by=by,
        at=at,
    )


def _locked(request_id: UUID) -> ServiceRequest:
    """The row, held until the transaction ends, so that of two who answer at once the second sees the first."""
    requests = ServiceRequest.objects.select_for_update(of=("self",))
    related = ("service__organization", "service__team", "asked_team", "asking_team", "asked_by", "entry")
    return requests.select_related(*related).get(id=request_id)
