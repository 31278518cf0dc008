"""Accounts that begin and end, and how an agency's people sign in through their own organisation."""

from __future__ import annotations

import datetime as dt
import logging
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from onestory.platform.access.models import User
from onestory.platform.accounts.actions import invite, start_over
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.office.policies import check_may_open, check_new_account, check_provider
from onestory.platform.agencies.actions import note_change
from onestory.platform.agencies.models import Agency
from onestory.platform.agencies.policies import CannotChange, check_not_oneself

logger = logging.getLogger(__name__)


@transaction.atomic
def open_account(*, username: str, display_name: str, email: str, by: User, at: dt.datetime) -> User:
    """An account without a password: its owner chooses one with a link (``invite``). Raises CannotChange."""
    check_new_account(username=username, email=email)
    user = User(username=username, display_name=display_name, email=email)
    user.set_unusable_password()
    user.save()
    note_change(f"Made an account for {display_name}.", about=user, by=by, at=at)
    return user


@transaction.atomic
def invite_by_administrator(user: User, *, anew: bool, by: User, at: dt.datetime) -> str:
    """A link to choose a password with; ``anew``: for whoever lost phone or laptop. Raises CannotChange.

    With ``anew`` password, second factors and sessions end first. The link is returned once and not kept.
    """
    check_not_oneself(user, by=by)
    if not user.is_active:
        raise CannotChange("role", "This account is closed. Give the person a post first")
    if anew:
        end_sessions(user, by=by, at=at)
    words = "Set the sign-in of {} back to the beginning, with a new link." if anew else "Made a link for {}."
    note_change(words.format(user.display_name), about=user, by=by, at=at)
    return (start_over if anew else invite)(user, by=by, at=at)


@transaction.atomic
def close_account(user: User, *, by: User, at: dt.datetime) -> None:
    """Nobody signs in with the account any more; whoever is signed in with it is out. What they wrote stays theirs."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    user.invitations.filter(used_at=None).delete()
    end_sessions(user, by=by, at=at)
    note_change(f"Closed the account of {user.display_name}.", about=user, by=by, at=at)


@transaction.atomic
def reopen_account(user: User, *, by: User, at: dt.datetime) -> None:
    """Let somebody who comes back use their account again; nothing where it is open."""
    if not user.is_active:
        User.objects.filter(pk=user.pk).update(is_active=True)
        user.is_active = True
        note_change(f"Opened the account of {user.display_name} again.", about=user, by=by, at=at)


def end_sessions(user: User, *, by: User, at: dt.datetime) -> int:
    """End every session in which the person is signed in; how many those were."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    theirs = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=at).iterator()
        if store().decode(session.session_data).get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
    logger.info("Sessions ended: %d", len(theirs))
    return len(theirs)


@transaction.atomic
def keep_sign_in(agency: Agency, *, known: OrganisationSignIn | None, by: User, at: dt.datetime, **how: Any) -> None:
    """Write down how an agency's people sign in through their organisation; it stays shut until somebody else opens it.

    ``how`` as OrganisationSignIn has it: issuer, client_id, secret_reference, acr_values, amr_values.
    Raises CannotChange.
    """
    sign_in = known or OrganisationSignIn(agency=agency)
    check_provider(sign_in, issuer=how["issuer"], secret_reference=how["secret_reference"])
    for name, value in {**how, "is_open": False, "changed_by": by}.items():
        setattr(sign_in, name, value)
    sign_in.save()
    note_change(f"Wrote down the sign-in provider {how['issuer']}; it is shut.", agency=agency, by=by, at=at)


@transaction.atomic
def open_sign_in(sign_in: OrganisationSignIn, *, by: User, at: dt.datetime) -> None:
    """Let people sign in through the provider. Raises CannotChange for whoever wrote it down."""
    check_may_open(sign_in, by=by)
    _set_open(sign_in, True)
    note_change(f"Opened the sign-in provider {sign_in.issuer}.", agency=sign_in.agency, by=by, at=at)


@transaction.atomic
def shut_sign_in(sign_in: OrganisationSignIn, *, by: User, at: dt.datetime) -> None:
    """Nobody signs in through the provider any more."""
    _set_open(sign_in, False)
    note_change(f"Shut the sign-in provider {sign_in.issuer}.", agency=sign_in.agency, by=by, at=at)


def _set_open(sign_in: OrganisationSignIn, is_open: bool) -> None:
    sign_in.is_open = is_open
    sign_in.save(update_fields=["is_open"])
