"""What is asked when somebody changes what is on record about a family."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from onestory.platform.history.vocabulary import RELATIONS
from onestory.web.entries.when_field import SayingField
from onestory.web.family_changes.actions import MISTAKE

STATUSES = (("confirmed", "Confirmed"), ("alleged", "Alleged"), ("denied", "Denied"))
SEXES = (("female", "Female"), ("male", "Male"), ("", "Not known"))
Choices = list[tuple[str, str]]


class _Dated(forms.Form):
    """A form with dates as people say them, none of them in the future."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "family-%s", **kwargs})
        for field in self.fields.values():
            if isinstance(field, SayingField):
                field.today = today


def _source() -> forms.CharField:
    return forms.CharField(
        label="How is this known?",
        help_text="Who said so, or what was seen. It stands beside it, and the family may read it.",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=1000,
        error_messages={"required": "Enter how this is known"},
    )


class TieForm(_Dated):
    """One relationship: what, of whom, where it stands, since when, until when, how that is known."""

    relation = forms.ChoiceField(label="What are they?", choices=[("", "Choose"), *RELATIONS.items()])
    of = forms.ChoiceField(label="Of whom?", widget=forms.RadioSelect(), error_messages={"required": "Select of whom"})
    status = forms.ChoiceField(
        label="Where does it stand?",
        choices=STATUSES,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select where it stands"},
    )
    since = SayingField(label="Since when (if known)", required=False)
    until = SayingField(label="Until when (if it has ended)", required=False)
    source = _source()
    rows_seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, of: Choices, standing: bool, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = of  # type: ignore[attr-defined]
        if standing:
            del self.fields["relation"], self.fields["of"]
            self.fields["status"].choices = [*STATUSES, (MISTAKE, "What stands last was recorded by mistake")]  # type: ignore[attr-defined]
        if new:
            self.fields = {**_of_somebody_new(self.fields["since"].today), **self.fields}  # type: ignore[attr-defined]


def _of_somebody_new(today: dt.date) -> dict[str, forms.Field]:
    born = SayingField(label="Date of birth (if known)", required=False)
    born.today = today
    child = (("yes", "A child"), ("no", "An adult"))
    return {
        "new_name": forms.CharField(
            label="Full name", max_length=200, error_messages={"required": "Enter the name, or what is known of it"}
        ),
        "new_born": born,
        "new_child": forms.ChoiceField(
            label="Is this a child or an adult?",
            choices=child,
            widget=forms.RadioSelect(),
            error_messages={"required": "Select whether this is a child or an adult"},
        ),
        "new_sex": forms.ChoiceField(label="Sex", choices=SEXES[::-1], required=False),
    }


class HomeForm(_Dated):
    """Who joined or left the home, which children's home, when, how that is known."""

    person = forms.ChoiceField(label="Who?", widget=forms.RadioSelect(), error_messages={"required": "Select who"})
    step = forms.ChoiceField(
        label="What happened?",
        choices=(("joined", "They came to live there"), ("left", "They left")),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select what happened"},
    )
    children = forms.MultipleChoiceField(
        label="Whose home?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select at least one child who lives there"},
    )
    happened = SayingField(label="When?", error_messages={"required": "Enter when, as exactly as it is known"})
    source = _source()

    def __init__(self, *args: Any, people: Choices, children: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["children"].choices = children  # type: ignore[attr-defined]


class PersonForm(_Dated):
    """Somebody's sex, and that they died."""

    sex = forms.ChoiceField(label="Sex", choices=SEXES, widget=forms.RadioSelect(), required=False)
    died = SayingField(label="Died on (only if they have died)", required=False)
    source = _source()

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        said = self.cleaned_data
        if not said.get("sex") and not said.get("died") and "died" not in self.errors:
            self.add_error("sex", "Select the sex, or enter when they died")
        return said
