"""What whoever leads does: seal, protect a location, and a parent's wish about their own care history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access import actions as access
from onestory.platform.access.models import Seal
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import Make, Question, ask
from onestory.web.opening_records import actions, policies, queries
from onestory.web.opening_records.forms import (
    BasisForm,
    ProtectForm,
    ReadersForm,
    SealForm,
    SureForm,
    WishForm,
)
from onestory.web.opening_records.queries import Whose
from onestory.web.opening_records.views.opening import person_or_404

type Done = Callable[[dict[str, Any]], object]


@require_safe
def protections(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What closes the record or a part of it, and for whom it is open all the same."""
    person = _led_or_404(request, person_id)
    said = {"person": person, "closings": queries.closings_of(person_id)}
    return render(request, "opening_records/protections.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Seal the whole record with its list."""
    person = _led_or_404(request, person_id)

    def done(given: dict[str, Any]) -> None:
        ground = Seal.Ground(given["ground"])
        actions.seal(person_id, ground=ground, readers=given["readers"], by=request.user, at=timezone.now())

    lead = (
        "A sealed record looks to everybody else as if it were not there. Whoever is on the list also has to lead or"
        " manage the help.",
        "In an emergency two people together can open it for one hour.",
    )
    warning = "Write yourself on the list if you are to see it tomorrow."
    return _asked(request, person, SealForm, "Seal this record", "Seal", done, lead, warning)


@require_http_methods(["GET", "HEAD", "POST"])
def name_more(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """More readers of a sealed record."""
    person = _led_or_404(request, person_id)
    sealed = queries.closings_of(person_id).seal
    if sealed is None:
        raise Http404

    def done(given: dict[str, Any]) -> None:
        actions.name_more(sealed, **given, by=request.user, at=timezone.now())

    return _asked(request, person, ReadersForm, "Who else may open this record?", "Add to the list", done)


@require_http_methods(["GET", "HEAD", "POST"])
def unseal(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Ask, as the first of two people, that the record be open again as far as ties go."""
    person = _led_or_404(request, person_id)
    sealed = queries.closings_of(person_id).seal
    if sealed is None:
        raise Http404

    def done(_: dict[str, Any]) -> None:
        access.ask_to_open_seal(sealed, by=request.user, at=timezone.now())

    lead = (
        "Two people open a seal. Once a second one has, everybody whose ties open the record sees it.",
        "The second is somebody else who leads, or a manager of your agency, within a week.",
    )
    return _asked(request, person, SureForm, "Ask to open this seal", "Ask", done, lead)


@require_http_methods(["GET", "HEAD", "POST"])
def open_seal(request: SignedInRequest, seal_id: UUID) -> HttpResponse:
    """Open it as the second person. The page does not say whose record it is: whoever asked does."""
    sealed = queries.seal_numbered(seal_id)
    asker = queries.post_of(sealed.opening_asked_by, sealed.opening_asked_at) if sealed else None
    if sealed is None or not policies.may_open_seal(sealed, request.sight, asker):
        raise Http404

    def act(_: dict[str, Any]) -> str:
        access.open_seal(sealed, by=request.user, at=timezone.now())
        return reverse("my_work")

    asked_by = sealed.opening_asked_by.display_name if sealed.opening_asked_by else ""
    lead = (
        f"{asked_by} has asked to open a sealed record. Ring them before you answer: they say whose it is.",
        "Once it is open, everybody whose ties open the record sees it.",
    )
    question = Question("Open a seal as second person", "Open the seal", reverse("my_work"), lead=lead, serious=True)
    return ask(request, SureForm, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Protect where the person lives and goes."""
    person = _led_or_404(request, person_id)

    def done(given: dict[str, Any]) -> None:
        actions.protect(person_id, **given, by=request.user, at=timezone.now())

    lead = (
        "Address, school, nursery, GP and the next visit are shown to nobody but whom you list. Others who work with"
        " the person read: “protected, ask the holder”.",
        "Whoever is tied to somebody dangerous sees nothing of it, not even that, unless you list them.",
    )
    return _asked(request, person, ProtectForm, "Protect where they are", "Protect", done, lead)


@require_http_methods(["GET", "HEAD", "POST"])
def list_more(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """More readers who may know where the person is."""
    person = _led_or_404(request, person_id)

    def done(given: dict[str, Any]) -> None:
        actions.list_more(person_id, **given, by=request.user, at=timezone.now())

    return _asked(request, person, ReadersForm, "Who else may know where they are?", "Add to the list", done)


@require_http_methods(["GET", "HEAD", "POST"])
def unlist(request: SignedInRequest, person_id: UUID, listing_id: UUID) -> HttpResponse:
    """Take a reader off a list."""
    person = _led_or_404(request, person_id)
    found = queries.listing_numbered(person_id, listing_id)
    if found is None:
        raise Http404

    def done(_: dict[str, Any]) -> None:
        access.end_protection(found, by=request.user, at=timezone.now())

    lead = (f"{found.user or found.team} no longer sees it, from their next page on.",)
    return _asked(request, person, SureForm, "Take off the list", "Take off", done, lead)


@require_http_methods(["GET", "HEAD", "POST"])
def end_protection(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Where the person is can be seen again by those whose ties open it."""
    person = _led_or_404(request, person_id)
    found = queries.closings_of(person_id).location
    if found is None:
        raise Http404

    def done(_: dict[str, Any]) -> None:
        access.end_protection(found, by=request.user, at=timezone.now())

    lead = ("Everybody whose ties open it sees where they are from now on.",)
    return _asked(request, person, SureForm, "End this protection", "End it", done, lead)


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A parent does not want an agency, or any other, to know of their own care history (T4.5)."""
    person = _led_or_404(request, person_id)
    agencies = queries.other_agencies(request.sight)

    def done(given: dict[str, Any]) -> None:
        agency = UUID(given["agency"]) if given["agency"] else None
        access.record_care_history_wish(person_id, agency_id=agency, by=request.user, at=timezone.now())

    make = partial(WishForm, agencies=agencies, every="Any other agency")
    lead = ("They decide who may know that they were in care. The wish counts at once.",)
    return _asked(request, person, make, "Who is not to know of their own care history?", "Record", done, lead)


@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """On which basis an agency may know all the same (T4.5)."""
    person = _led_or_404(request, person_id)
    agencies = queries.other_agencies(request.sight)

    def done(given: dict[str, Any]) -> None:
        agency = UUID(given["agency"])
        at = timezone.now()
        access.record_care_history_basis(person_id, agency_id=agency, basis=given["basis"], by=request.user, at=at)

    make = partial(BasisForm, agencies=agencies, every="Select")
    lead = ("To go against a wish needs a reason that can be read out to the person.",)
    return _asked(request, person, make, "A basis for knowing of their care history", "Record", done, lead)


def _asked(
    request: SignedInRequest,
    person: Whose,
    make: Make,
    heading: str,
    button: str,
    done: Done,
    lead: tuple[str, ...] = (),
    warning: str = "",
) -> HttpResponse:
    """A question of these pages; afterwards back to what closes the record, or to my work where it is closed now."""
    page = reverse("records:protections", kwargs={"person_id": person.id})

    def act(given: dict[str, Any]) -> str:
        done(given)
        return page

    question = Question(heading, button, page, lead=lead, warning=warning, caption=person.words())
    return ask(request, make, question, act)


def _led_or_404(request: SignedInRequest, person_id: UUID) -> Whose:
    person = person_or_404(request, person_id)
    if not policies.leads(request.sight, person_id):
        raise Http404
    return person
