"""Stepping up, a strategy discussion, a conference, the end of an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.agencies.models import Agency
from onestory.platform.ui.fields import DayField

MOST = 8000


class StepForm(forms.Form):
    """One step, as ``do`` says; what each needs is checked where it is done."""

    do = forms.ChoiceField(
        choices=[(one, one) for one in ("step up", "discussion", "conference", "end")], widget=forms.HiddenInput()
    )
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

    def __init__(self, data: Any = None, *, agencies: list[Agency]) -> None:
        super().__init__(data, auto_id="step-%s")
        field = self.fields["present"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in agencies]
