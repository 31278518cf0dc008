"""A database column for dates as the records give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from onestory.platform.history.dates import NotADate, When, parse_when

if TYPE_CHECKING:
    # Given a When or its text; gives a When back, or None where it may be blank.
    _Text = models.CharField[When | str | None, Any]
else:
    _Text = models.CharField


class WhenField(_Text):
    """Keeps a date in EDTF level 0 as text and gives it back as a When; empty text is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 21)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> When | None:
        """The When of a stored text."""
        return parse_when(value) if value else None

    def to_python(self, value: When | str | None) -> When | None:
        """The When of a text from a form; raises ValidationError with the reason."""
        if value is None or isinstance(value, When):
            return value
        try:
            return parse_when(value) if value else None
        except NotADate as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: When | str | None) -> str:
        """The text to store."""
        return str(value) if value else ""
