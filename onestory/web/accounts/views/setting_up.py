"""Setting up a second factor: the first one on the way in, others later."""

from __future__ import annotations

import datetime as dt
import logging
import re

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.models import User
from onestory.platform.accounts import passkeys
from onestory.platform.accounts.policies import CannotSignIn
from onestory.platform.accounts.proving import set_up_app, set_up_passkey
from onestory.platform.accounts.sealing import CannotOpen, seal, unseal
from onestory.web.accounts.forms import CodeForm, NewPasskeyForm
from onestory.web.accounts.going import enter, safe
from onestory.web.accounts.whose import Whose, whose_setting_up

logger = logging.getLogger(__name__)

SECRET, PURPOSE = "accounts-app-secret", "app-being-set-up"


@login_not_required
@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """App or passkey."""
    whose = whose_setting_up(request, timezone.now())
    if isinstance(whose, HttpResponse):
        return whose
    said = {"on_the_way_in": whose.pending is not None, "passkeys": passkeys.possible_at(request.get_host())}
    return render(request, "accounts/set_up.html", said)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Show the secret as a picture and as letters; the first code proves that it arrived."""
    at = timezone.now()
    whose = whose_setting_up(request, at)
    if isinstance(whose, HttpResponse):
        return whose
    secret, form = _secret(request), CodeForm(request.POST or None)
    if form.is_valid():
        try:
            second = set_up_app(whose.user, secret=secret, typed=form.cleaned_data["code"], at=at)
        except CannotSignIn as refusal:
            _refuse(form, refusal)
        else:
            request.session.pop(SECRET, None)
            return _done(request, whose, second, at)
    said = {"form": form, "secret": _in_fours(secret), "picture": _picture(whose.user, secret)}
    return render(request, "accounts/set_up_app.html", said)


@login_not_required
@never_cache
@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Let the browser make a passkey."""
    at = timezone.now()
    whose = whose_setting_up(request, at)
    if isinstance(whose, HttpResponse):
        return whose
    if not passkeys.possible_at(request.get_host()):
        return redirect("accounts:set_up")
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            second = set_up_passkey(whose.user, at=at, **form.cleaned_data)
        except CannotSignIn as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, whose, second, at)
    return render(request, "accounts/set_up_passkey.html", {"form": form, "passkey": passkeys.ask_to_make(whose.user)})


def _done(request: HttpRequest, whose: Whose, second: str, at: dt.datetime) -> HttpResponse:
    """On the way in: signed in, and to the recovery codes first. Else back to one's own page."""
    if whose.pending is None:
        return redirect("accounts:own")
    onwards = f"{reverse('accounts:recovery_codes')}?{urlencode({'next': safe(request, whose.pending.next)})}"
    return enter(request, whose.user, first=whose.pending.first, second=second, next=onwards, at=at)


def _refuse(form: forms.Form, refusal: CannotSignIn) -> None:
    logger.info("Setting up refused: %s", refusal.reason)
    form.add_error(next(iter(form.fields)), str(refusal))


def _secret(request: HttpRequest) -> str:
    """The secret that is being set up: a new one on each fresh page, the same when a code is sent for it."""
    kept = request.session.get(SECRET)
    if request.method == "POST" and kept:
        try:
            return unseal(kept, purpose=PURPOSE)
        except CannotOpen:
            pass
    secret = generate_totp_secret()
    request.session[SECRET] = seal(secret, purpose=PURPOSE)
    return secret


def _in_fours(secret: str) -> str:
    return " ".join(re.findall(".{1,4}", secret))


def _picture(user: User, secret: str) -> SafeString:
    """The square that a phone reads, as SVG within the page: made by the library from letters and digits alone."""
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    return mark_safe(drawn[drawn.index("<svg") :])
