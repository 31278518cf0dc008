"""Where somebody wanted to go before they were asked to sign in; only within this program."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from onestory.platform.access.models import User
from onestory.platform.accounts import doorway
from onestory.platform.ui import typed_text

HOME = "/"


def safe(request: HttpRequest, wanted: str) -> str:
    """The wanted address, or home when it leads elsewhere."""
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else HOME


def going_to(request: HttpRequest) -> str:
    """Where the request says that its sender wants to go."""
    return safe(request, request.POST.get("next") or request.GET.get("next") or "")


def enter(request: HttpRequest, user: User, *, first: str, second: str, next: str, at: dt.datetime) -> HttpResponse:
    """Sign in, and go on. What somebody else had typed in this browser is thrown away."""
    doorway.enter(request, user, first=first, second=second, at=at)
    typed_text.forget_others(request)
    return redirect(next)
