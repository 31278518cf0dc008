"""What a provider publishes about itself, and how we speak with it: briefly, over HTTPS, and never elsewhere."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.policies import NotThroughOrganisation
from onestory.platform.demonstration.guard import is_loopback

PATIENCE = (5, 10)  # seconds to connect, and between two pieces of an answer
AT_MOST = 1_000_000  # bytes
WELL_KNOWN = "/.well-known/openid-configuration"
OF_ENVIRONMENT = re.compile(r"env:(ONESTORY_PROVIDER_[A-Z0-9_]+)\Z")
OF_FILE = re.compile(r"file:([A-Za-z0-9][A-Za-z0-9._-]*)\Z")


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider answers."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    secret_in_header: bool
    names_issuer: bool


def find_provider(sign_in: OrganisationSignIn) -> Provider:
    """What the provider says of itself, asked now. Raises NotThroughOrganisation where it cannot be trusted."""
    said = fetch("GET", sign_in.issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != sign_in.issuer:
        raise NotThroughOrganisation("the provider names another issuer")
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    try:
        return Provider(
            issuer=said["issuer"],
            authorization=_safe(said["authorization_endpoint"]),
            token=_safe(said["token_endpoint"]),
            keys=_safe(said["jwks_uri"]),
            userinfo=_safe(said["userinfo_endpoint"]) if said.get("userinfo_endpoint") else "",
            secret_in_header="client_secret_basic" in methods,
            names_issuer=said.get("authorization_response_iss_parameter_supported") is True,
        )
    except KeyError as error:
        raise NotThroughOrganisation("the provider does not say where it answers") from error


def fetch(method: str, address: str, **request: Any) -> dict[str, Any]:
    """A JSON object from the provider. Redirects are not followed. Raises NotThroughOrganisation."""
    try:
        with requests.request(
            method, _safe(address), timeout=PATIENCE, allow_redirects=False, stream=True, **request
        ) as answer:
            body = answer.raw.read(AT_MOST + 1, decode_content=True)
            if answer.status_code != requests.codes.ok or len(body) > AT_MOST:
                raise NotThroughOrganisation(f"the provider answered {answer.status_code}")
            return _object(json.loads(body))
    except (requests.RequestException, OSError, ValueError) as error:
        raise NotThroughOrganisation(f"the provider could not be understood ({type(error).__name__})") from error


def _object(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _safe(address: Any) -> str:
    """The address, if it is HTTPS or on this machine."""
    parts = urlsplit(str(address))
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return str(address)
    raise NotThroughOrganisation("the provider is not reached over HTTPS")


def secret_for(sign_in: OrganisationSignIn, environment: Mapping[str, str] = os.environ) -> str:
    """The client's secret, from where the row says. Only places made for such secrets are looked into.

    Raises NotThroughOrganisation where it is not there: a row must not be able to send any other secret to its issuer.
    """
    reference = sign_in.secret_reference
    if not reference:
        return ""
    if named := OF_ENVIRONMENT.match(reference):
        secret = environment.get(named[1], "")
    elif named := OF_FILE.match(reference):
        secret = _read(Path(settings.PROVIDER_SECRETS) / named[1])
    else:
        secret = ""
    if not secret:
        raise NotThroughOrganisation("the provider's secret is not where the row says")
    return secret


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
