"""What the team that owes a promise does about it."""

from __future__ import annotations

from typing import Any

from django import forms


class WordsForm(forms.Form):
    """Evidence, or a reason."""

    words = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}))

    def __init__(self, data: Any = None, *, name: str, label: str, missing: str) -> None:
        super().__init__(data, auto_id=f"{name}-%s")
        self.fields["words"].label = label
        self.fields["words"].error_messages |= {
            "required": missing,
            "max_length": f"{label} must be 2,000 letters or fewer",
        }


class TeamForm(forms.Form):
    """Another team of the agency."""

    team = forms.ChoiceField(
        label="Which team", error_messages={"required": "Select a team", "invalid_choice": "Select a team"}
    )

    def __init__(self, data: Any = None, *, teams: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="give-%s")
        self.fields["team"].choices = [("", "Select a team"), *teams]  # type: ignore[attr-defined]
