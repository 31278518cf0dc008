"""Texts kept sealed: readable with the program's secret key, and for one purpose only."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


class CannotOpen(ValueError):
    """The text was not sealed with our key, or for another purpose."""


def seal(text: str, *, purpose: str) -> str:
    """The text, encrypted and signed."""
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """What was sealed for this purpose, also under a former secret key. Raises CannotOpen."""
    try:
        return _keys(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen(purpose) from error


def _keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret, purpose)) for secret in secrets])


def _derived(secret: str | bytes, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"onestory.{purpose}".encode())
    return base64.urlsafe_b64encode(derived.derive(force_bytes(secret)))
