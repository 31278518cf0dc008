"""Everything that signing in writes: tries, passwords, second factors, links, identities."""

from __future__ import annotations

import datetime as dt
import logging
import secrets

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.accounts.attempts import WINDOW, Tries, key_of
from onestory.platform.accounts.models import Attempts, Invitation, OrganisationIdentity, OrganisationSignIn
from onestory.platform.accounts.one_time_codes import counter_of, plain
from onestory.platform.accounts.policies import LinkNotValid, NotThroughOrganisation, TooOften, same_address, works_here
from onestory.platform.accounts.queries import FACTORS, digest_of_link, invitation_of, secret_of
from onestory.platform.accounts.sealing import CannotOpen

logger = logging.getLogger(__name__)

INVITATION_LASTS = dt.timedelta(days=3)

COUNT = """
    INSERT INTO accounts_attempts AS kept (key, count, since_at) VALUES (%(key)s, 1, %(at)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.since_at <= %(before)s THEN 1 ELSE least(kept.count + 1, 100000) END,
        since_at = CASE WHEN kept.since_at <= %(before)s THEN excluded.since_at ELSE kept.since_at END
    RETURNING count
"""


def count_attempt(tries: Tries, *, name: str, by: User | None, at: dt.datetime) -> None:
    """Count one try under the name before it is looked at, so that many at once are not more than one by one.

    Raises TooOften when there were too many within WINDOW; what was tried is then not even looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key_of(tries, name), "at": at, "before": at - WINDOW})
        (count,) = cursor.fetchone()
    if count > tries.at_most:
        logger.warning("Signing in: too many tries (%s)", tries.what)
        raise TooOften(f"too many tries: {tries.what}")


def forget_attempts(tries: Tries, *, name: str, by: User, at: dt.datetime) -> None:
    """Begin counting anew under the name: its owner has signed in."""
    Attempts.objects.filter(key=key_of(tries, name)).delete()


def give_attempt_back(tries: Tries, *, name: str, by: User, at: dt.datetime) -> None:
    """Take one try back that turned out right: under an address only wrong ones count, many people share it."""
    Attempts.objects.filter(key=key_of(tries, name), count__gt=0).update(count=F("count") - 1)


def clear_old_attempts(*, by: None, at: dt.datetime) -> int:
    """Remove what no longer counts; how many rows that were."""
    return Attempts.objects.filter(since_at__lte=at - WINDOW).delete()[0]


def invite(user: User, *, by: User | None, at: dt.datetime) -> str:
    """A new link with which the person chooses a password; links made before stop working. It is not kept: pass it on.

    Somebody with a second factor is still asked for it: a link alone opens nothing.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(user=user, used_at=None).delete()
        Invitation.objects.create(
            user=user, digest=digest_of_link(token), made_by=by, made_at=at, expires_at=at + INVITATION_LASTS
        )
    logger.info("Signing in: a link to choose a password was made")
    return token


@transaction.atomic
def accept_invitation(token: str, *, password: str, by: None, at: dt.datetime) -> User:
    """Set the password that the person chose, and use the link up.

    Raises LinkNotValid, and Django's ValidationError for a password that is too easily guessed.
    """
    found = invitation_of(token, at)
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=at):
        raise LinkNotValid("link used, run out or unknown")
    change_password(found.user, password=password, by=found.user, at=at)
    return found.user


