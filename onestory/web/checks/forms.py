"""Asking and answering, as forms."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.decide.checks.bands import bands
from onestory.decide.checks.models import Check
from onestory.platform.sharing.bases import bases

OWN_RECORDS = "Our own records"


def _words(label: str, missing: str, *, rows: int = 3, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing, "max_length": f"{label} must be 2,000 letters or fewer"},
    )


class AskForm(forms.Form):
    """Whom, why, by which right, what, by when."""

    sort = "check"
    teams = forms.MultipleChoiceField(
        label="Who is asked",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select who is asked"},
    )
    purpose = forms.CharField(
        label="Why do you ask",
        max_length=200,
        error_messages={"required": "Enter why you ask", "max_length": "Why you ask must be 200 letters or fewer"},
    )
    basis = forms.ChoiceField(
        label="On which lawful basis",
        choices=[(one.code, one.words) for one in bases().values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Select on which lawful basis you ask"},
    )
    question = _words("What do you ask", "Enter what you ask", hint="Only what is needed for this child.")
    band = forms.ChoiceField(
        label="How urgent is it", widget=forms.RadioSelect(), error_messages={"required": "Select how urgent it is"}
    )

    def __init__(self, data: Any = None, *, teams: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, auto_id="check-%s", **more)
        self.fields["teams"].choices = teams  # type: ignore[attr-defined]
        self.fields["band"].choices = [(one.code, one.choice()) for one in bands() if one.sort == self.sort]  # type: ignore[attr-defined]


class WelfareForm(AskForm):
    """A welfare check: of the police, and on which grounds."""

    sort = "welfare"
    teams = forms.MultipleChoiceField(  # radios would need another field's shape; one is enough
        label="Which police team",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select which police team is asked"},
    )
    grounds = _words("Why may the child not be safe", "Enter why the child may not be safe")


class HeldForm(forms.Form):
    """What is held that bears on the child, and what was searched."""

    relevance = _words(
        "What bears on the child",
        "Enter what bears on the child",
        hint="What those who decide need to know; not your whole record, and not therapy.",
    )
    parent_told = forms.CharField(
        label="What the parent was told, or why not",
        max_length=500,
        required=False,
        error_messages={"max_length": "What the parent was told must be 500 letters or fewer"},
    )
    searched = forms.CharField(
        label="What you searched",
        max_length=500,
        initial=OWN_RECORDS,
        error_messages={
            "required": "Enter what you searched",
            "max_length": "What you searched must be 500 letters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, about_adults: bool, **more: Any) -> None:
        super().__init__(data, auto_id="held-%s", **more)
        if about_adults:
            self.fields["parent_told"].required = True
            self.fields["parent_told"].error_messages["required"] = (
                "Enter what the parent was told, or why they were not told"
            )


class DeclineForm(forms.Form):
    """Why the police will not go."""

    relevance = _words("Why do you decline", "Enter why you decline")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="decline-%s", **more)


class WithdrawForm(forms.Form):
    """Why an answer is no longer needed."""

    relevance = _words("Why is an answer no longer needed", "Enter why an answer is no longer needed")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="withdraw-%s", **more)


class ReportForm(forms.Form):
    """What the police found."""

    outcome = forms.ChoiceField(
        label="What did you find",
        choices=Check.Outcome.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select what you found"},
    )
    relevance = _words("What did you see and hear", "Enter what you saw")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="report-%s", **more)
