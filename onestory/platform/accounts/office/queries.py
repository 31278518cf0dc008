"""Reading accounts and providers for an administrator."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from onestory.platform.access.models import User
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.queries import has_factor
from onestory.platform.agencies.models import Agency


def sign_ins_of(agency: Agency) -> QuerySet[OrganisationSignIn]:
    """The agency's providers, shut ones too."""
    return OrganisationSignIn.objects.filter(agency=agency).select_related("changed_by")


def sign_in_numbered(sign_in_id: UUID) -> OrganisationSignIn | None:
    """One provider with its agency."""
    return OrganisationSignIn.objects.select_related("agency", "changed_by").filter(pk=sign_in_id).first()


def how_far(user: User) -> str:
    """How far somebody is with signing in, in words for an administrator."""
    if not user.is_active:
        return "Account closed"
    if has_factor(user):
        return "Signs in with two proofs"
    if user.identities.exists():
        return "Signs in through their organisation"
    return "Has chosen a password, no second proof yet" if user.has_usable_password() else "Has not signed in yet"
