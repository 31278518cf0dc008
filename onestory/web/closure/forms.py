"""The record, a receiver's task, an answer at the gate, a reason: as forms."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.help.closure.wording import EVERY
from onestory.platform.ui.fields import DayField
from onestory.platform.ui.wording import sentence

MOST = 4000


def words_field(
    label: str, missing: str = "", *, hint: str = "", rows: int = 3, required: bool = True
) -> forms.CharField:
    """A text of several lines; ``missing``: what is said where it is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing, "max_length": f"{label} must be 4,000 letters or fewer"},
    )


class RecordForm(forms.Form):
    """The closure record: the same text for everybody."""

    summary = words_field("Why it is safe to stop", required=False)
    parents_will = words_field("What the parents will do", required=False, hint="As they agreed to it.")
    if_not = words_field("What happens if it is not done", required=False, hint="Who does what, and how soon.")
    who_to_call = words_field("Who to call", required=False, rows=2, hint="A name or a team, and a number.")
    would_reopen = words_field("What would open the plan again", required=False)
    condition_then = forms.CharField(
        label="What is to happen if any further concern comes in",
        help_text="It is remembered for years and shown at every decision. Leave it empty for no such condition.",
        required=False,
        max_length=500,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="record-%s", **more)


class TaskForm(forms.Form):
    """Who goes on, with what, how often, until when, for which children."""

    team = forms.ChoiceField(label="Which team", error_messages={"required": "Select a team"})
    watches = words_field(
        "What it does and watches",
        required=False,
        hint="Leave this empty if the team is only to know that the plan has ended.",
    )
    every = forms.ChoiceField(
        label="How often",
        required=False,
        choices=(("", "Select how often"), *((k, sentence(w)) for k, w in EVERY.items())),
    )
    until_on = DayField(label="Until which day", required=False, help_text="For example 27/3/2027")
    children = forms.MultipleChoiceField(
        label="Which children",
        help_text="Select none for all of them.",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(
        self, data: Any = None, *, teams: list[tuple[str, str]], children: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(data, auto_id="task-%s", **more)
        self.fields["team"].choices = [("", "Select a team"), *teams]  # type: ignore[attr-defined]
        if len(children) > 1:
            self.fields["children"].choices = children  # type: ignore[attr-defined]
        else:
            del self.fields["children"]


class ReasonForm(forms.Form):
    """Whether a reason is met, and how one knows."""

    met = forms.ChoiceField(
        label="Is this met?",
        choices=(("yes", "Yes, and we know it"), ("no", "No")),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select whether this is met"},
    )
    words = words_field("How do you know, or what is left", "Enter how you know, or what is left")
    source = forms.CharField(
        label="Who or what says so", required=False, max_length=500, help_text="For example: police, by telephone"
    )
    on = DayField(label="On which day", required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="reason-%s", **more)


class DoneForm(forms.Form):
    """That a required action was done, and how one knows."""

    words = words_field("What was done, and how do you know", "Enter what was done, and how you know")
    source = forms.CharField(
        label="Who or what says so", max_length=500, error_messages={"required": "Enter who or what says so"}
    )
    on = DayField(label="On which day", error_messages={"required": "Enter the day"})

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="done-%s", **more)


class AnalysisForm(forms.Form):
    """What the chronology shows."""

    words = words_field("What does the chronology show?", "Enter what the chronology shows", rows=4)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="analysis-%s", **more)


class WhyForm(forms.Form):
    """A reason: to override, to give the ending up, to open the plan again."""

    reason = words_field("Why?", "Enter why")

    def __init__(self, data: Any = None, *, name: str = "why", label: str = "Why?", **more: Any) -> None:
        super().__init__(data, auto_id=f"{name}-%s", **more)
        self.fields["reason"].label = label


class NotSoForm(forms.Form):
    """Why a receiver does not accept; ``version``: the text that it has read."""

    words = words_field("Why?", "Enter why, so that the record can be agreed again")

    def __init__(self, data: Any = None, *, name: str, label: str) -> None:
        super().__init__(data, auto_id=f"{name}-%s")
        self.fields["words"].label = label
