"""What django-allauth asks of the program about second factors."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from onestory.platform.access.models import User
from onestory.platform.accounts.sealing import seal, unseal

PURPOSE = "second-factor"
PRODUCT = "Onestory"


class Accounts(DefaultAccountAdapter):
    """Nobody makes an account for themselves: a partnership administrator does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactors(DefaultMFAAdapter):
    """Secrets are sealed in the table; the product and the user name stand in the authenticator app."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a kept secret. Raises CannotOpen."""
        return unseal(encrypted_text, purpose=PURPOSE)

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return PRODUCT

    def get_totp_label(self, user: User) -> str:
        """Whose code it is."""
        return user.username

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        """Who the passkey is for: the browser shows the user name, and keeps an identifier that says nothing."""
        return {"id": user.pk.bytes, "display_name": user.display_name, "name": user.username}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For which host a passkey counts."""
        return {**super().get_public_key_credential_rp_entity(), "name": PRODUCT}
