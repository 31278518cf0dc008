"""Was the child seen? As forms."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.help.aftercare.policies import NOT_SEEN
from onestory.platform.ui.fields import DayField

MOST = 4000


def _words(label: str, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": missing, "max_length": f"{label} must be 4,000 letters or fewer"},
    )


class SeenForm(forms.Form):
    """On which day the child was seen, and how the child was."""

    on = DayField(label="On which day", error_messages={"required": "Enter the day on which the child was seen"})
    words = _words("How was the child?", "Enter how the child was", "What you saw and heard, and what it means.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="seen-%s")


class NotSeenForm(forms.Form):
    """How it came that the child was not seen, and what is done."""

    outcome = forms.ChoiceField(
        label="How did it come?",
        choices=tuple(NOT_SEEN.items()),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select how it came that the child was not seen"},
    )
    not_seen_words = _words("What do you do about it?", "Enter what you do about it")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="not-seen-%s")
