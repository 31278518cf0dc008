"""For whom a page is. Whoever it is not for cannot tell it from an address that does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from onestory.platform.ui.requests import SignedInRequest

ADMINISTRATOR = "partnership_administrator"
PRIVACY_OFFICER = "privacy_officer"

type View = Callable[..., HttpResponse]


def only_for(*roles: str) -> Callable[[View], View]:
    """The page is for people who work in one of these roles now."""

    def door(view: View) -> View:
        @wraps(view)
        def through(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.membership.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return through

    return door
