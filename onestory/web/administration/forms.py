"""What an administrator types."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.access.roles import ROLES
from onestory.platform.agencies.sectors import SECTORS
from onestory.platform.ui.fields import DayField


def _text(label: str, missing: str, *, hint: str = "", longest: int = 200, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        error_messages={"required": missing, "max_length": f"{label}: {longest} letters at most"},
    )


class RoleField(forms.ChoiceField):
    """A role, with the sentence that says what somebody in it does."""

    widget = forms.RadioSelect
    sentences = {code: role.sentence() for code, role in ROLES.items()}

    def __init__(self) -> None:
        roles = sorted(ROLES.values(), key=lambda role: role.name)
        chosen = {"required": "Select a role", "invalid_choice": "Select a role"}
        super().__init__(label="Role", choices=[(role.code, role.name) for role in roles], error_messages=chosen)


class _Form(forms.Form):
    """A form whose fields have their names as ids."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})


class AgencyForm(_Form):
    """A new agency."""

    name = _text("Name of the agency", "Enter the name of the agency", longest=500)
    sector = forms.ChoiceField(
        label="Sector",
        choices=[("", "Select"), *SECTORS.items()],
        error_messages={"required": "Select a sector", "invalid_choice": "Select a sector"},
    )
    area = _text("Area", "", hint="Where it differs from the partnership’s own", longest=500, required=False)


class TeamForm(_Form):
    """A team with its shared inbox."""

    name = _text("Name of the team", "Enter the name of the team")
    inbox_label = _text(
        "Name of its shared inbox",
        "Enter the name of its shared inbox",
        hint="Messages go to the team’s inbox, never to one person alone",
    )
    phone = forms.RegexField(
        r"\A\+?[0-9][0-9 ()-]{5,30}(?: ?ext\.? ?[0-9]{1,6})?\Z",
        label="Phone",
        required=False,
        strip=True,
        help_text="The team’s own number, which somebody answers. Colleagues of other agencies see it with every child",
        error_messages={"invalid": "Enter a telephone number, like 01632 960 001 or 01632 960 001 ext 12"},
    )
    answers = forms.BooleanField(
        label="What is asked of the agency comes to this team",
        help_text="One team answers for the agency. It takes over from the one that does now.",
        required=False,
    )


class InviteForm(_Form):
    """Somebody who is to work in a team."""

    display_name = _text("Name", "Enter the name of the person", hint="As colleagues of other agencies know them")
    username = forms.RegexField(
        r"\A[A-Za-z0-9][A-Za-z0-9._-]{2,149}\Z",
        label="User name",
        help_text="Letters, digits, dots, hyphens. For somebody who has an account already, their user name there",
        error_messages={
            "required": "Enter a user name",
            "invalid": "The user name must have 3 or more letters, digits, dots or hyphens, and begin with a letter",
        },
    )
    email = forms.EmailField(
        label="Work e-mail address",
        required=False,
        help_text="Needed to sign in through their own organisation",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )
    role = RoleField()


class RoleForm(_Form):
    """Another role."""

    role = RoleField()


class EndForm(_Form):
    """A post that ends, now or after a last day."""

    last_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave empty for somebody who has left: the post ends now. Otherwise, for example, 27/3/2027",
    )


class LinkForm(_Form):
    """A new link to sign in with."""

    anew = forms.ChoiceField(
        label="Why is a link needed?",
        widget=forms.RadioSelect,
        choices=[
            ("no", "They have not signed in yet, or forgot their password"),
            ("yes", "They lost their phone, passkey or laptop"),
        ],
        error_messages={"required": "Select why a link is needed", "invalid_choice": "Select why a link is needed"},
    )


class ProviderForm(_Form):
    """How an agency's people sign in through their own organisation."""

    issuer = forms.CharField(
        label="Address of the provider (issuer)",
        max_length=500,
        help_text="As the provider writes it in its tokens, letter by letter. For example, https://sign-in.example.org",
        error_messages={"required": "Enter the address of the provider"},
    )
    client_id = _text("What the provider calls this program (client id)", "Enter the client id", longest=255)
    secret_reference = _text(
        "Where its secret is kept",
        "",
        hint="env:ONESTORY_PROVIDER_… or file:name. Never the secret itself",
        longest=255,
        required=False,
    )
    amr_values = _text(
        "Answers that show a second proof (amr)", "", hint="For example, mfa", longest=500, required=False
    )
    acr_values = _text("Assurance asked for (acr)", "", longest=500, required=False)


class NothingForm(_Form):
    """Nothing to type: the button is the answer."""
