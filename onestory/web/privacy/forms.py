"""What a privacy officer decides and asks."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.access.models import BreakGlass
from onestory.platform.scrutiny.models import Outcome
from onestory.platform.ui.fields import DayField

SAID = {"required": "Enter what you asked, and what was answered"}
CHOSEN = {"required": "Select what came of it", "invalid_choice": "Select what came of it"}


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})


class JudgeForm(_Form):
    """What came of looking into accesses."""

    outcome = forms.ChoiceField(
        label="What came of it?", choices=Outcome.choices, widget=forms.RadioSelect, error_messages=CHOSEN
    )
    remark = forms.CharField(
        label="On what that rests",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        help_text="Whom you asked, and what was answered. Nothing of what stands in the record.",
        error_messages=SAID,
    )


class ReconcileForm(JudgeForm):
    """What came of looking into a record that was opened in an emergency."""

    outcome = forms.ChoiceField(
        label="Was it justified?",
        choices=BreakGlass.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select whether it was justified",
            "invalid_choice": "Select whether it was justified",
        },
    )


class AskedForm(_Form):
    """Whose record a family asks about, and who asks."""

    name = forms.CharField(
        label="Whole name of the person",
        max_length=200,
        help_text="As the family gives it, letter by letter",
        error_messages={"required": "Enter the whole name of the person"},
    )
    born = DayField(
        label="Date of birth",
        help_text="For example, 27/3/2018",
        error_messages={"required": "Enter the date of birth"},
    )
    recipient = forms.CharField(
        label="Who asks",
        max_length=200,
        help_text="Name, and what they are to the person. Check first that they may be told",
        error_messages={"required": "Enter who asks"},
    )


class EndForm(_Form):
    """Ending a declared interest."""

    sure = forms.BooleanField(
        label="The interest no longer exists", error_messages={"required": "Tick the box, or go back"}
    )
