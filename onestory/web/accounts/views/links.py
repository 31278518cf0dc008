"""Choosing a password with a link that an administrator passed on."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onestory.platform.accounts import doorway
from onestory.platform.accounts.actions import accept_invitation, count_attempt
from onestory.platform.accounts.attempts import LINK, network_of
from onestory.platform.accounts.policies import CannotSignIn, LinkNotValid, works_here
from onestory.platform.accounts.queries import invitation_of
from onestory.web.accounts.forms import NewPasswordForm
from onestory.web.accounts.going import HOME

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_time(request: HttpRequest) -> HttpResponse:
    """Choose a password; the link is used up by sending the form, not by looking at it.

    What makes the link secret stands behind its question mark: that part of an address is written into no log.
    """
    at, token = timezone.now(), request.POST.get("key") or request.GET.get("key", "")
    try:
        count_attempt(LINK, name=network_of(get_adapter(request).get_client_ip(request)), by=None, at=at)
        invitation = invitation_of(token, at)
        if invitation is None or not works_here(invitation.user, timezone.localdate(at)):
            raise LinkNotValid("link used, run out or unknown")
        form = NewPasswordForm(request.POST or None, user=invitation.user)
        if form.is_valid():
            user = accept_invitation(token, password=form.cleaned_data["password"], by=None, at=at)
            doorway.begin(request, user, first="link", next=HOME, at=at)
            return redirect("accounts:second_proof")
    except CannotSignIn as refusal:
        logger.info("Choosing a password refused: %s", refusal.reason)
        return render(request, "accounts/link_refused.html", {"words": str(refusal)}, status=404)
    return render(request, "accounts/first_time.html", {"form": form, "invited": invitation.user, "key": token})
