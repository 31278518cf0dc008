"""What is typed to open and to close records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from onestory.platform.access.models import Conflict, Seal
from onestory.platform.access.policy import Level
from onestory.platform.ui.fields import DayField


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})


def _words(label: str, missing: str, *, hint: str = "", rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        max_length=2000,
        required=required,
        error_messages={"required": missing, "max_length": f"{label}: 2,000 letters at most"},
    )


def _choice(label: str, choices: Any, missing: str) -> forms.ChoiceField:
    chosen = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=chosen)


class OpenForm(_Form):
    """Why now, and what is needed."""

    reason = _words("Why do you need to look now?", "Enter why you need to look now")
    scope = _words(
        "What do you need to know?",
        "Enter what you need to know",
        hint="For example: who looks after her tonight, and how to reach them",
    )


class AskForm(OpenForm):
    """The same, for a record that is not shown."""

    name = forms.CharField(
        label="Whole name", max_length=200, error_messages={"required": "Enter the whole name of the person"}
    )
    born = DayField(
        label="Date of birth",
        help_text="For example, 27/3/2018",
        error_messages={"required": "Enter the date of birth"},
    )

    field_order = ("name", "born", "reason", "scope")


class ApproveForm(_Form):
    """A second person stands behind it."""

    sure = forms.BooleanField(
        label="I have spoken with them, and it is needed now",
        error_messages={"required": "Tick the box, or go back"},
    )


class InterestForm(_Form):
    """What sort of interest."""

    nature = _choice("What is your interest in this record?", Conflict.Nature.choices, "Select your interest")


READERS = "A user name, or a team as “Team, Agency”, one a line"


class SealForm(_Form):
    """Why a record is sealed, and who may open it."""

    ground = _choice("Why is it sealed?", Seal.Ground.choices, "Select why it is sealed")
    readers = _words("Who may open it?", "Enter who may open it, one a line", hint=READERS, rows=4)


class ReadersForm(_Form):
    """More readers."""

    readers = _words("Who else?", "Enter who else, one a line", hint=READERS, rows=4)


class ProtectForm(_Form):
    """Why a location is protected, and who may know it."""

    reason = _words("Why is it protected?", "Enter why it is protected", rows=2)
    readers = _words("Who may know it?", "", hint=READERS, rows=4, required=False)


class ThreatForm(_Form):
    """From whom somebody is to be kept safe, and why."""

    alleged = _choice("Who is said to be a danger?", [], "Select who is said to be a danger")
    reason = _words(
        "What is said, and by whom?",
        "Enter what is said",
        hint="What happened or was said, not that it is proved. Name no place where the person is",
    )

    def __init__(self, *args: Any, people: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["alleged"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one), name) for one, name in people.items()]


class SureForm(_Form):
    """Ending a protection."""

    sure = forms.BooleanField(
        label="I have checked that it is safe", error_messages={"required": "Tick the box, or go back"}
    )


class OfAgencyForm(_Form):
    """Which agency; empty: every other one."""

    agency = forms.ChoiceField(label="Which agency?", required=False)

    def __init__(self, *args: Any, agencies: Any, every: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        first = [("", every)]
        field.choices = [*first, *((str(one.pk), str(one)) for one in agencies)]


class WishForm(OfAgencyForm):
    """Who is not to know of a parent's own care history."""


class BasisForm(OfAgencyForm):
    """On which basis an agency may know all the same."""

    basis = _words(
        "On which basis may it know, also against their wish?",
        "Enter on which basis this agency may know",
        hint="What bears on the child, the law, who decided, and what the person was told",
    )

    def clean_agency(self) -> str:
        """One agency, named."""
        if not self.cleaned_data["agency"]:
            raise forms.ValidationError("Select an agency")
        return str(self.cleaned_data["agency"])


class SharingForm(OfAgencyForm):
    """The most that another agency may see of an entry, and why."""

    at_most = _choice(
        "What may they see?",
        [
            (str(int(Level.FULL)), "All that their ties allow"),
            (str(int(Level.SUMMARY)), "At most that it happened: agency, date, kind; no words"),
            (str(int(Level.NOTHING)), "Nothing: for them it looks as if it were not there"),
        ],
        "Select what they may see",
    )
    words = _words("How may it help the child to tell; or why is it not told?", "Enter how it may help, or why not")
