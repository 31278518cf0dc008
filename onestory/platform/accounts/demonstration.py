"""Accounts of the demonstration, with password and second factor included. They exist in a demonstration alone."""

from __future__ import annotations

import datetime as dt
import os

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings

from onestory.platform.access.models import User
from onestory.platform.accounts.actions import add_app
from onestory.platform.accounts.one_time_codes import TOLERANCE, code_of, counter_at
from onestory.platform.accounts.queries import secret_of
from onestory.platform.demonstration.guard import reasons_against

PASSWORD = "harbour lantern orchard"
"""Everybody's password in the demonstration."""


def allowed() -> bool:
    """Whether this is a demonstration: its own data, on this machine only."""
    return settings.DEMO and not reasons_against(settings.DATA, settings.LISTEN_ON, os.environ)


def prepare_account(user: User, *, by: User | None, at: dt.datetime) -> None:
    """Give somebody of the demonstration a password and a second factor; what they have already stays.

    Raises RuntimeError outside a demonstration.
    """
    if not allowed():
        raise RuntimeError("Accounts are prepared in a demonstration only.")
    if not user.has_usable_password():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    if not Authenticator.objects.filter(user=user).exists():
        secret = generate_totp_secret()
        # Proved with a code of the past, so that the first one that is shown can be used.
        earlier = at - dt.timedelta(minutes=5)
        add_app(user, secret=secret, code=code_of(secret, counter_at(earlier)), by=user, at=earlier)


def code_now(user: User, at: dt.datetime) -> str | None:
    """The code that signs the person in at this moment; None outside a demonstration, or where they have no app.

    A code counts once: after it was used the next one is told, as long as it is taken already.
    """
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first() if allowed() else None
    if kept is None:
        return None
    now = counter_at(at)
    counter = min(max(now, kept.data.get("last_counter", 0) + 1), now + TOLERANCE)
    return code_of(secret_of(kept), counter)
