"""What is said with a document, what is left out of it besides, and what the family said to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onestory.platform.ui.fields import DayField


class GiveForm(forms.Form):
    """What the document means for this person, what stays out besides, and that somebody has read it."""

    plain = forms.CharField(
        label="What does it mean for them, in plain words?",
        help_text="Short sentences. Say also what was left out and why, as far as you can.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": "Enter what it means for them, in plain words"},
    )
    also = forms.MultipleChoiceField(
        label="Which answers do you leave out besides?", required=False, widget=forms.CheckboxSelectMultiple()
    )
    review_on = DayField(
        label="When do you look again whether it still has to be left out?",
        help_text="For example, 27/3/2027",
        error_messages={"required": "Enter when you look again"},
    )
    read = forms.BooleanField(
        label="I have read it as this person would, and it tells nothing of anybody else",
        error_messages={"required": "Read the document, and say that you have"},
    )

    def __init__(self, data: Any = None, *, lines: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, auto_id="give-%s", **more)
        also = self.fields["also"]
        assert isinstance(also, forms.MultipleChoiceField)
        also.choices = list(lines)


class CommentForm(forms.Form):
    """What somebody of the family said to it."""

    who = forms.CharField(label="Who said it?", max_length=500, error_messages={"required": "Enter who said it"})
    words = forms.CharField(
        label="What did they say, in their words?",
        help_text="Also what they want changed, and what you agreed.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": "Enter what they said, in their words"},
    )
    said_on = DayField(label="When?", error_messages={"required": "Enter when they said it"})

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="comment-%s", **more)
