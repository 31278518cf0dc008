"""The decision as a form: everything is asked on one page, and what a choice asks for is said where it is missing."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.decide.decisions.conditions import WHEN
from onestory.decide.decisions.framework import levels, outcomes
from onestory.decide.decisions.wording import CONTENT, SOURCE
from onestory.platform.history.vocabulary import FACTORS, KINDS
from onestory.platform.ui.days import typed_day
from onestory.platform.ui.fields import DayField
from onestory.platform.ui.wording import sentence

type Choices = tuple[tuple[str, str], ...]
MOST = 8000
YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
CONDITION_KINDS = ("concern", "incident", "injury", "attendance", "absence", "move", "household", "pregnancy", "order")


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(), max_length=MOST)


def _one_of(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect())


def _any_of(label: str, choices: Choices = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple()
    )


class ConditionForm(forms.Form):
    """What is to happen if: from people, kinds, needs and risks, or any further concern (D6)."""

    condition_when = _one_of("When is it met?", WHEN)
    condition_people = _any_of("Which people?")
    condition_kinds = _any_of("Which kinds of entry?", tuple((one, KINDS[one].label) for one in CONDITION_KINDS))
    condition_factors = forms.ChoiceField(
        label="Which need or risk?",
        required=False,
        choices=(("", "Any"), *((code, sentence(one.label)) for code, one in FACTORS.items())),
    )
    condition_then = forms.CharField(label="What is to happen then?", required=False, max_length=500)

    def __init__(self, data: Any = None, *, people: Choices = (), initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="decide-%s")
        field = self.fields["condition_people"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people

    def answers(self) -> dict[str, Any]:
        """What was given, empty answers left out; days as they are written."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if given.get("condition_factors"):
            given["condition_factors"] = [given["condition_factors"]]
        if given.get("review_on"):
            given["review_on"] = typed_day(given["review_on"])
        return given


class DecisionForm(ConditionForm):
    """Outcome, level, reasons, on what it rests, what is to happen if."""

    outcome = _one_of("What should happen?", tuple((one.code, one.label) for one in outcomes().values()))
    level = _one_of(
        "Level of need", tuple((one.level, f"{one.level}. {one.label}: {one.meaning}") for one in levels().values())
    )
    rationale = _words("Why?")
    considered = _words("What was considered, and what speaks against it?")
    analysis = _words("What does the chronology show?")
    relied_on = _words("On which earlier checks do you rely, and how old are they?")
    verified = _one_of("Was the content tested by something else than asking the family?", YES_NO)
    source = _one_of("How far can the source be relied on?", SOURCE)
    content = _one_of("What is known of the content?", CONTENT)
    verified_how = _words("What was verified, and how?")
    review_on = DayField(label="Look at it again on", required=False)
    reply = forms.CharField(label="What whoever told is told, and asked to do", required=False, max_length=1000)


class SendBackForm(forms.Form):
    """Why a proposal is not approved yet."""

    sent_back = _words("What is missing?")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="back-%s")


class EndConditionForm(forms.Form):
    """Why a standing condition no longer stands."""

    reason = _words("Why does it no longer stand?")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="end-%s")
