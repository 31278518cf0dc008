"""Signing in comes first, and nothing that was typed is lost for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect

from onestory.platform.ui import typed_text


class SignInFirst(LoginRequiredMiddleware):
    """Every page asks who is there, keeps what was typed meanwhile, and is never stored by a browser."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Keep what was typed, then ask to sign in."""
        if request.method == "POST":
            typed_text.keep(request)
        return super().handle_no_permission(request, view_func)
