"""The answer to an alert."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from onestory.oversee.signals.models import Sort
from onestory.platform.ui.fields import DayField

ANSWERS = (
    (Sort.ACT, "We are acting on it"),
    (Sort.NOT_NOW, "Not now: ask again on a day"),
    (Sort.NO, "No action"),
)


class AnswerForm(forms.Form):
    """Act, not now until a day, or no; in each case in words."""

    asking = forms.UUIDField(widget=forms.HiddenInput())
    sort = forms.ChoiceField(
        label="What is your answer?",
        choices=ANSWERS,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select your answer", "invalid_choice": "Select your answer"},
    )
    until_on = DayField(label="Ask again on", required=False)
    words = forms.CharField(
        label="What will be done, or why not",
        widget=forms.Textarea(),
        max_length=4000,
        error_messages={
            "required": "Enter what will be done, or why not",
            "max_length": "What will be done, or why not, must be 4,000 letters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, today: dt.date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="answer-%s")
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A day in the future where the answer is “not now”, and only there."""
        given = self.cleaned_data
        if given.get("sort") != Sort.NOT_NOW:
            given["until_on"] = None
            self.errors.pop("until_on", None)
        elif "until_on" not in self.errors:
            self._check_day(given.get("until_on"))
        return given

    def _check_day(self, day: dt.date | None) -> None:
        if day is None:
            self.add_error("until_on", "Enter the day on which you want to be asked again")
        elif day <= self.today:
            self.add_error("until_on", "The day on which you are asked again must be in the future")
