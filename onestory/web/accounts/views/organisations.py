"""Signing in through one's own organisation."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.accounts import doorway
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.answering import read_answer
from onestory.platform.accounts.organisations.asking import address_to_ask, take_asked
from onestory.platform.accounts.organisations.finding import find_provider
from onestory.platform.accounts.policies import CannotSignIn, NotThroughOrganisation
from onestory.platform.accounts.proving import prove_by_organisation
from onestory.platform.accounts.queries import open_sign_in, open_sign_ins
from onestory.web.accounts.forms import OrganisationForm
from onestory.web.accounts.going import enter, going_to, safe

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the organisation, and go to its own sign-in.

    The page that follows sends the browser on: a redirect in answer to a form would need the form's page to
    allow every provider as a target of forms.
    """
    if request.user.is_authenticated:
        return redirect(going_to(request))
    form = OrganisationForm(request.POST or None, organisations=open_sign_ins())
    if not form.is_valid():
        return render(request, "accounts/organisation.html", {"form": form, "next": going_to(request)})
    chosen: OrganisationSignIn = form.cleaned_data["organisation"]
    try:
        address = address_to_ask(
            request,
            chosen,
            find_provider(chosen),
            back=_back(request, chosen),
            next=going_to(request),
            at=timezone.now(),
        )
    except CannotSignIn as refusal:
        return _refused(request, refusal)
    return render(request, "accounts/leaving.html", {"address": address, "name": chosen.agency.name})


@login_not_required
@never_cache
@require_safe
def answer(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """What the organisation's provider answered; every failure looks alike."""
    sign_in = open_sign_in(sign_in_id)
    if sign_in is None:
        raise Http404
    try:
        return _entered(request, sign_in)
    except CannotSignIn as refusal:
        return _refused(request, refusal)


def _entered(request: HttpRequest, sign_in: OrganisationSignIn) -> HttpResponse:
    at, said = timezone.now(), request.GET
    asked = take_asked(request, sign_in, state=said.get("state", ""), at=at)
    if "error" in said or not said.get("code"):
        raise NotThroughOrganisation("the provider answered with an error")
    provider = find_provider(sign_in)
    if said.get("iss", provider.issuer) != provider.issuer or (provider.names_issuer and "iss" not in said):
        raise NotThroughOrganisation("the answer is of another provider")
    told = read_answer(sign_in, provider, asked=asked, code=said["code"], back=_back(request, sign_in), at=at)
    user = prove_by_organisation(sign_in, told, at=at)
    if told.second_factor:
        onwards = safe(request, asked.next)
        return enter(request, user, first="organisation", second="organisation", next=onwards, at=at)
    doorway.begin(request, user, first="organisation", next=asked.next, at=at)
    return redirect("accounts:second_proof")


def _back(request: HttpRequest, sign_in: OrganisationSignIn) -> str:
    return request.build_absolute_uri(reverse("accounts:organisation_answer", kwargs={"sign_in_id": sign_in.pk}))


def _refused(request: HttpRequest, refusal: CannotSignIn) -> HttpResponse:
    logger.info("Signing in through an organisation refused: %s", refusal.reason)
    return render(request, "accounts/organisation_refused.html", {"words": str(refusal)}, status=403)
