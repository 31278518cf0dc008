"""A date as people say it, in one text field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onestory.arrive.entries.saying_when import HINT, NotWhen, as_typed, parse_saying
from onestory.platform.history.dates import When


class SayingField(forms.CharField):
    """A day, a month, a year or from one to another; ``today`` is set by the form."""

    today = dt.date.max

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "help_text": HINT, **kwargs})
        self.widget.attrs["class"] = "govuk-input--width-20"

    def clean(self, value: Any) -> Any:
        """The When, or None where nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_saying(typed, today=self.today)
        except NotWhen as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: the text as it was typed, or a date that the program put there."""
        return as_typed(value) if isinstance(value, When) else value
