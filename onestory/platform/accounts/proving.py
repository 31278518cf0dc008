"""The proofs, one after the other: counted, then looked at. Each refusal is logged without saying whose it was."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.contrib.auth import authenticate
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.accounts import actions, passkeys
from onestory.platform.accounts.attempts import ADDRESS, CODE, PASSWORD, network_of
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.answering import Answer
from onestory.platform.accounts.policies import NotThroughOrganisation, WrongCode, WrongDetails, works_here
from onestory.platform.accounts.queries import member_known_as

logger = logging.getLogger(__name__)


def prove_by_password(*, username: str, password: str, address: str, at: dt.datetime) -> User:
    """Whose user name and password these are. Raises TooOften, and WrongDetails whatever was wrong with them.

    Tries under a name are forgotten only when the second proof was given, too.
    """
    actions.count_attempt(ADDRESS, name=network_of(address), by=None, at=at)
    actions.count_attempt(PASSWORD, name=username, by=None, at=at)
    user = authenticate(None, username=username, password=password)
    if not isinstance(user, User) or not works_here(user, timezone.localdate(at)):
        raise WrongDetails("user name or password")
    actions.give_attempt_back(ADDRESS, name=network_of(address), by=user, at=at)
    return user


def prove_by_code(user: User, *, typed: str, at: dt.datetime) -> str:
    """Which second factor the code is. Raises TooOften or WrongCode."""
    actions.count_attempt(CODE, name=str(user.pk), by=user, at=at)
    found = actions.use_code(user, typed=typed, by=user, at=at)
    if found is None:
        raise WrongCode("code")
    _forget_tries(user, at)
    return found


def prove_by_passkey(user: User, *, credential: Any, at: dt.datetime) -> str:
    """Take a passkey's answer to what the browser was asked. Raises WrongCode."""
    passkey = passkeys.check_used(user, credential)
    actions.use_passkey(passkey, by=user, at=at)
    _forget_tries(user, at)
    return str(passkey.type)


def set_up_app(user: User, *, secret: str, typed: str, at: dt.datetime) -> str:
    """Take an authenticator app that shows the right code. Raises TooOften or WrongCode."""
    actions.count_attempt(CODE, name=str(user.pk), by=user, at=at)
    if not actions.add_app(user, secret=secret, code=typed, by=user, at=at):
        raise WrongCode("first code of an app")
    _forget_tries(user, at)
    logger.info("Signing in: an authenticator app was set up")
    return "totp"


def set_up_passkey(user: User, *, name: str, credential: Any, at: dt.datetime) -> str:
    """Take a passkey that the browser made. Raises WrongCode."""
    actions.add_passkey(user, name=name, credential=passkeys.check_made(credential), by=user, at=at)
    _forget_tries(user, at)
    logger.info("Signing in: a passkey was set up")
    return "webauthn"


def prove_by_organisation(sign_in: OrganisationSignIn, answer: Answer, *, at: dt.datetime) -> User:
    """Who works here under what the organisation's provider answered. Raises NotThroughOrganisation.

    The first time the person is known by the verified e-mail, from then on by the subject alone.
    """
    user = member_known_as(sign_in, answer.subject)
    if user is None:
        user = actions.link_identity(sign_in, subject=answer.subject, email=answer.email, by=None, at=at)
    if not works_here(user, timezone.localdate(at), sign_in.agency):
        raise NotThroughOrganisation("not a member of that agency now")
    return user


def _forget_tries(user: User, at: dt.datetime) -> None:
    actions.forget_attempts(CODE, name=str(user.pk), by=user, at=at)
    actions.forget_attempts(PASSWORD, name=user.username, by=user, at=at)
