"""Whether an administrator may do it now. Each refusal names the field it stands at."""

from __future__ import annotations

from urllib.parse import urlsplit

from onestory.platform.access.models import User
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.finding import OF_ENVIRONMENT, OF_FILE
from onestory.platform.agencies.policies import CannotChange


def check_new_account(*, username: str, email: str) -> None:
    """A user name counts once, however it is written; so does an e-mail, since a provider knows people by it."""
    if User.objects.filter(username__iexact=username).exists():
        raise CannotChange("username", "Somebody has this user name already")
    if email and User.objects.filter(email__iexact=email, is_active=True).exists():
        raise CannotChange("email", "Somebody has this e-mail address already. Look for them under “People”")


def check_provider(sign_in: OrganisationSignIn, *, issuer: str, secret_reference: str) -> None:
    """A provider answers over HTTPS, is named once for an agency, and its secret is kept where the program reads it."""
    if urlsplit(issuer).scheme != "https" or not urlsplit(issuer).hostname:
        raise CannotChange("issuer", "The address must begin with https://")
    if OrganisationSignIn.objects.filter(agency=sign_in.agency, issuer=issuer).exclude(pk=sign_in.pk).exists():
        raise CannotChange("issuer", f"{sign_in.agency.name} has this provider already")
    if secret_reference and not (OF_ENVIRONMENT.match(secret_reference) or OF_FILE.match(secret_reference)):
        raise CannotChange("secret_reference", "Write env:ONESTORY_PROVIDER_ and a name, or file: and a name")


def check_may_open(sign_in: OrganisationSignIn, *, by: User) -> None:
    """Whoever runs a provider can sign in as anybody of the agency: two people stand behind it."""
    if sign_in.changed_by_id == by.pk:
        raise CannotChange("is_open", "Another administrator has to open it: you wrote it down yourself")
