"""Checking what came back from the provider: the code is exchanged, and the token read with the provider's keys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare
from jwt.types import Options

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.asking import Asked
from onestory.platform.accounts.organisations.finding import Provider, fetch, secret_for
from onestory.platform.accounts.policies import NotThroughOrganisation

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make. A shared secret or none at all is not taken."""
LEEWAY = dt.timedelta(seconds=60)
OLDEST = dt.timedelta(minutes=10)
"""A token is made for the answer that it comes with; an older one comes from elsewhere."""
LONGEST_SUBJECT = 255
# Times are checked here, against the moment that we are given.
OPTIONS: Options = {
    "require": ["iss", "sub", "aud", "exp", "iat"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Who signed in at the provider; ``email`` only where the provider says that it was verified."""

    subject: str
    email: str
    second_factor: bool


def read_answer(
    sign_in: OrganisationSignIn, provider: Provider, *, asked: Asked, code: str, back: str, at: dt.datetime
) -> Answer:
    """Exchange the code and check the token. Raises NotThroughOrganisation."""
    tokens = _exchange(sign_in, provider, asked=asked, code=code, back=back)
    claims = check_token(tokens.get("id_token"), _keys(provider), sign_in=sign_in, nonce=asked.nonce, at=at)
    return Answer(
        subject=claims["sub"], email=_email(claims, provider, tokens), second_factor=_second_factor(claims, sign_in)
    )


def _exchange(sign_in: OrganisationSignIn, provider: Provider, *, asked: Asked, code: str, back: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked.verifier}
    secret = secret_for(sign_in)
    if secret and provider.secret_in_header:
        return fetch("POST", provider.token, data=form, auth=(sign_in.client_id, secret))
    form["client_id"] = sign_in.client_id
    return fetch("POST", provider.token, data=form | ({"client_secret": secret} if secret else {}))


def _keys(provider: Provider) -> jwt.PyJWKSet:
    try:
        return jwt.PyJWKSet.from_dict(fetch("GET", provider.keys))
    except jwt.PyJWTError as error:
        raise NotThroughOrganisation("the provider's keys cannot be read") from error


def check_token(
    token: Any, keys: jwt.PyJWKSet, *, sign_in: OrganisationSignIn, nonce: str, at: dt.datetime
) -> dict[str, Any]:
    """The claims of an identity token that this issuer made now, for us, for this question.

    OpenID Connect Core 1.0, section 3.1.3.7. Raises NotThroughOrganisation with what was wrong.
    """
    try:
        key = _key_of(token, keys)
        claims = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            issuer=sign_in.issuer,
            audience=sign_in.client_id,
            options=OPTIONS,
        )
    except (jwt.PyJWTError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise NotThroughOrganisation(f"token not valid ({type(error).__name__})") from error
    for wrong, why in _doubts(claims, sign_in, nonce, at):
        if wrong:
            raise NotThroughOrganisation(why)
    return claims


def _key_of(token: Any, keys: jwt.PyJWKSet) -> jwt.PyJWK:
    """The key that the token names; where it names none, the only one."""
    header = jwt.get_unverified_header(token)
    named = [key for key in keys.keys if key.key_id == header.get("kid")] if "kid" in header else keys.keys
    fitting = [key for key in named if key.public_key_use in (None, "sig")]
    if len(fitting) != 1 or header["alg"] not in ALGORITHMS or header["alg"] != fitting[0].algorithm_name:
        raise NotThroughOrganisation("token signed with no key of the provider's")
    return fitting[0]


def _doubts(claims: dict[str, Any], sign_in: OrganisationSignIn, nonce: str, at: dt.datetime) -> list[tuple[bool, str]]:
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    times = [claims["exp"], claims["iat"], claims.get("nbf", now)]
    if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in times):
        return [(True, "token without times")]
    expires, made, begins = times
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    return [
        (not constant_time_compare(str(claims.get("nonce", "")), nonce), "token of another question (nonce)"),
        (expires + leeway <= now, "token has expired"),
        (made - leeway > now or begins - leeway > now, "token of the future"),
        (made + OLDEST.total_seconds() < now, "token made long ago"),
        ((several or "azp" in claims) and claims.get("azp") != sign_in.client_id, "token made for another program"),
        (not 0 < len(claims["sub"]) <= LONGEST_SUBJECT, "token about nobody"),
    ]


def _email(claims: dict[str, Any], provider: Provider, tokens: dict[str, Any]) -> str:
    """The verified e-mail; asked of the provider where the token does not carry one."""
    told = claims
    if "email" not in told and provider.userinfo and tokens.get("access_token"):
        told = fetch("GET", provider.userinfo, headers={"Authorization": f"Bearer {tokens['access_token']}"})
        if told.get("sub") != claims["sub"]:
            raise NotThroughOrganisation("the provider tells of somebody else")
    return str(told.get("email", "")).strip() if told.get("email_verified") is True else ""


def _second_factor(claims: dict[str, Any], sign_in: OrganisationSignIn) -> bool:
    methods = claims.get("amr")
    used = {str(method) for method in methods} if isinstance(methods, list) else set()
    return bool(used & set(sign_in.amr_values.split())) or claims.get("acr") in sign_in.acr_values.split()
