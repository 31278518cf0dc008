"""Reading second factors, invitations and ways to sign in."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db.models import QuerySet

from onestory.platform.access.models import User
from onestory.platform.accounts.models import Invitation, OrganisationIdentity, OrganisationSignIn
from onestory.platform.accounts.sealing import CannotOpen

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor. Recovery codes stand in for one and cannot be the only one."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner knows it."""

    id: int
    name: str
    added_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has set up as a second factor."""

    app: bool
    passkeys: tuple[Passkey, ...]
    recovery_codes: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return self.app or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    """Everything that the person has set up, with the recovery codes that are not used yet."""
    kept = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    codes = [code for one in kept if one.type == Authenticator.Type.RECOVERY_CODES for code in _unused(one)]
    passkeys = [
        Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at)
        for one in kept
        if one.type == Authenticator.Type.WEBAUTHN
    ]
    return Factors(any(one.type == Authenticator.Type.TOTP for one in kept), tuple(passkeys), tuple(codes))


def _unused(authenticator: Authenticator) -> list[str]:
    try:
        return authenticator.wrap().get_unused_codes()
    except CannotOpen:
        return []


def has_factor(user: User) -> bool:
    """Whether the person has a second factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def user_called(username: str) -> User | None:
    """The account of this name, where it is in use."""
    return User.objects.filter(username=username, is_active=True).first()


def user_numbered(user_id: str) -> User | None:
    """The account with this identifier, where it is in use."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def digest_of_link(token: str) -> str:
    """How an invitation is found without being kept: a token has 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str, at: dt.datetime) -> Invitation | None:
    """The invitation that this link is, while it can be used."""
    open_ones = Invitation.objects.filter(used_at=None, expires_at__gt=at, user__is_active=True)
    return open_ones.filter(digest=digest_of_link(token)).select_related("user").first()


def open_sign_ins() -> QuerySet[OrganisationSignIn]:
    """The organisations through which people can sign in, by name."""
    return OrganisationSignIn.objects.filter(is_open=True).select_related("agency")


def open_sign_in(id: UUID) -> OrganisationSignIn | None:
    """One of them."""
    return open_sign_ins().filter(pk=id).first()


def member_known_as(sign_in: OrganisationSignIn, subject: str) -> User | None:
    """Who is linked to the subject of the organisation's provider."""
    known = OrganisationIdentity.objects.filter(sign_in=sign_in, subject=subject).select_related("user").first()
    return known.user if known else None


def secret_of(authenticator: Authenticator) -> str:
    """The secret that an authenticator app shares with the program."""
    return decrypt(authenticator.data["secret"])