def change_password(user: User, *, password: str, by: User, at: dt.datetime) -> None:
    """Set a new password; every other session of the person ends. Raises Django's ValidationError when it is weak."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    logger.info("Signing in: a password was set")


@transaction.atomic
def add_app(user: User, *, secret: str, code: str, by: User, at: dt.datetime) -> bool:
    """Take the authenticator app that shows this code for the secret; False when the code is not right.

    An app set up before is replaced. The code that proved it cannot be used again.
    """
    counter = counter_of(secret, code, at)
    if counter is None:
        return False
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    kept = TOTP.activate(user, secret).instance
    kept.data["last_counter"] = counter
    kept.save(update_fields=["data"])
    _with_recovery_codes(user)
    return True


def _with_recovery_codes(user: User) -> None:
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
        RecoveryCodes.activate(user)


@transaction.atomic
def add_passkey(user: User, *, name: str, credential: dict, by: User, at: dt.datetime) -> None:
    """Keep a passkey whose registration was checked, and make recovery codes where there are none."""
    User.objects.select_for_update().get(pk=user.pk)
    data = {"name": name, "credential": credential}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data, created_at=at)
    _with_recovery_codes(user)


@transaction.atomic
def remove_passkey(user: User, *, passkey_id: int, by: User, at: dt.datetime) -> bool:
    """Remove one of the person's passkeys; False where there is none such, or it is the only second factor."""
    User.objects.select_for_update().get(pk=user.pk)
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    if factors.count() < 2:
        return False
    removed, _ = factors.filter(pk=passkey_id, type=Authenticator.Type.WEBAUTHN).delete()
    if removed:
        logger.info("Signing in: a passkey was removed")
    return bool(removed)


@transaction.atomic
def renew_recovery_codes(user: User, *, by: User, at: dt.datetime) -> None:
    """Make new recovery codes; the old ones stop working."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    logger.info("Signing in: recovery codes were made anew")


@transaction.atomic
def start_over(user: User, *, by: User | None, at: dt.datetime) -> str:
    """For somebody who lost their second factors, or to whom a device was stolen: a link to begin anew with.

    Password and second factors are gone, and with them every session of the person. An administrator's act.
    """
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    logger.warning("Signing in: an account was set back to the beginning")
    return invite(user, by=by, at=at)


@transaction.atomic
def use_code(user: User, *, typed: str, by: User, at: dt.datetime) -> str | None:
    """Which second factor the typed code is, app or recovery code, used up now; None for a code that is not right.

    An app's code counts once, whichever process looks at it, and so does every older one.
    """
    kept = Authenticator.objects.select_for_update().filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in kept.order_by("-type"):  # the app before recovery codes
        if _takes(authenticator, plain(typed), at):
            Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=at)
            return str(authenticator.type)
    return None


def _takes(authenticator: Authenticator, digits: str, at: dt.datetime) -> bool:
    try:
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return bool(authenticator.wrap().validate_code(digits))
        secret = secret_of(authenticator)
    except CannotOpen:
        logger.error("Signing in: a second factor was sealed with a secret key that the program does not have")
        return False
    counter = counter_of(secret, digits, at)
    if counter is None or counter <= authenticator.data.get("last_counter", 0):
        return False
    authenticator.data["last_counter"] = counter
    authenticator.save(update_fields=["data"])
    return True


def use_passkey(authenticator: Authenticator, *, by: User, at: dt.datetime) -> None:
    """Note that a passkey whose answer was checked has been used."""
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=at)


def link_identity(sign_in: OrganisationSignIn, *, subject: str, email: str, by: None, at: dt.datetime) -> User:
    """Link a subject of the organisation's provider to the one member of that agency with this verified e-mail.

    Raises NotThroughOrganisation: nobody or several have it, somebody of another agency has it, or the member is
    linked to another subject already.
    """
    members = [
        user
        for user in User.objects.filter(email__iexact=email, is_active=True)
        if same_address(user.email, email) and works_here(user, timezone.localdate(at), sign_in.agency)
    ]
    if len(members) != 1:
        raise NotThroughOrganisation("no member of the agency, or several, with the e-mail of the answer")
    linked, _ = OrganisationIdentity.objects.get_or_create(
        sign_in=sign_in, user=members[0], defaults={"subject": subject, "linked_at": at}
    )
    if linked.subject != subject:
        raise NotThroughOrganisation("the member is linked to another subject")
    logger.info("Signing in: a member was linked to their organisation's sign-in")
    return members[0]
