"""What is typed about services, as forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onestory.help.services.directory import FIELDS, TEAM, Field, NotAllowed, problems_between
from onestory.help.services.lists import gap_sorts, results_of, service_types
from onestory.help.services.models import Service
from onestory.platform.history.vocabulary import APPOINTMENT_OUTCOMES
from onestory.platform.ui.fields import DayField

type Choices = Iterable[tuple[str, str]]
OUTCOME_WORDS = {
    "kept": "They came",
    "missed": "They did not come",
    "not_brought": "The child was not brought",
    "cancelled": "It was cancelled",
    "declined": "They did not want it",
    "not_arranged": "It was not arranged",
}
ANYTHING = ("", "Anything")


def _words(label: str, missing: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing, "max_length": f"{label} must be 2,000 letters or fewer"},
    )


def _choice(label: str, missing: str, choices: Choices = (), **more: Any) -> forms.ChoiceField:
    said = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect(), error_messages=said, **more
    )


class _Told(forms.CharField):
    """A field of the directory, read as a file's cell is read."""

    def __init__(self, field: Field) -> None:
        widget = forms.Textarea(attrs={"rows": str(field.rows)}) if field.rows else forms.TextInput()
        missing = {"required": f"Enter: {field.label.lower()}"}
        super().__init__(
            label=field.label, help_text=field.hint, required=field.required, widget=widget, error_messages=missing
        )
        self.told = field

    def clean(self, value: Any) -> Any:
        """The value, or what is allowed."""
        typed = super().clean(value)
        try:
            return self.told.value(typed)
        except NotAllowed as error:
            raise ValidationError(f"{self.told.label}: found “{typed[:60]}”; allowed: {error}") from error


class ServiceForm(forms.Form):
    """One service of the directory."""

    def __init__(self, data: Any = None, *, teams: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="service-%s", **more)
        for field in FIELDS:
            self.fields[field.key] = _form_field(field)
        none = ("", "No team in Onestory: whoever asks writes the answer down")
        self.fields[TEAM] = forms.ChoiceField(
            label="Which team answers requests", required=False, choices=[none, *teams], widget=forms.Select()
        )

    def clean(self) -> dict[str, Any]:
        """What fits each field and not the others is said at the later one."""
        given = super().clean() or {}
        for name, found, allowed in problems_between({one.name: given.get(one.key) for one in FIELDS}):
            field = next(one for one in FIELDS if one.name == name)
            self.add_error(field.key, f"{field.label}: found “{found}”; allowed: {allowed}")
        return given

    def told(self) -> dict[str, Any]:
        """What was typed, by the names of the fields in a file."""
        return {one.name: self.cleaned_data[one.key] for one in FIELDS} | {TEAM: self.cleaned_data[TEAM]}


def _form_field(field: Field) -> forms.Field:
    if field.name == "taxonomy_term.code":
        choices = [("", "Select"), *((one.code, one.words) for one in service_types().values())]
        return forms.ChoiceField(
            label=field.label, choices=choices, error_messages={"required": "Select what it is for"}
        )
    if field.name == "service.status":
        return forms.ChoiceField(label=field.label, choices=Service.Status.choices, widget=forms.RadioSelect())
    return _Told(field)


class NarrowForm(forms.Form):
    """Narrowing the directory."""

    need = forms.ChoiceField(label="What it is for", required=False)
    age = forms.IntegerField(label="Age of whoever needs it", required=False, min_value=0, max_value=120)
    words = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="narrow-%s")
        needs = [ANYTHING, *((one.code, one.words) for one in service_types().values())]
        self.fields["need"].choices = needs  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """For whom, why, and for which action of the plan."""

    people = forms.MultipleChoiceField(
        label="Whom is it for",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select whom it is for", "invalid_choice": "Select whom it is for"},
    )
    why = _words(
        "Why is it needed", "Enter why it is needed", hint="The service reads this. Only what it needs to know."
    )

    def __init__(self, data: Any = None, *, people: Choices, actions: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="ask-%s", **more)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        if actions := list(actions):
            choices = [("", "None of these"), *actions]
            self.fields["action"] = forms.ChoiceField(
                label="For which action of the plan", required=False, choices=choices, help_text="Its result closes it"
            )


class GapForm(forms.Form):
    """What was needed, and why it was not to be had."""

    taxonomy_term = forms.ChoiceField(
        label="What was needed",
        choices=[("", "Select"), *((one.code, one.words) for one in service_types().values())],
        error_messages={"required": "Select what was needed"},
    )
    sort = _choice(
        "Why was it not to be had",
        "Select why it was not to be had",
        ((one.code, one.words) for one in gap_sorts().values()),
    )
    words = _words("Anything else", "")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="gap-%s", **more)


class AcceptForm(forms.Form):
    """When and how they can come."""

    words = _words("When and how they can come", "", rows=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="accept-%s")


class WaitForm(forms.Form):
    """Why they wait, and about until when."""

    reason = _words("Why do they have to wait", "Enter why they have to wait", rows=2)
    expected_on = DayField(label="About when is there a place", required=False, help_text="Such as 27/3/2027")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="wait-%s")


class DeclineForm(forms.Form):
    """Why not."""

    reason = _words("Why is it declined", "Enter why it is declined", rows=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="decline-%s")


class WithdrawForm(forms.Form):
    """Why it is no longer needed."""

    reason = _words("Why is it no longer needed", "Enter why it is no longer needed", rows=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="withdraw-%s")


class AttendanceForm(forms.Form):
    """Whether they came, and which children were seen."""

    on = DayField(label="On which day", help_text="Such as 27/3/2026", error_messages={"required": "Enter the day"})
    outcome = _choice(
        "Did they come", "Select whether they came", ((one, OUTCOME_WORDS[one]) for one in APPOINTMENT_OUTCOMES.split())
    )
    words = _words("What is to be known of it", "", rows=2)

    def __init__(self, data: Any = None, *, children: Choices = ()) -> None:
        super().__init__(data, auto_id="came-%s")
        if children := list(children):
            self.fields["seen"] = forms.MultipleChoiceField(
                label="Which children were seen",
                required=False,
                choices=children,
                widget=forms.CheckboxSelectMultiple(),
            )


class ResultForm(forms.Form):
    """What came of it."""

    result = _choice("What came of it", "Select what came of it")
    words = _words("In words", "Enter what came of it")

    def __init__(self, data: Any = None, *, sort: str) -> None:
        super().__init__(data, auto_id="result-%s")
        self.fields["result"].choices = [(one.code, one.words) for one in results_of(sort)]  # type: ignore[attr-defined]
