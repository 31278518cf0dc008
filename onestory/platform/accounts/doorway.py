"""The way in, kept in the session: a first proof, then a second, then the person is signed in.

Until the second proof nobody is signed in: for every page but those of signing in the browser is a stranger's.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from onestory.platform.access.models import User
from onestory.platform.accounts.policies import WrongDetails, works_here
from onestory.platform.accounts.queries import user_numbered

logger = logging.getLogger(__name__)

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING, PROOF = "accounts-pending", "accounts-proof"
OPENED, SEEN = "accounts-opened", "accounts-seen"
PENDING_LASTS = dt.timedelta(minutes=10)
CONFIRMED_LASTS = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who gave one proof and owes the second. ``mark`` ends it when the password is changed meanwhile."""

    user_id: str
    first: str
    next: str
    since: float
    mark: str


def begin(request: HttpRequest, user: User, *, first: str, next: str, at: dt.datetime) -> None:
    """Remember the first proof: a password, a link, or an organisation. The session gets a new key.

    Whoever was signed in in this browser is signed out.
    """
    if request.user.is_authenticated:
        logout(request)
    else:
        request.session.cycle_key()
    pending = Pending(str(user.pk), first, next, at.timestamp(), user.get_session_auth_hash())
    request.session[PENDING] = asdict(pending)


def pending(request: HttpRequest, at: dt.datetime) -> tuple[User, Pending] | None:
    """Who owes the second proof; nobody once it took too long, they left, or their password was changed."""
    kept: dict[str, Any] | None = request.session.get(PENDING)
    if not kept:
        return None
    found = Pending(**kept)
    user = user_numbered(found.user_id)
    if user is None or not _still_good(found, user, at):
        give_up(request)
        return None
    return user, found


def _still_good(found: Pending, user: User, at: dt.datetime) -> bool:
    return (
        0 <= at.timestamp() - found.since < PENDING_LASTS.total_seconds()
        and constant_time_compare(user.get_session_auth_hash(), found.mark)
        and works_here(user, timezone.localdate(at))
    )


def give_up(request: HttpRequest) -> None:
    """Forget the first proof."""
    request.session.pop(PENDING, None)


def enter(request: HttpRequest, user: User, *, first: str, second: str, at: dt.datetime) -> None:
    """Both proofs are there: sign in, under a new session key, and note by what.

    Raises WrongDetails for somebody who does not work here any more.
    """
    give_up(request)
    if not works_here(user, timezone.localdate(at)):
        raise WrongDetails("works here no more")
    login(request, user, backend=BACKEND)
    now = at.timestamp()
    request.session.update({PROOF: {"first": first, "second": second, "confirmed": now}, OPENED: now, SEEN: now})
    logger.info("Signing in: done by %s and %s", first, second)


def is_proven(request: HttpRequest) -> bool:
    """Whether this session was opened with two proofs."""
    proof = request.session.get(PROOF)
    return bool(proof and proof["first"] and proof["second"])


def through_organisation(request: HttpRequest) -> bool:
    """Whether the organisation's provider answered for both proofs."""
    proof = request.session.get(PROOF) or {}
    return bool(proof.get("second") == "organisation")


def confirm(request: HttpRequest, at: dt.datetime) -> None:
    """Note that the signed-in person has just proved again who they are."""
    request.session[PROOF] = {**request.session[PROOF], "confirmed": at.timestamp()}


def recently_confirmed(request: HttpRequest, at: dt.datetime) -> bool:
    """Whether that was not long ago; asked before second factors and passwords are changed."""
    proof = request.session.get(PROOF) or {}
    return 0 <= at.timestamp() - proof.get("confirmed", 0) < CONFIRMED_LASTS.total_seconds()
