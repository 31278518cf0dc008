"""Sending the browser to the provider, and keeping in its session what the answer must fit."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.finding import Provider
from onestory.platform.accounts.policies import NotThroughOrganisation

ASKED = "accounts-asked-organisation"
LASTS = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a provider. It is good for one answer, in the browser that asked."""

    sign_in: str
    state: str
    nonce: str
    verifier: str
    next: str
    since: float


def address_to_ask(
    request: HttpRequest, sign_in: OrganisationSignIn, provider: Provider, *, back: str, next: str, at: dt.datetime
) -> str:
    """Where to send the browser; ``back`` is the address at which the answer arrives."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = Asked(str(sign_in.pk), state, nonce, verifier, next, at.timestamp())
    request.session[ASKED] = asdict(asked)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    words = {
        "response_type": "code",
        "client_id": sign_in.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if sign_in.acr_values:
        words["acr_values"] = sign_in.acr_values
    joiner = "&" if "?" in provider.authorization else "?"
    return f"{provider.authorization}{joiner}{urlencode(words)}"


def take_asked(request: HttpRequest, sign_in: OrganisationSignIn, *, state: str, at: dt.datetime) -> Asked:
    """What was asked, used up now. Raises NotThroughOrganisation: not asked here, of another provider, too long ago."""
    kept: dict[str, Any] | None = request.session.pop(ASKED, None)
    if not kept:
        raise NotThroughOrganisation("nothing was asked in this browser")
    asked = Asked(**kept)
    if not constant_time_compare(asked.state, state) or asked.sign_in != str(sign_in.pk):
        raise NotThroughOrganisation("the answer is to another question")
    if not 0 <= at.timestamp() - asked.since < LASTS.total_seconds():
        raise NotThroughOrganisation("the answer took too long")
    return asked
