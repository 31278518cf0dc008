"""Which families need me; who works for a child; supervision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.queries import family_for
from onestory.oversee.supervision import actions, queries
from onestory.oversee.supervision.drift import drifting
from onestory.oversee.supervision.policies import manages
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.agencies.queries import posts_in
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.child import Identity, identity_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.checks.queries import record_for
from onestory.web.supervision import forms, presenters


@require_safe
def my_team(request: SignedInRequest) -> HttpResponse:
    """The manager's children of whom something is overdue, what is longest overdue first."""
    if not manages(request.membership):
        raise Http404
    today = timezone.localdate()
    facts = queries.facts_of(request.sight, today)
    rows = presenters.family_rows(drifting(facts, today), today)
    people = [UUID(one.child) for one in rows]
    sight = request.sight
    record_access(
        act=Act.LOOK,
        what="my team",
        people=people,
        by=request.user,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
    )
    said = {"rows": rows, "sentence": presenters.count_sentence(rows, len(facts))}
    return render(request, "supervision/my_team.html", said)


@require_safe
def workers(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Who works and worked for the child; supervision, for those of the agency who may read it."""
    identity = _identity(request, child_id)
    said = {
        "child": str(child_id),
        "identity": identity,
        "workers": presenters.worker_rows(queries.workers_of(request.sight, child_id)),
        "talks": presenters.talk_rows(queries.supervision_of(request.sight, child_id)),
        "manages": manages(request.membership),
        "team": request.membership.team.name,
    }
    return render(request, "supervision/workers.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def allocate(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Give the child to a worker of one's own team, or let somebody cover."""
    identity, record = _managed(request, child_id)
    team = request.membership.team
    people = {str(one.user_id): one.user for one in posts_in(team, timezone.localdate())}

    def make(data: Any, **more: Any) -> django_forms.Form:
        return forms.AllocateForm(data, people=[(key, str(user)) for key, user in people.items()], **more)

    def act(given: dict[str, Any]) -> str:
        worker = people[given.pop("worker")]
        actions.allocate(record, worker=worker, team=team, **given, by=request.user, at=timezone.now())
        return _back(child_id)

    lead = "They see the child’s record from then on. Whoever had the child before stays in the history."
    question = Question("Who works for this child", "Save", _back(child_id), lead=(lead,), about=identity)
    return ask(request, make, question, act, initial={"sort": "worker"})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, child_id: UUID, allocation_id: UUID) -> HttpResponse:
    """Say that a worker has the child no longer."""
    identity, record = _managed(request, child_id)
    found = queries.allocation_of(request.sight, allocation_id)
    if found is None or found.record.person_id != record.person_id:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        actions.end_allocation(allocation_id, why=given["why"], by=request.user, at=timezone.now())
        return _back(child_id)

    heading = f"{found.worker} has this child no longer"
    question = Question(heading, "End it", _back(child_id), about=identity, serious=True)
    return ask(request, forms.EndForm, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def supervise(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Record supervision."""
    identity, record = _managed(request, child_id)

    def act(given: dict[str, Any]) -> str:
        team = request.membership.team
        actions.record_supervision(record, team=team, **given, by=request.user, at=timezone.now())
        return _back(child_id)

    question = Question("Record supervision", "Save", _back(child_id), about=identity)
    return ask(request, forms.SuperviseForm, question, act)


def _managed(request: SignedInRequest, child_id: UUID) -> tuple[Identity, AgencyRecord]:
    """The child and their record, for whoever manages; 404 alike for anybody else."""
    identity = _identity(request, child_id)
    record = record_for(request.sight, child_id)
    if record is None or not manages(request.membership):
        raise Http404
    return identity, record


def _identity(request: SignedInRequest, child_id: UUID) -> Identity:
    family = family_for(request, child_id)
    return identity_of(family.history.people[family.child], timezone.localdate())


def _back(child_id: UUID) -> str:
    return reverse("supervision:workers", kwargs={"child_id": child_id})
