"""The day as of which somebody looks back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from onestory.platform.ui.fields import DayField


class LookBackForm(forms.Form):
    """A past day, or none for today."""

    known_on = DayField(label="As it was known on", required=False)

    def __init__(self, data: Any, *, today: dt.date) -> None:
        super().__init__(data, auto_id="look-%s")
        self.today = today

    def clean_known_on(self) -> dt.date | None:
        """A day that has been; nobody knows what will be known."""
        day: dt.date | None = self.cleaned_data["known_on"]
        if day and day > self.today:
            raise forms.ValidationError("The day as of which you look must not be in the future")
        return day

    def day(self) -> dt.date:
        """The day as of which to tell; today where none, or no such day, was given."""
        return (self.cleaned_data.get("known_on") if self.is_valid() else None) or self.today
