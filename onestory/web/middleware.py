"""Signing in comes first, nothing that was typed is lost for it, and each request reads as whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone

from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import record_access
from onestory.platform.access.reading_as import read_as
from onestory.platform.agencies.models import Membership
from onestory.platform.agencies.queries import posts_of
from onestory.platform.ui import typed_text
from onestory.platform.ui.requests import SignedInRequest

WORKS_AS = "works-as"
"""Where a session keeps as which of several posts somebody works."""


class SignInFirst(LoginRequiredMiddleware):
    """Every page asks who is there, keeps what was typed meanwhile, and is never stored by a browser."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Keep what was typed, then ask to sign in."""
        if request.method == "POST":
            typed_text.keep(request)
        return super().handle_no_permission(request, view_func)


class Streaming(RuntimeError):
    """A page would be sent bit by bit after its transaction has ended, when nobody reads any more."""


class ReadAsMember:
    """One transaction for each request of somebody who is signed in, read as the post that they work in.

    The views' own transaction (ATOMIC_REQUESTS) lies inside: what a view did is undone when it fails, and what is noted
    here of a refusal stays. A request of somebody without a post, or who is not signed in, has no reader: no row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return whole(self.get_response(request))
        with transaction.atomic():
            signed_in = cast("SignedInRequest", request)
            begin_reading(signed_in)
            response = whole(self.get_response(request))
            _note_denials(signed_in)
        return response


def begin_reading(request: SignedInRequest) -> None:
    """Give the request its post, its reader, and the database the same one. Call it inside a transaction."""
    at = timezone.now()
    request.denied = []
    request.posts = list(posts_of(request.user, timezone.localdate(at)))
    post = _chosen(request.posts, request.session.get(WORKS_AS))
    if post is not None:
        request.membership = post
        request.sight = read_as(post, at=at)


def whole(response: HttpResponseBase) -> HttpResponse:
    """The response, which must be complete by now. Raises Streaming."""
    if response.streaming:
        raise Streaming("Pages, exports and files are made whole inside the request's transaction.")
    return cast("HttpResponse", response)


def _chosen(posts: Sequence[Membership], wanted: str | None) -> Membership | None:
    return next((post for post in posts if str(post.id) == wanted), posts[0] if posts else None)


def _note_denials(request: SignedInRequest) -> None:
    """That somebody asked for a record which they may not know of, or which is not there, stands in the audit."""
    if not request.denied:
        return
    found = request.resolver_match
    record_access(
        act=Act.DENIED,
        what=(found.view_name if found else "") or "page",
        people=request.denied,
        by=request.user,
        at=request.sight.at,
        agency_id=request.sight.agency_id,
        role=request.sight.role,
        denials=len(request.denied),
    )
