"""An identity token is taken only when everything about it fits. Made here with a library of its own."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwk
from joserfc import jwt as other_library

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.answering import check_token
from onestory.platform.accounts.policies import NotThroughOrganisation

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
ROW = OrganisationSignIn(issuer="https://login.harbour.example/", client_id="onestory")
Key = jwk.RSAKey | jwk.ECKey
KEYS: dict[str, Key] = {
    "RS256": jwk.RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig", "alg": "RS256"}),
    "PS256": jwk.RSAKey.generate_key(2048, {"kid": "pss", "use": "sig", "alg": "PS256"}),
    "ES256": jwk.ECKey.generate_key("P-256", {"kid": "ec", "use": "sig", "alg": "ES256"}),
}
PUBLISHED = jwt.PyJWKSet.from_dict(dict(jwk.KeySet(list(KEYS.values())).as_dict(private=False)))
GOOD: dict[str, Any] = {
    "iss": ROW.issuer,
    "aud": "onestory",
    "sub": "subject-1",
    "nonce": "our question",
    "iat": int(NOW.timestamp()) - 5,
    "exp": int(NOW.timestamp()) + 300,
}


def token(algorithm: str = "RS256", without: str = "", header: dict[str, Any] | None = None, **claims: Any) -> str:
    said = {name: value for name, value in {**GOOD, **claims}.items() if name != without}
    key = KEYS[algorithm]
    head = {"alg": algorithm, "kid": key.kid} if header is None else header
    return other_library.encode(head, said, key, algorithms=[algorithm])


def checked(made: Any, nonce: str = "our question") -> dict[str, Any]:
    return check_token(made, PUBLISHED, sign_in=ROW, nonce=nonce, at=NOW)


@pytest.mark.parametrize("algorithm", list(KEYS))
def test_a_good_token_is_taken(algorithm: str) -> None:
    assert checked(token(algorithm))["sub"] == "subject-1"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["onestory"]},
        {"aud": ["onestory", "another"], "azp": "onestory"},
        {"azp": "onestory"},
        {"exp": GOOD["iat"] - 20},  # clocks differ by less than a minute
        {"iat": GOOD["iat"] + 50},
        {"nbf": GOOD["iat"]},
        {"exp": float(GOOD["exp"])},
    ],
)
def test_what_fits_is_taken(claims: dict[str, Any]) -> None:
    assert checked(token(**claims))["nonce"] == "our question"


WRONG: list[dict[str, Any]] = [
    {"iss": "https://login.harbour.example"},
    {"iss": "https://login.harbour.example/other"},
    {"aud": "another"},
    {"aud": []},
    {"aud": ["onestory", "another"]},
    {"azp": "another"},
    {"sub": ""},
    {"sub": "x" * 256},
    {"nonce": "another question"},
    {"nonce": ""},
    {"exp": GOOD["iat"] - 60},
    {"iat": GOOD["iat"] + 120},
    {"iat": GOOD["iat"] - 3600},
    {"nbf": GOOD["iat"] + 120},
    {"exp": "later"},
    {"iat": "earlier"},
    {"exp": True},
]


@pytest.mark.parametrize("claims", WRONG, ids=str)
def test_what_does_not_fit_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(NotThroughOrganisation):
        checked(token(**claims))


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "nonce", "iat", "exp"])
def test_what_is_missing_is_refused(missing: str) -> None:
    with pytest.raises(NotThroughOrganisation):
        checked(token(without=missing))


HEADERS: list[dict[str, Any]] = [
    {"alg": "RS256", "kid": "nobody's"},
    {"alg": "RS256", "kid": "pss"},
    {"alg": "RS256"},  # four keys are published: which one is meant is not known
]


@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_a_key_that_is_not_the_named_one_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(NotThroughOrganisation):
        checked(token(header=header))


def by_hand(algorithm: str, secret: bytes) -> str:
    """A token that no library would make."""
    parts = [jwt.utils.base64url_encode(json.dumps(part).encode()) for part in ({"alg": algorithm, "kid": "rsa"}, GOOD)]
    signature = hmac.digest(secret, b".".join(parts), "sha256") if secret else b""
    return b".".join([*parts, jwt.utils.base64url_encode(signature)]).decode()


def test_no_signature_and_a_shared_secret_are_refused() -> None:
    unsigned = by_hand("none", b"")
    shared = by_hand("HS256", KEYS["RS256"].as_pem(private=False))
    for made in (unsigned, shared):
        with pytest.raises(NotThroughOrganisation):
            checked(made)


def test_a_changed_token_is_refused() -> None:
    head, _, signature = token().split(".")
    body = jwt.utils.base64url_encode(json.dumps({**GOOD, "sub": "somebody else"}).encode()).decode()
    with pytest.raises(NotThroughOrganisation):
        checked(f"{head}.{body}.{signature}")


@given(st.one_of(st.none(), st.integers(), st.text(), st.binary(), st.lists(st.text())))
def test_whatever_a_provider_sends_in_its_place_is_refused_and_no_error(made: Any) -> None:
    with pytest.raises(NotThroughOrganisation):
        checked(made)
