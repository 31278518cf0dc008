"""Everybody's own page about how they sign in."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onestory.platform.accounts import actions, doorway, passkeys
from onestory.platform.accounts.queries import factors_of
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.accounts.forms import NewPasswordForm
from onestory.web.accounts.going import going_to
from onestory.web.accounts.whose import whose_own


@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """What is set up, and the ways to change it."""
    said = {
        "factors": factors_of(request.user),
        "chosen": not doorway.is_proven(request),
        "ours": doorway.is_proven(request) and not doorway.through_organisation(request),
        "passkeys_possible": passkeys.possible_at(request.get_host()),
    }
    return render(request, "accounts/own.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show the codes that are left; sending the form makes new ones."""
    at = timezone.now()
    whose = whose_own(request, at)
    if isinstance(whose, HttpResponse):
        return whose
    if request.method == "POST":
        actions.renew_recovery_codes(whose.user, by=whose.user, at=at)
        return redirect("accounts:recovery_codes")
    onwards = going_to(request) if "next" in request.GET else ""
    said = {
        "codes": factors_of(whose.user).recovery_codes,
        "next": onwards or reverse("accounts:own"),
        "new": bool(onwards),
    }
    return render(request, "accounts/recovery_codes.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: SignedInRequest, passkey_id: int) -> HttpResponse:
    """Ask, then remove; the last second factor stays."""
    at = timezone.now()
    whose = whose_own(request, at)
    if isinstance(whose, HttpResponse):
        return whose
    if request.method == "POST":
        actions.remove_passkey(whose.user, passkey_id=passkey_id, by=whose.user, at=at)
        return redirect("accounts:own")
    factors = factors_of(whose.user)
    found = next((one for one in factors.passkeys if one.id == passkey_id), None)
    if found is None:
        return redirect("accounts:own")
    only = not factors.app and len(factors.passkeys) == 1
    return render(request, "accounts/remove_passkey.html", {"passkey": found, "only": only})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Choose another password; every other session of the person ends."""
    at = timezone.now()
    whose = whose_own(request, at)
    if isinstance(whose, HttpResponse):
        return whose
    form = NewPasswordForm(request.POST or None, user=whose.user)
    if form.is_valid():
        actions.change_password(whose.user, password=form.cleaned_data["password"], by=whose.user, at=at)
        update_session_auth_hash(request, whose.user)
        return redirect("accounts:own")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """Somebody who is still reading says so; the request itself is what counts."""
    return HttpResponse(status=204)
