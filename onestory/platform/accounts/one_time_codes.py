"""Codes of an authenticator app (RFC 6238): six digits, half a minute each. Pure; the time is passed in."""

from __future__ import annotations

import datetime as dt
import hmac
import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PERIOD = 30  # seconds
TOLERANCE = 1
"""How many codes before and after the present one are taken: clocks differ, and typing takes time."""


def counter_at(at: dt.datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // PERIOD


def code_of(secret: str, counter: int) -> str:
    """The six digits that an app shows in this half minute."""
    return format_hotp_value(hotp_value(secret, counter))


def counter_of(secret: str, typed: str, at: dt.datetime) -> int | None:
    """The half minute whose code was typed, near to now; None for a code that is not right."""
    digits = plain(typed)
    now, found = counter_at(at), None
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(code_of(secret, counter).encode(), digits.encode()):
            found = counter
    return found


def plain(typed: str) -> str:
    """What was typed without the spaces and hyphens with which people group digits."""
    return re.sub(r"[\s-]", "", typed)
