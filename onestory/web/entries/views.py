"""Choose what it is, say it, see it saved; put an own entry right, or take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onestory.arrive.chronology.narrowing import Family, as_known_on
from onestory.arrive.chronology.queries import family_for
from onestory.arrive.entries.actions import add_entry, correct_entry, take_back_entry
from onestory.arrive.entries.front_door import NoFrontDoor
from onestory.arrive.entries.offers import OFFERS, Offer, offer_of_kind
from onestory.arrive.entries.policies import Refused, may_correct, may_record
from onestory.arrive.entries.queries import agencies_of_area, reads_words_of
from onestory.platform.history.new_entry import EntryRefused
from onestory.platform.history.record import Entry
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.entries import presenters
from onestory.web.entries.filled import filled
from onestory.web.entries.forms import CorrectForm, EntryForm, ReasonForm

FORM_FIELDS = {"own": "text", "agency": "text", "shared_with": "told"}
"""Where a problem of the record stands in the form, if not at the field of its own name."""


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """From anywhere: whose record, found first; then what it is."""
    if not may_record(request.sight):
        raise Http404
    person = request.GET.get("person", "")
    try:
        return redirect("entries:choose", child_id=UUID(person))
    except ValueError:
        return redirect(f"{reverse('people:find')}?then={reverse('entries:start')}")


@require_safe
def choose(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """What can be recorded."""
    family = _family(request, child_id)
    page = presenters.choose_page(family, request.membership.team.agency.sector, timezone.localdate())
    return render(request, "entries/choose.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, child_id: UUID, offer: str) -> HttpResponse:
    """The form of one offer; once it is saved, its place in the chronology."""
    if offer not in OFFERS:
        raise Http404
    family = _family(request, child_id)

    def keep(form: EntryForm) -> str:
        now = timezone.now()
        entry = add_entry(form.by_hand(), agency_id=request.sight.agency_id, by=request.user, at=now)
        return reverse("entries:saved", args=[child_id, entry.id])

    return _asked(request, family, OFFERS[offer], EntryForm, {}, keep)


@require_safe
def saved(request: SignedInRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """What was saved, where it stands in the chronology."""
    family = _family(request, child_id)
    found = presenters.find(family.history, str(entry_id))
    can = found is not None and may_correct(request.sight, found) and offer_of_kind(found.kind) is not None
    page = presenters.saved_page(family, str(entry_id), can_correct=can, today=timezone.localdate())
    return render(request, "entries/saved.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """An own entry as it stands, to be put right."""
    family = _family(request, child_id)
    entry = _own(request, family, entry_id)
    offer = offer_of_kind(entry.kind)
    if offer is None or not reads_words_of(request.sight, entry_id):
        raise Http404

    def keep(form: EntryForm) -> str:
        reason, now = form.cleaned_data["reason"], timezone.now()
        new = correct_entry(entry_id, what=form.by_hand(), reason=reason, by=request.user, at=now)
        return reverse("entries:saved", args=[child_id, new.id])

    return _asked(request, family, offer, CorrectForm, filled(entry, offer), keep)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: SignedInRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take an own entry back, with a reason."""
    family = _family(request, child_id)
    _own(request, family, entry_id)
    typed = typed_text.take_back(request)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=typed)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            take_back_entry(entry_id, reason=reason, by=request.user, at=timezone.now())
        except (EntryRefused, Refused) as problem:
            form.add_error("reason", _words(problem))
        else:
            return redirect("chronology", child_id=child_id)
    page = presenters.saved_page(family, str(entry_id), can_correct=True, today=timezone.localdate())
    return render(request, "entries/take_back.html", {"page": page, "form": form, "typed": typed is not None})


def _asked(
    request: SignedInRequest, family: Family, offer: Offer, make: Any, initial: dict[str, Any], keep: Any
) -> HttpResponse:
    """Show the form, keep what it says, and go where ``keep`` says; what was typed stays through every refusal."""
    today = timezone.localdate()
    agency = request.membership.team.agency
    near = presenters.around(family, agencies_of_area(agency), agency.sector)
    typed = typed_text.take_back(request)
    form = make(
        request.POST if request.method == "POST" else None,
        offer=offer,
        around=near,
        today=today,
        initial=typed or initial,
    )
    if form.is_valid():
        try:
            return HttpResponseRedirect(keep(form))
        except (EntryRefused, NoFrontDoor, Refused) as problem:
            _refuse(form, problem)
    page = presenters.choose_page(family, agency.sector, today)
    said = {"page": page, "offer": offer, "form": form, "typed": typed is not None, "correcting": bool(initial)}
    return render(request, "entries/add.html", said)


def _refuse(form: EntryForm, problem: EntryRefused | NoFrontDoor | Refused) -> None:
    for field in [one.field for one in problem.problems] if isinstance(problem, EntryRefused) else [None]:
        named = FORM_FIELDS.get(field or "", field or getattr(problem, "field", "text"))
        named = named if named in form.fields else f"own_{named}"
        form.add_error(named if named in form.fields else "text", _words(problem))


def _words(problem: Exception) -> str:
    if isinstance(problem, EntryRefused) and problem.field == "supersedes":
        return "Somebody has corrected this meanwhile. Look at it again in the chronology"
    return f"This cannot be recorded: {problem}"


def _family(request: SignedInRequest, child_id: UUID) -> Family:
    if not may_record(request.sight):
        raise Http404
    return family_for(request, child_id)


def _own(request: SignedInRequest, family: Family, entry_id: UUID) -> Entry:
    """An entry of the reader's own agency that still counts and that they see."""
    standing = as_known_on(family.history, None)
    found = presenters.find(standing, str(entry_id))
    if found is None or not may_correct(request.sight, found):
        raise Http404
    return found
