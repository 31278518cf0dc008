"""User name and password."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onestory.platform.accounts import demonstration, doorway
from onestory.platform.accounts.limits import Why
from onestory.platform.accounts.middleware import ENDED
from onestory.platform.accounts.policies import CannotSignIn
from onestory.platform.accounts.proving import prove_by_password
from onestory.platform.accounts.queries import open_sign_ins
from onestory.web.accounts.forms import SignInForm
from onestory.web.accounts.going import going_to

logger = logging.getLogger(__name__)

KEPT = "What you had written and sent is kept: sign in again and it is offered to you."
ENDED_WORDS = {
    Why.IDLE: f"You were signed out because nothing had happened for a while. {KEPT}",
    Why.LONG: f"You were signed out because you had been signed in for a whole day’s work. {KEPT}",
    Why.LEFT: "You were signed out because you do not hold a post in any team here any more.",
    Why.UNPROVEN: "You were signed out. Sign in again.",
}


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first proof; the page says the same whatever was wrong."""
    if request.user.is_authenticated:
        return redirect(going_to(request))
    form = SignInForm(request.POST or None)
    if form.is_valid() and _began(request, form):
        return redirect("accounts:second_proof")
    said = {
        "form": form,
        "next": going_to(request),
        "ended": ENDED_WORDS.get(request.session.pop(ENDED, None), "") if ENDED in request.session else "",
        "organisations": open_sign_ins().exists(),
        "password_for_all": demonstration.PASSWORD if demonstration.allowed() else "",
    }
    return render(request, "accounts/sign_in.html", said)


def _began(request: HttpRequest, form: SignInForm) -> bool:
    at, typed = timezone.now(), form.cleaned_data
    address = get_adapter(request).get_client_ip(request)
    try:
        user = prove_by_password(username=typed["username"], password=typed["password"], address=address, at=at)
    except CannotSignIn as refusal:
        logger.info("Signing in refused: %s", refusal.reason)
        form.add_error("username", str(refusal))
        return False
    doorway.begin(request, user, first="password", next=going_to(request), at=at)
    return True


@login_not_required
@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Forget the first proof."""
    doorway.give_up(request)
    return redirect("accounts:sign_in")
