"""Who somebody is in the demonstration."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.web.signing_in.queries import Person


class ChoosePersonForm(forms.Form):
    """Who somebody is in the demonstration."""

    person = forms.ChoiceField(
        error_messages={"required": "Choose who you are", "invalid_choice": "Choose who you are"}
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = forms.RadioSelect()
        field.choices = [(one.username, one.name) for one in people]
