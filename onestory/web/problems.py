"""Pages for what went wrong: plain, alike, and silent about what is hidden."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from onestory.platform.ui import typed_text

OUR_TOKEN = "CSRF"  # every reason that is about our own token or cookie begins so; others say that a stranger sent it


@login_not_required
@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or the reader may not know of it: both look alike."""
    return _page(request, "web/not_found.html", 404)


@login_not_required
@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be understood."""
    return _page(request, "web/not_understood.html", 400)


@login_not_required
@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed: looks like absent."""
    return _page(request, "web/not_found.html", 404)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """An error of ours. Asks the database nothing, since the database may be what failed.

    What was typed is handed back with it, to be sent once more: nothing of it was saved, and nothing of it is lost.
    """
    words: dict[str, Any] = {"csp_nonce": get_nonce(request), "who": None, "demonstration": False, "request": request}
    words |= {"again": request.path, "typed": typed_text.brought(request) if request.method == "POST" else []}
    return HttpResponse(render_to_string("web/failed.html", words), status=500)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open for too long: what was typed is kept, and the same page is shown with it.

    Only where the token was at fault. A request that another site sent is refused and nothing of it is kept.
    """
    if reason.startswith(OUR_TOKEN) and typed_text.FIELD in request.POST:
        typed_text.keep(request)
        return redirect(request.path)
    return _page(request, "web/too_old.html", 403)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return render(request, template, status=status)
