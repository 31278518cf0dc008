"""A passkey made of software: it answers what a browser's authenticator answers (WebAuthn level 2), for the tests.

Each part of an answer can be made wrong.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftPasskey:
    """One key for one host."""

    host: str = "localhost"
    origin: str = "http://localhost"
    id: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: dict[str, Any], **wrong: Any) -> dict[str, Any]:
        """What a browser answers when it is asked to make a passkey."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(PRESENT | VERIFIED | ATTESTED, **wrong) + attested
        client = self._client("webauthn.create", options, **wrong)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)}
        )

    def used(self, options: dict[str, Any], **wrong: Any) -> dict[str, Any]:
        """What a browser answers when it is asked to use one."""
        data, client = self._data(PRESENT | VERIFIED, **wrong), self._client("webauthn.get", options, **wrong)
        key = wrong.get("key", self.key)
        signature = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
            }
        )

    def _data(self, flags: int, *, host: str = "", flags_off: int = 0, **_: Any) -> bytes:
        return hashlib.sha256((host or self.host).encode()).digest() + struct.pack(">BI", flags & ~flags_off, 1)

    def _client(self, kind: str, options: dict[str, Any], *, challenge: str = "", origin: str = "", **_: Any) -> bytes:
        said = {
            "type": kind,
            "challenge": challenge or options["publicKey"]["challenge"],
            "origin": origin or self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        named = websafe_encode(self.id)
        return {"id": named, "rawId": named, "type": "public-key", "response": response, "clientExtensionResults": {}}
