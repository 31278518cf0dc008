"""Forms of the inbox."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.ui.fields import DayField


class AnswerForm(forms.Form):
    """A few words with the acknowledgement; none are needed."""

    answer = forms.CharField(
        label="Anything that the sender should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"max_length": "What the sender should know must be 2,000 letters or fewer"},
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="notice-%s", **more)


class AwayForm(forms.Form):
    """From when until when somebody is away, and who covers."""

    since_on = DayField(label="First day away", help_text="For example, 27/3/2027", required=False)
    until_on = DayField(label="Last day away", help_text="For example, 3/4/2027", required=False)
    cover = forms.ChoiceField(label="Who looks after what is addressed to you", required=False)

    def __init__(self, data: Any = None, *, colleagues: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, auto_id="away-%s", **more)
        self.fields["cover"].choices = [("", "The whole team"), *colleagues]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both days, in their order."""
        given = self.cleaned_data
        for name, words in (("since_on", "Enter your first day away"), ("until_on", "Enter your last day away")):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, words)
        if not self.errors and given["until_on"] < given["since_on"]:
            self.add_error("until_on", "Your last day away must not be before the first")
        return given
