"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is right.

The ceremony is django-allauth's; its challenge is kept in the session and counts once. Called within a request.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from onestory.platform.access.models import User
from onestory.platform.accounts.policies import WrongCode

Options = dict[str, Any]
NOT_AN_ANSWER = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, InvalidSignature)
"""What the library raises for an answer that is forged, stale, or no answer at all."""


def possible_at(host: str) -> bool:
    """Whether a browser offers passkeys at this host: it does for a name, not for a number."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return True
    return False


def ask_to_make(user: User) -> Options:
    """What the browser is asked when somebody sets up a passkey."""
    return auth.begin_registration(user, passwordless=False)


def check_made(credential: Any) -> dict:
    """The answer to that, checked, as it is to be kept. Raises WrongCode."""
    checked = _checked(lambda: (auth.parse_registration_response(credential), auth.complete_registration(credential)))
    assert checked
    return credential


def ask_to_use(user: User) -> Options:
    """What the browser is asked when somebody signs in."""
    return auth.begin_authentication(user)


def check_used(user: User, credential: Any) -> Authenticator:
    """The passkey of this person that gave the answer. Raises WrongCode."""
    return _checked(
        lambda: (auth.parse_authentication_response(credential), auth.complete_authentication(user, credential))[1]
    )


def _checked[Found](check: Callable[[], Found]) -> Found:
    try:
        return check()
    except NOT_AN_ANSWER as error:
        raise WrongCode("passkey not accepted") from error
    finally:
        auth.clear_state()
