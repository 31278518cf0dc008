"""What somebody had typed when their page had been open for too long. It is kept for them and nobody else.

A form says in a signed field who is writing. When it arrives too late (signed out meanwhile, or its token
renewed), the text is kept in the session, and put back into the same form once the same person is back.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest

FIELD = "written_by"
_KEY = "typed-text"
_SALT = "onestory.typed-text"
_AT_MOST = 50_000  # letters; more than that was not typed


def writer_mark(user_id: object) -> str:
    """The signed field that says who is writing."""
    return signing.dumps(str(user_id), salt=_SALT)


def keep(request: HttpRequest) -> None:
    """Keep what the request brought, where its form says who wrote it."""
    try:
        writer = signing.loads(request.POST.get(FIELD, ""), salt=_SALT)
    except signing.BadSignature:
        return
    fields = {name: value for name, value in request.POST.items() if name not in (FIELD, "csrfmiddlewaretoken")}
    if sum(map(len, fields.values())) <= _AT_MOST:
        request.session[_KEY] = {"writer": writer, "path": request.path, "fields": fields}


def take_back(request: HttpRequest) -> dict[str, Any] | None:
    """What the signed-in person had typed into the form of this page; once, and only theirs."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    return kept["fields"] if kept["writer"] == str(request.user.pk) else None
