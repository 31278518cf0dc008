"""The second proof on the way in, and the same asked again before second factors or the password are changed."""

from __future__ import annotations

import datetime as dt
import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onestory.platform.access.models import User
from onestory.platform.accounts import demonstration, doorway, passkeys
from onestory.platform.accounts.policies import CannotSignIn
from onestory.platform.accounts.proving import prove_by_code, prove_by_passkey
from onestory.platform.accounts.queries import factors_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.accounts.forms import CodeForm, PasskeyForm
from onestory.web.accounts.going import enter, going_to, safe

logger = logging.getLogger(__name__)
Typed = CodeForm | PasskeyForm


@login_not_required
@never_cache
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second_proof(request: HttpRequest) -> HttpResponse:
    """Code or passkey of somebody who gave the first proof; who has none sets one up."""
    at = timezone.now()
    waiting = doorway.pending(request, at)
    if waiting is None:
        return redirect("accounts:sign_in")
    user, pending = waiting
    if not factors_of(user).any:
        return redirect("accounts:set_up")
    form = _form(request)
    second = _proved(user, form, at)
    if second:
        return enter(request, user, first=pending.first, second=second, next=safe(request, pending.next), at=at)
    return _page(request, user, form, at, confirming=False)


@never_cache
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest) -> HttpResponse:
    """The signed-in person proves again who they are."""
    at, user = timezone.now(), request.user
    if not doorway.is_proven(request) or doorway.through_organisation(request):
        return redirect("accounts:own")
    form = _form(request)
    if _proved(user, form, at):
        doorway.confirm(request, at)
        return redirect(going_to(request))
    return _page(request, user, form, at, confirming=True)


def _form(request: HttpRequest) -> Typed:
    kind = PasskeyForm if "credential" in request.POST else CodeForm
    return kind(request.POST or None)


def _proved(user: User, form: Typed, at: dt.datetime) -> str | None:
    """By which second factor; None where there is nothing yet, or the form says what was wrong."""
    if not form.is_valid():
        return None
    try:
        if isinstance(form, PasskeyForm):
            return prove_by_passkey(user, credential=form.cleaned_data["credential"], at=at)
        return prove_by_code(user, typed=form.cleaned_data["code"], at=at)
    except CannotSignIn as refusal:
        logger.info("Signing in refused: %s", refusal.reason)
        form.add_error(next(iter(form.fields)), str(refusal))
        return None


def _page(request: HttpRequest, user: User, form: Typed, at: dt.datetime, *, confirming: bool) -> HttpResponse:
    factors = factors_of(user)
    offered = bool(factors.passkeys) and passkeys.possible_at(request.get_host())
    said = {
        "form": form,
        "of_passkey": isinstance(form, PasskeyForm),
        "factors": factors,
        "passkey": passkeys.ask_to_use(user) if offered else None,
        "code_shown": demonstration.code_now(user, at),
        "confirming": confirming,
        "next": going_to(request),
    }
    return render(request, "accounts/second_proof.html", said)
