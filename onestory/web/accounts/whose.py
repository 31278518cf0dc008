"""Whom a page of setting up is for, and what stands in its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from onestory.platform.access.models import User
from onestory.platform.accounts import doorway
from onestory.platform.accounts.queries import has_factor


@dataclass(frozen=True, slots=True)
class Whose:
    """The person, and the first proof where they are still on their way in."""

    user: User
    pending: doorway.Pending | None


def whose_setting_up(request: HttpRequest, at: dt.datetime) -> Whose | HttpResponse:
    """Who may set up a second factor now; else the page to go to instead.

    On the way in only somebody who has none: a password alone must not be enough to add one. Signed in, only
    somebody who has just confirmed who they are.
    """
    if request.user.is_authenticated:
        return whose_own(request, at)
    waiting = doorway.pending(request, at)
    if waiting is None:
        return redirect("accounts:sign_in")
    user, pending = waiting
    return redirect("accounts:second_proof") if has_factor(user) else Whose(user, pending)


def whose_own(request: HttpRequest, at: dt.datetime) -> Whose | HttpResponse:
    """The signed-in person, once they have just confirmed who they are; else the page where they do."""
    assert isinstance(request.user, User)
    if not doorway.is_proven(request) or doorway.through_organisation(request):
        return redirect("accounts:own")
    if not doorway.recently_confirmed(request, at):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.get_full_path()})}")
    return Whose(request.user, None)
