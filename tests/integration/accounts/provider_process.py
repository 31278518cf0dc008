"""An organisation's provider for the tests: OpenID Connect as the library Authlib serves it, in a process of its own.

Run as `python provider_process.py`; it prints its port. It signs in whoever `POST /now` names last, without asking,
and bends one rule at a time where that asks it to (`bend`): the program must notice.
"""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, jsonify, request
from joserfc import jwk, jwt
from werkzeug.serving import make_server

CLIENT_ID, SECRET = "onestory", "a secret of the tests"
KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
FOREIGN = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


@dataclass
class Now:
    """What the provider does at the moment."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "nobody"})
    bend: str = ""
    in_userinfo: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)


NOW = Now()
CODES: dict[str, Code] = {}
TOKENS: dict[str, Token] = {}


class Client:
    """The one program that the provider knows."""

    client_id = CLIENT_ID

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.startswith("http://") and uri.endswith("/answer")

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code:
    """A code that was handed out, with everything that its exchange must fit."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    claims: dict[str, Any]
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Token:
    """An access token and whom it tells of."""

    claims: dict[str, Any]
    scope: str

    def is_expired(self) -> bool:
        return False

    def is_revoked(self) -> bool:
        return False

    def get_scope(self) -> str:
        return self.scope


class CodeGrant(grants.AuthorizationCodeGrant):
    """Codes count once."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: Any) -> None:
        data = request.payload.data
        CODES[code] = Code(
            code,
            request.payload.redirect_uri,
            request.payload.scope,
            data.get("nonce", ""),
            NOW.claims,
            data.get("code_challenge", ""),
            data.get("code_challenge_method", ""),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del CODES[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return authorization_code.claims


class Identity(OpenIDCode):
    """Identity tokens, bent where the tests ask for it."""

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in CODES.values())

    def resolve_client_private_key(self, client: Client) -> jwk.KeySet:
        return jwk.KeySet([KEY])

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": here(), "exp": int(time.time()) + 300}

    def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
        return {"sub": user["sub"]} if NOW.in_userinfo else user

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        honest = super().encode_id_token(token, request)
        claims = jwt.decode(honest, KEY).claims
        return bent(honest, claims) if NOW.bend else honest


def bent(honest: str, claims: dict[str, Any]) -> str:
    """The token with one thing wrong."""
    now = int(time.time())
    wrong: dict[str, dict[str, Any]] = {
        "nonce": {"nonce": "of another question"},
        "expired": {"exp": now - 120, "iat": now - 420},
        "long ago": {"iat": now - 3600},
        "future": {"iat": now + 3600, "exp": now + 7200},
        "issuer": {"iss": "http://127.0.0.1:1"},
        "audience": {"aud": "another program"},
        "several audiences": {"aud": [CLIENT_ID, "another program"], "azp": "another program"},
        "nobody": {"sub": ""},
    }
    if NOW.bend == "unsigned":
        return by_hand({"alg": "none", "kid": "one"}, claims, b"")
    if NOW.bend == "foreign key":
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, FOREIGN)
    if NOW.bend == "public key as secret":
        return by_hand({"alg": "HS256", "kid": "one"}, claims, KEY.as_pem(private=False))
    if NOW.bend == "no nonce":
        del claims["nonce"]
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims | wrong.get(NOW.bend, {}), KEY)


def by_hand(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    """A token that no library would make: signed with a shared secret, or not at all."""
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    signature = hmac.digest(secret, b".".join(parts), "sha256") if secret else b""
    return b".".join([*parts, urlsafe_b64encode(signature).rstrip(b"=")]).decode()


class Bearer(BearerTokenValidator):
    """Access tokens that were handed out."""

    def authenticate_token(self, token_string: str) -> Token | None:
        return TOKENS.get(token_string)


def keep_token(token: dict[str, Any], request: Any) -> None:
    TOKENS[token["access_token"]] = Token(request.user, token["scope"])


app = Flask(__name__)
server = AuthorizationServer(app, query_client=lambda id: Client() if id == CLIENT_ID else None, save_token=keep_token)
server.register_grant(CodeGrant, [CodeChallenge(required=True), Identity(require_nonce=True)])
protected = ResourceProtector()
protected.register_token_validator(Bearer())


def here() -> str:
    return request.host_url.rstrip("/")


@app.get("/.well-known/openid-configuration")
def configuration() -> Any:
    """What the provider says of itself."""
    if NOW.bend == "broken":
        return "<html>not what you think</html>"
    if NOW.bend == "elsewhere":
        return "", 302, {"Location": "http://127.0.0.1:1/"}
    return jsonify(
        issuer="http://127.0.0.1:1" if NOW.bend == "other name" else here(),
        authorization_endpoint=f"{here()}/authorize",
        token_endpoint="http://192.0.2.1/token" if NOW.bend == "not https" else f"{here()}/token",
        jwks_uri=f"{here()}/keys",
        userinfo_endpoint=f"{here()}/userinfo",
        token_endpoint_auth_methods_supported=["client_secret_basic"],
        authorization_response_iss_parameter_supported=NOW.bend == "promises its name",
    )


@app.get("/authorize")
def authorize() -> Any:
    """Sign in whoever is named at the moment, and send the browser back."""
    NOW.asked.append(request.args.to_dict())
    if NOW.bend == "denied":
        back = f"{request.args['redirect_uri']}?error=access_denied&state={request.args['state']}"
        return "", 302, {"Location": back}
    grant = server.get_consent_grant(end_user=NOW.claims)
    return server.create_authorization_response(grant_user=NOW.claims, grant=grant)


@app.post("/token")
def token() -> Any:
    """Exchange a code."""
    return server.create_token_response()


@app.get("/keys")
def keys() -> Any:
    """The keys with which tokens are checked."""
    return jsonify(jwk.KeySet([KEY]).as_dict(private=False))


@app.get("/userinfo")
@protected("openid")
def userinfo() -> Any:
    """What an access token tells of."""
    told = dict(current_token.claims)
    return jsonify(told | {"sub": "somebody else"} if NOW.bend == "somebody else" else told)


@app.post("/now")
def now() -> Any:
    """For the tests: who signs in, and what is bent."""
    global NOW
    NOW = Now(**(request.json or {}))
    return "", 204


@app.get("/asked")
def asked() -> Any:
    """For the tests: what the program asked."""
    return jsonify(NOW.asked)


if __name__ == "__main__":
    listening = make_server("127.0.0.1", 0, app, threaded=True)
    print(listening.port, flush=True)
    listening.serve_forever()
