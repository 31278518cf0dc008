"""Giving a child to a worker, ending it, and supervision, as forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onestory.oversee.supervision.models import Allocation
from onestory.platform.ui.fields import DayField


def _words(label: str, missing: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing, "max_length": f"{label}: 4,000 letters at most"},
    )


class AllocateForm(forms.Form):
    """Who has the child, or covers."""

    worker = forms.ChoiceField(
        label="Who",
        widget=forms.RadioSelect(),
        error_messages={"required": "Select who", "invalid_choice": "Select who"},
    )
    sort = forms.ChoiceField(
        label="As what",
        choices=Allocation.Sort.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select as what", "invalid_choice": "Select as what"},
    )
    why = _words("Why", "", rows=2, hint="It stands in the history of who worked for the child")

    def __init__(self, data: Any = None, *, people: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, auto_id="allocate-%s", **more)
        self.fields["worker"].choices = list(people)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why it ends."""

    why = _words("Why does it end", "Enter why it ends", rows=2)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="end-%s", **more)


class SuperviseForm(forms.Form):
    """What was thought about, and what was decided."""

    held_on = DayField(
        label="When did you talk", help_text="Such as 27/3/2026", error_messages={"required": "Enter the day"}
    )
    reflection = _words(
        "What did you think about together",
        "Enter what you thought about together",
        rows=6,
        hint="What is life like for this child? What do we know, what do we only believe, what would change our mind? "
        "It stays within your agency",
    )
    decision = _words(
        "What was decided",
        "Enter what was decided",
        hint="It stands in the chronology with your name, where others can challenge it",
    )
    next_on = DayField(label="When do you talk again", required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="supervise-%s", **more)
