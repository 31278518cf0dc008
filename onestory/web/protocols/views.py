"""Protocols: listed, drafted, approved by a second person, changed, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.agencies.queries import agency_numbered
from onestory.platform.sharing import actions, queries
from onestory.platform.sharing.models import Protocol
from onestory.platform.ui.requests import SignedInRequest
from onestory.platform.ui.wording import day_words
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, PRIVACY_OFFICER, only_for
from onestory.web.protocols import presenters
from onestory.web.protocols.forms import ApproveForm, DraftForm, EndForm
from onestory.web.protocols.usual import usual_classes, usual_kinds

OFFICE = (ADMINISTRATOR, PRIVACY_OFFICER)
SECTION = "administration"


@only_for(*OFFICE)
@require_safe
def protocols(request: SignedInRequest) -> HttpResponse:
    """Every protocol; and agencies that have none in force, whose information is not admitted."""
    today = timezone.localdate()
    said = {
        "rows": presenters.rows(queries.protocols(), today),
        "without": queries.agencies_without(today),
        "duty": presenters.duty_words(settings.DUTY_TO_DISCLOSE_FROM, today),
    }
    return render(request, "protocols/protocols.html", said)


@only_for(*OFFICE)
@require_safe
def protocol(request: SignedInRequest, protocol_id: UUID) -> HttpResponse:
    """One protocol with its history."""
    page = presenters.page(_or_404(protocol_id), timezone.localdate())
    return render(request, "protocols/protocol.html", {"page": page})


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, agency_id: UUID) -> HttpResponse:
    """Draft a protocol for an agency, with what its sector usually brings ticked already."""
    agency = agency_numbered(agency_id)
    if agency is None:
        raise Http404
    initial = {
        "kinds": sorted(usual_kinds(agency.sector)),
        "classes": [info.value for info in usual_classes(agency.sector)],
        "from_on": timezone.localdate(),
    }
    return _draft(request, agency, None, initial, back=reverse("sharing:protocols"))


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, protocol_id: UUID) -> HttpResponse:
    """Draft another protocol that replaces this one once it is approved."""
    found = _or_404(protocol_id)
    admits = list(found.admits.all())
    classes = list(InfoClass)
    initial = {
        "purpose": found.purpose,
        "basis": found.basis,
        "kinds": sorted({one.kind for one in admits}),
        "classes": sorted({classes[one.info - 1].value for one in admits}),
        "from_on": timezone.localdate(),
        "until_on": found.until_on,
    }
    return _draft(request, found.agency, found, initial, back=_address(found))


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, protocol_id: UUID) -> HttpResponse:
    """Stand behind it as second person."""
    found = _or_404(protocol_id)

    def act(given: dict[str, Any]) -> str:
        actions.approve_protocol(found, by=request.user, at=timezone.now())
        return _address(found)

    lead = (
        f"{found.drafted_by.display_name} drafted it. From {day_words(found.from_on)} on, what it admits comes in.",
        found.purpose,
    )
    question = Question("Approve this protocol", "Approve", _address(found), lead=lead, caption=found.agency.name)
    return ask(request, ApproveForm, question, act)


@only_for(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, protocol_id: UUID) -> HttpResponse:
    """From now on nothing is admitted by it."""
    found = _or_404(protocol_id)

    def act(given: dict[str, Any]) -> str:
        actions.end_protocol(found, **given, by=request.user, at=timezone.now())
        return _address(found)

    lead = ("What came in under it stays. Nothing more comes in, from today on.",)
    question = Question(
        "End this protocol", "End it", _address(found), lead=lead, caption=found.agency.name, serious=True
    )
    return ask(request, EndForm, question, act)


def _draft(
    request: SignedInRequest, agency: Agency, replaces: Protocol | None, initial: dict[str, Any], *, back: str
) -> HttpResponse:
    forms: list[DraftForm] = []

    def make(*args: Any, **kwargs: Any) -> DraftForm:
        forms.append(DraftForm(*args, **kwargs))
        return forms[-1]

    def act(given: dict[str, Any]) -> str:
        drafted = actions.draft_protocol(
            agency,
            purpose=given["purpose"],
            basis=given["basis"],
            admits=forms[-1].admits(),
            from_on=given["from_on"],
            until_on=given["until_on"],
            replaces=replaces,
            by=request.user,
            at=timezone.now(),
        )
        return _address(drafted)

    lead = ("Nothing is admitted by it until somebody else has approved it.",)
    heading = "Change the protocol" if replaces else "Draft a protocol"
    question = Question(heading, "Save the draft", back, lead=lead, caption=agency.name, section=SECTION)
    return ask(request, make, question, act, initial=initial)


def _or_404(protocol_id: UUID) -> Protocol:
    found = queries.protocol_numbered(protocol_id)
    if found is None:
        raise Http404
    return found


def _address(protocol: Protocol) -> str:
    return reverse("sharing:protocol", kwargs={"protocol_id": protocol.pk})
