"""How an agency's people sign in through their own organisation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.office.actions import keep_sign_in, open_sign_in, shut_sign_in
from onestory.platform.accounts.office.queries import sign_in_numbered
from onestory.platform.agencies.models import Agency
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.administration.forms import NothingForm, ProviderForm
from onestory.web.administration.views.agencies import SECTION, agency_or_404
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, only_for

FIELDS = ("issuer", "client_id", "secret_reference", "amr_values", "acr_values")


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_provider(request: SignedInRequest, agency_id: UUID) -> HttpResponse:
    """Write down a provider of the agency."""
    return _write_down(request, agency_or_404(agency_id), None, {"amr_values": "mfa"})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_provider(request: SignedInRequest, sign_in_id: UUID) -> HttpResponse:
    """Correct a provider; it is shut until somebody else opens it."""
    found = _or_404(sign_in_id)
    return _write_down(request, found.agency, found, {name: getattr(found, name) for name in FIELDS})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def open_provider(request: SignedInRequest, sign_in_id: UUID) -> HttpResponse:
    """Open it, as somebody other than whoever wrote it down."""
    found = _or_404(sign_in_id)

    def act(given: dict[str, Any]) -> str:
        open_sign_in(found, by=request.user, at=timezone.now())
        return _address(found.agency)

    writer = found.changed_by.display_name if found.changed_by else "Somebody"
    lead = (
        f"{writer} wrote down {found.issuer}. Check the address letter by letter with the agency.",
        f"Send them back to: {request.build_absolute_uri(_answer(found))}",
    )
    warning = "Whoever runs the provider can sign in as anybody of this agency."
    return ask(request, NothingForm, _question("Open this provider", "Open it", found.agency, lead, warning), act)


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def shut_provider(request: SignedInRequest, sign_in_id: UUID) -> HttpResponse:
    """Shut it: nobody signs in through it any more."""
    found = _or_404(sign_in_id)

    def act(given: dict[str, Any]) -> str:
        shut_sign_in(found, by=request.user, at=timezone.now())
        return _address(found.agency)

    lead = (f"Nobody signs in through {found.issuer} any more. People of the agency then need a password.",)
    return ask(request, NothingForm, _question("Shut this provider", "Shut it", found.agency, lead), act)


def _write_down(
    request: SignedInRequest, agency: Agency, known: OrganisationSignIn | None, initial: dict[str, Any]
) -> HttpResponse:
    def act(given: dict[str, Any]) -> str:
        keep_sign_in(agency, known=known, **given, by=request.user, at=timezone.now())
        return _address(agency)

    lead = ("It stays shut until another administrator has checked and opened it.",)
    return ask(request, ProviderForm, _question("Sign-in provider", "Save", agency, lead), act, initial=initial)


def _question(heading: str, button: str, agency: Agency, lead: tuple[str, ...], warning: str = "") -> Question:
    return Question(heading, button, _address(agency), lead=lead, warning=warning, caption=agency.name, section=SECTION)


def _or_404(sign_in_id: UUID) -> OrganisationSignIn:
    found = sign_in_numbered(sign_in_id)
    if found is None:
        raise Http404
    return found


def _address(agency: Agency) -> str:
    return reverse("administration:agency", kwargs={"agency_id": agency.pk})


def _answer(sign_in: OrganisationSignIn) -> str:
    return reverse("accounts:organisation_answer", kwargs={"sign_in_id": sign_in.pk})
