"""What is asked when somebody looks for a person or decides on two records."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.arrive.matching.comparing.birth_dates import read_birth_date
from onestory.arrive.matching.searching.sought import Sought, read_question
from onestory.arrive.matching.states import Decision

PURPOSES = (
    ("", "Say why"),
    ("a new concern", "A new concern has come in"),
    ("checks on a concern", "Checks on a concern"),
    ("a question from another agency", "Another agency asks who is involved"),
    ("comparing records", "Two records may be one person’s"),
)


class FindForm(forms.Form):
    """Who is looked for. Any one of the fields is enough; ``purpose`` is asked of those who search everybody."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        required=False,
        help_text="In any order. Short forms and other spellings are found too.",
    )
    born = forms.CharField(
        label="Date of birth",
        max_length=40,
        required=False,
        help_text="For example, 27 3 2016. A year alone helps too.",
    )
    place = forms.CharField(
        label="Postcode", max_length=300, required=False, help_text="Where they live now or lived before"
    )
    number = forms.CharField(
        label="Number",
        max_length=40,
        required=False,
        help_text="NHS number, unique pupil number, or an agency’s own number",
    )
    purpose = forms.ChoiceField(
        label="Why are you looking?", choices=PURPOSES, error_messages={"required": "Say why you are looking"}
    )

    def __init__(self, *args: Any, everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not everybody:
            del self.fields["purpose"]

    def clean_born(self) -> str:
        """A date that can be read; a day that no calendar has is taken for a slip."""
        typed = str(self.cleaned_data["born"]).strip()
        text = "/".join(typed.replace(",", " ").replace(".", "/").replace("-", "/").split())
        if typed and read_birth_date(typed) is None and read_birth_date(text) is None and not read_question(typed).born:
            raise forms.ValidationError("Enter a date of birth such as 27 3 2016, or a year")
        return typed

    def clean(self) -> dict[str, Any]:
        """Something by which anybody could be found."""
        cleaned = super().clean() or {}
        if not self.errors and self.sought().is_empty:
            self.add_error("name", "Enter a name, a date of birth with its day, a postcode or a number")
        return cleaned

    def sought(self) -> Sought:
        """The question."""
        typed = self.cleaned_data
        born = read_question(typed.get("born", "")).born or typed.get("born", "")
        return read_question(
            typed.get("name", ""), born=born, postcode=typed.get("place", ""), number=typed.get("number", "")
        )


class DecideForm(forms.Form):
    """What somebody decides on two records, and why; ``seen_at`` is what lay before them."""

    decision = forms.ChoiceField(
        label="Are these records one person’s?", choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why?",
        help_text="In a sentence that a colleague can follow in a year’s time.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen_at = forms.CharField(widget=forms.HiddenInput)


class UndoForm(forms.Form):
    """Why two people were not one."""

    reason = forms.CharField(
        label="Why are these two people?", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the second person says yes."""
