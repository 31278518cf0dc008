"""How long somebody stays signed in, and that nothing of it stays behind in the browser."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from onestory.platform.access.models import User
from onestory.platform.accounts.doorway import OPENED, SEEN, is_proven
from onestory.platform.accounts.limits import Limits, Why, why_over
from onestory.platform.accounts.policies import works_here

logger = logging.getLogger(__name__)

ENDED = "accounts-ended"
NOTED_EVERY = 30.0  # seconds; a session is not written anew for every picture of a page
CLEARED = '"cache", "storage"'  # not "cookies": that would reach other programs under the same domain


class StaySignedInOnlySoLong:
    """Ends sessions that are over, keeps pages out of the browser's store, and clears it on the way out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came_signed_in = request.user.is_authenticated
        if came_signed_in:
            self._end_or_note(request)
        response = self.get_response(request)
        stays = request.user.is_authenticated
        if came_signed_in or stays:
            add_never_cache_headers(response)
        if came_signed_in and not stays:
            response["Clear-Site-Data"] = CLEARED
        return response

    def _end_or_note(self, request: HttpRequest) -> None:
        at = timezone.now()
        why = why_not_to_stay(request, at)
        if why:
            logger.info("Signed out: %s", why.value)
            logout(request)
            request.session[ENDED] = why.value
            return
        now = at.timestamp()
        request.session.setdefault(OPENED, now)
        if now - request.session.get(SEEN, 0.0) >= NOTED_EVERY:
            request.session[SEEN] = now


def why_not_to_stay(request: HttpRequest, at: dt.datetime) -> Why | None:
    """Why the session is over; None while it is not.

    Signing in by choosing a person, which has no second proof, exists in a demonstration alone.
    """
    if not (is_proven(request) or settings.DEMO):
        return Why.UNPROVEN
    now = at.timestamp()
    opened, seen = (request.session.get(key, now) for key in (OPENED, SEEN))
    limits = Limits(settings.SESSION_IDLE_LIMIT, settings.SESSION_WHOLE_LIMIT)
    over = why_over(opened_at=_moment(opened), seen_at=_moment(seen), at=at, limits=limits)
    assert isinstance(request.user, User)
    return over or (None if works_here(request.user, timezone.localdate(at)) else Why.LEFT)


def _moment(stamp: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(stamp, dt.UTC)
