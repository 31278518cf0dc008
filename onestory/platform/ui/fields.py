"""Fields that forms share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onestory.platform.ui.days import NotADay, parse_day, typed_day


class DayField(forms.CharField):
    """One day in one text field, in the ways in which people write a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})

    def clean(self, value: Any) -> Any:
        """The day, or None where nothing was typed; raises ValidationError with what to do."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_day(typed)
        except NotADay as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: the text as it was typed, or a day that the program put there."""
        return typed_day(value) if isinstance(value, dt.date) else value
