"""A change of a rule as it is proposed and decided."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.oversee.signals.tuned import LEVEL, LEVELS, OWNER
from onestory.platform.agencies.sectors import SECTORS
from onestory.platform.ui.fields import DayField

SHIPPED = "Leave empty to go back to what is shipped"
LEVEL_WORDS = {"note": "Note: shown, nobody is asked", "review": "Review: a team is asked", "act": "Act now"}


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})


class ProposeForm(_Form):
    """A value, why, and from which day on. ``sort`` says whether a number, a level or a sector is asked for."""

    value = forms.CharField(label="Value", required=False, max_length=80, help_text=SHIPPED)
    why = forms.CharField(
        label="Why it should change",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Enter why it should change"},
    )
    from_on = DayField(
        label="First day", help_text="For example, 27/3/2027", error_messages={"required": "Enter the first day"}
    )

    def __init__(self, *args: Any, sort: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = label
        if sort == LEVEL:
            self._choose([(level, LEVEL_WORDS[level]) for level in LEVELS])
        elif sort == OWNER:
            self._choose(sorted(SECTORS.items(), key=lambda one: one[1]))

    def _choose(self, choices: list[tuple[str, str]]) -> None:
        value = self.fields["value"]
        shipped = ("", "As it is shipped")
        self.fields["value"] = forms.ChoiceField(
            label=value.label, required=False, choices=[shipped, *choices], widget=forms.RadioSelect
        )


class DecideForm(_Form):
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
