"""Stepping up, a strategy discussion, a conference, the end of an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.agencies.models import Agency
from onestory.platform.ui.fields import DayField

MOST = 8000


class StepForm(forms.Form):
    """One step, as ``do`` says; what each needs is checked where it is done. Its fields are named after the step."""

    why = forms.CharField(
        label="Why may the child be at risk of significant harm?",
        required=False,
        widget=forms.Textarea(),
        max_length=MOST,
    )
    held_on = DayField(label="When was it?", required=False)
    present = forms.MultipleChoiceField(label="Who took part?", required=False, widget=forms.CheckboxSelectMultiple())
    why_not = forms.CharField(label="Who was missing, and why?", required=False, max_length=500)
    words = forms.CharField(label="What was agreed, and why?", required=False, widget=forms.Textarea(), max_length=MOST)
    goes_on = forms.ChoiceField(
        label="What follows?", required=False, choices=(("yes", "Yes"), ("no", "No")), widget=forms.RadioSelect()
    )

    def __init__(self, data: Any = None, *, do: str, agencies: list[Agency], initial: Any = None) -> None:
        super().__init__(data, auto_id=f"{do.replace(' ', '-')}-%s", initial=initial)
        self.do = do
        field = self.fields["present"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in agencies]
