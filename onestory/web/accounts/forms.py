"""What is typed to sign in. Refusals stand at a field, so that the summary's link leads there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from onestory.platform.access.models import User
from onestory.platform.accounts.models import OrganisationSignIn

LONGEST_PASSWORD = 500


class SignInForm(forms.Form):
    """The first proof."""

    username = forms.CharField(max_length=150, error_messages={"required": "Enter your user name"})
    password = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, error_messages={"required": "Enter your password"}
    )


class CodeForm(forms.Form):
    """A code of an app, or a recovery code."""

    code = forms.CharField(max_length=40, error_messages={"required": "Enter the code"})


class PasskeyForm(forms.Form):
    """What the browser answered for a passkey."""

    credential = forms.JSONField(
        error_messages={
            "required": "The passkey was not used. Try again",
            "invalid": "The passkey was not used. Try again",
        }
    )


class NewPasskeyForm(PasskeyForm):
    """A passkey, with a name by which its owner knows it again."""

    name = forms.CharField(
        max_length=60, error_messages={"required": "Give the passkey a name, for example “work phone”"}
    )


class NewPasswordForm(forms.Form):
    """A password that is to be kept."""

    password = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, error_messages={"required": "Enter a password"}
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """The password, if it is not one that is easily guessed."""
        password = self.cleaned_data["password"]
        try:
            validate_password(password, self.user)
        except ValidationError as weak:
            raise ValidationError(_words(weak.error_list[0])) from weak
        return password


SAID_PLAINLY = {
    "password_too_short": "The password must have 12 characters or more. Three random words are a good password",
    "password_too_common": "This password is too common: it would be guessed. Three random words are a good password",
    "password_entirely_numeric": "The password must not be digits alone. Three random words are a good password",
    "password_too_similar": "The password is too much like your name",
}


def _words(weak: ValidationError) -> str:
    return SAID_PLAINLY.get(weak.code or "", weak.messages[0])


class OrganisationField(forms.ModelChoiceField):
    """An organisation by its agency's name; where an agency has several providers, with the provider's host."""

    def label_from_instance(self, obj: Any) -> str:
        """How the organisation is offered."""
        name = str(obj.agency.name)
        several = sum(other.agency_id == obj.agency_id for other in self.queryset or ()) > 1
        return f"{name} ({urlsplit(obj.issuer).hostname})" if several else name


class OrganisationForm(forms.Form):
    """Through which organisation somebody signs in."""

    organisation = OrganisationField(
        queryset=OrganisationSignIn._default_manager.none(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your organisation", "invalid_choice": "Choose your organisation"},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        field.queryset = organisations
