"""A tool as a file, and what is decided on it."""

from __future__ import annotations

from typing import Any

from django import forms


class BringInForm(forms.Form):
    """The file, and what it is for."""

    file = forms.FileField(
        label="The file of the tool",
        help_text="A FHIR R4 Questionnaire as JSON",
        error_messages={"required": "Choose the file of the tool", "empty": "The file is empty"},
    )
    why = forms.CharField(
        label="What is this tool for, or what has changed in it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": "Enter what this tool is for, or what has changed in it"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "tool-%s", **kwargs})


class DecideForm(forms.Form):
    """Approve or decline, and why."""

    approve = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[("yes", "Approve"), ("no", "Decline")],
        error_messages={"required": "Select approve or decline"},
    )
    words = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Enter why"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})
