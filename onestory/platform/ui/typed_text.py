"""What somebody had typed when their page had been open for too long. It is kept for them and nobody else.

A form says in a signed field who is writing. When it arrives too late (signed out meanwhile, or its token
renewed), the text is kept in the session, sealed, and put back into the same form once the same person is back.
It goes with the session, and as soon as somebody else signs in there.
"""

from __future__ import annotations

import json
from typing import Any

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from onestory.platform.accounts.sealing import CannotOpen, seal, unseal

FIELD = "written_by"
_KEY = "typed-text"
_SALT = "onestory.typed-text"
_PURPOSE = "typed-text"
_AT_MOST = 50_000  # letters; more than that was not typed


class Said(str):
    """The one value that was sent of a field. In a field of several it is that one, not a text that holds others."""

    __slots__ = ()

    def __contains__(self, value: object) -> bool:
        return self == value


def writer_mark(user_id: object) -> str:
    """The signed field that says who is writing."""
    return signing.dumps(str(user_id), salt=_SALT)


def brought(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field that the request brought, one after the other, where its form says who wrote it. Asks no database.

    For a page that hands what was typed back at once: it goes to whoever sent it and is kept nowhere.
    """
    try:
        signing.loads(request.POST.get(FIELD, ""), salt=_SALT)
    except (signing.BadSignature, SuspiciousOperation, OSError):  # of no form of ours, too much, or not to be read
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def keep(request: HttpRequest) -> None:
    """Keep what the request brought, where its form says who wrote it."""
    try:
        writer = signing.loads(request.POST.get(FIELD, ""), salt=_SALT)
    except signing.BadSignature:
        return
    fields = {name: values for name, values in request.POST.lists() if name not in (FIELD, "csrfmiddlewaretoken")}
    if sum(len(one) for values in fields.values() for one in values) <= _AT_MOST:
        kept = {"writer": writer, "path": request.path, "fields": fields}
        request.session[_KEY] = seal(json.dumps(kept), purpose=_PURPOSE)


def take_back(request: HttpRequest) -> dict[str, Any] | None:
    """What the signed-in person had typed into the form of this page; once, and only theirs.

    By field: what was typed or chosen, as Said, or the list of what was chosen where it was several.
    """
    kept = _kept(request)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    if kept["writer"] != str(request.user.pk):
        return None
    return {name: values if len(values) > 1 else Said("".join(values)) for name, values in kept["fields"].items()}


def forget_others(request: HttpRequest) -> None:
    """Throw away what somebody other than the person who has just signed in had typed."""
    kept = _kept(request)
    if kept is None or kept["writer"] != str(request.user.pk):
        request.session.pop(_KEY, None)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    try:
        return json.loads(unseal(request.session.get(_KEY, ""), purpose=_PURPOSE))
    except CannotOpen:
        return None
