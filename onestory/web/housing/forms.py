"""An application or tenancy, a move, a hand-over, as forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onestory.help.housing.models import Home
from onestory.platform.ui.fields import DayField

type Choices = Iterable[tuple[str, str]]


def _words(label: str, missing: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing, "max_length": f"{label}: 2,000 letters at most"},
    )


def _radios(label: str, missing: str, choices: Choices = ()) -> forms.ChoiceField:
    said = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect(), error_messages=said)


def _several(label: str, *, missing: str = "", hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": missing, "invalid_choice": missing or label},
    )


class HomeForm(forms.Form):
    """Who has applied, or is a tenant, and what it means for the child."""

    person = _radios("Who", "Select who")
    sort = _radios(
        "Have they applied, or are they tenants", "Select whether they have applied or are tenants", Home.Sort.choices
    )
    since_on = DayField(
        label="Since when", help_text="Such as 27/3/2026", error_messages={"required": "Enter since when"}
    )
    insecure = forms.BooleanField(label="There is no home, or it may be lost", required=False)
    for_the_child = _words(
        "What does this home, or having none, mean for the child",
        "Enter what this home, or having none, means for the child",
        hint="Sleep, warmth, who lives there, who is near: the child, not the tenancy",
    )

    def __init__(self, data: Any = None, *, people: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="home-%s", **more)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Who moved, where to, and who takes over there."""

    people = _several("Who moved", missing="Select who moved")
    on = DayField(label="On which day", help_text="Such as 27/3/2026", error_messages={"required": "Enter the day"})
    where = _radios(
        "Where to",
        "Select where to",
        (("inside", "Within our area"), ("outside", "Out of our area")),
    )
    area = forms.CharField(
        label="To which area", required=False, max_length=200, help_text="Out of our area: its name, no address"
    )
    teams = _several("Who takes over", hint="They see the family’s record from then on, and say that they have it")
    why_nobody = _words("If nobody can be told yet: why", "", rows=2)
    words = _words("What do they need to know", "", hint="Who helps, what is due next, what worries you")

    def __init__(self, data: Any = None, *, people: Choices, teams: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="move-%s", **more)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who takes over a family that moved earlier."""

    teams = _several("Who takes over", missing="Select who takes over")
    words = _words("What do they need to know", "")

    def __init__(self, data: Any = None, *, teams: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="over-%s", **more)
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]
