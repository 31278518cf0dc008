"""Whom somebody searches, where a chosen person goes, and what of a search stands in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from onestory.arrive.matching.finding import Found
from onestory.arrive.matching.policies import is_reviewer
from onestory.arrive.matching.searching.sought import Sought
from onestory.platform.access.audit import Act
from onestory.platform.access.auditing import hashed_tokens, record_access
from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight

PERSON = "person"
"""The name under which a chosen person is given back."""


def searches_everybody(sight: Sight) -> bool:
    """Whether the role searches everybody, once it has said why."""
    return is_reviewer(sight.role)


def on_this_site(request: HttpRequest, path: str) -> str:
    """The path to go on to; empty where it leads to another site or is none."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, None, require_https=request.is_secure())
    return path if safe else ""


def address_with(path: str, person_id: UUID) -> str:
    """The path with the chosen person in its query, in the place of one chosen before."""
    parts = urlsplit(path)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != PERSON]
    return f"{parts.path}?{urlencode([*kept, (PERSON, str(person_id))])}"


def note_search(sight: Sight, sought: Sought, found: Sequence[Found], *, by: User) -> None:
    """Put the search into the audit: its words hashed, how many were found, and who was shown."""
    record_access(
        act=Act.SEARCH,
        what="find",
        people=[one.person_id for one in found],
        by=by,
        at=sight.at,
        agency_id=sight.agency_id,
        role=sight.role,
        purpose=sight.purpose,
        search_tokens=hashed_tokens(" ".join(sought.tokens()), key=_key()),
        result_count=len(found),
    )


def _key() -> bytes:
    return settings.SECRET_KEY.encode()[:64]
