"""From whom somebody is to be kept safe: recorded by those who work with them, ended by whoever leads."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access import actions as access
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Question, ask
from onestory.web.opening_records import policies, queries
from onestory.web.opening_records.forms import SureForm, ThreatForm
from onestory.web.opening_records.queries import Whose
from onestory.web.opening_records.views.opening import person_or_404

WHAT_IT_DOES = (
    "Whoever works with somebody named here sees no address, school, nursery, GP or next visit of the person, and not"
    " who told. It holds at once, for all of their agency who are tied to them, unless their lead lists a reader.",
    "It does not say that anything is proved.",
)


@require_safe
def dangers(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """From whom the person is to be kept safe."""
    person = _person_or_404(request, person_id)
    said = {
        "person": person,
        "dangers": queries.dangers_to(request.sight, person_id),
        "leads": policies.leads(request.sight, person_id),
    }
    return render(request, "opening_records/dangers.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Say who is alleged to be a danger to the person, and why."""
    person = _person_or_404(request, person_id)
    people = queries.people_around(request.sight, person_id)

    def act(given: dict[str, Any]) -> str:
        alleged, at = UUID(given["alleged"]), timezone.now()
        access.record_threat(person_id, alleged_id=alleged, reason=given["reason"], by=request.user, at=at)
        return _page(person)

    lead = WHAT_IT_DOES if people else ("Nobody else is on record around this person. Record who they are first.",)
    question = Question("Who is said to be a danger?", "Record", _page(person), lead=lead, caption=person.words())
    return ask(request, partial(ThreatForm, people=people), question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, person_id: UUID, threat_id: UUID) -> HttpResponse:
    """Somebody is no longer held to be a danger: only whoever leads says so."""
    person = _person_or_404(request, person_id)
    found = queries.threat_numbered(person_id, threat_id) if policies.leads(request.sight, person_id) else None
    if found is None:
        raise Http404

    def act(_: dict[str, Any]) -> str:
        access.end_protection(found, by=request.user, at=timezone.now())
        return _page(person)

    lead = ("Those who work with whoever was named see again what their ties open, from their next page on.",)
    question = Question("No longer a danger", "End it", _page(person), lead=lead, caption=person.words())
    return ask(request, SureForm, question, act)


def _page(person: Whose) -> str:
    return reverse("records:dangers", kwargs={"person_id": person.id})


def _person_or_404(request: SignedInRequest, person_id: UUID) -> Whose:
    person = person_or_404(request, person_id)
    if not policies.may_say_who_endangers(request.sight, person_id):
        raise Http404
    return person
