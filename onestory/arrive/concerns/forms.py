"""Any questionnaire as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from onestory.arrive.concerns.questionnaires import CHILD_NOT_FOUND
from onestory.arrive.concerns.questions import Choices, Group, Question, Questionnaire, Sort
from onestory.arrive.concerns.telling import day_of

MOST = 8000
LINE = 300


def groups_of(asked: Questionnaire, *, found: bool) -> tuple[Group, ...]:
    """The questions' groups; where no child was found, what is known of the child is asked first."""
    if found or not asked.names_family or asked.open_to_all:
        return asked.groups
    return (Group("Who is the child?", CHILD_NOT_FOUND), *asked.groups)


class AnswersForm(forms.Form):
    """The answers to one questionnaire. ``people``: those of the child's life whom the writer may name."""

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Questionnaire,
        found: bool,
        people: Choices = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="concern-%s")
        self.groups = groups_of(asked, found=found)
        for group in self.groups:
            for question in group.questions:
                self.fields[question.name] = _field(question, people)

    def clean_happened(self) -> str:
        """A day, where one was typed."""
        typed: str = self.cleaned_data["happened"]
        if typed and day_of(typed) is None:
            raise forms.ValidationError(f"“{typed}” is not a day. Write it like 27/3/2026")
        return typed

    def grouped(self) -> list[tuple[str, list[tuple[Question, forms.BoundField]]]]:
        """Headings with their questions, as the page shows them; people are asked for only where there are any."""
        return [
            (group.heading, [(question, self[question.name]) for question in group.questions if self._asked(question)])
            for group in self.groups
            if any(self._asked(question) for question in group.questions)
        ]

    def _asked(self, question: Question) -> bool:
        field = self.fields[question.name]
        return question.sort is not Sort.PEOPLE or bool(getattr(field, "choices", ()))

    def answers(self) -> dict[str, Any]:
        """What was answered, empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def as_typed(self) -> dict[str, Any]:
        """What stands in the fields, right or wrong: kept as it is while somebody writes."""
        typed: dict[str, Any] = {}
        for name, field in self.fields.items():
            several = isinstance(field, forms.MultipleChoiceField)
            value: Any = (
                self.data.getlist(name)
                if several and isinstance(self.data, QueryDict)
                else str(self.data.get(name, ""))[:MOST].strip()
            )
            if value:
                typed[name] = value
        return typed


def _field(question: Question, people: Choices) -> forms.Field:
    said = {"required": question.missing or "Answer this", "invalid_choice": question.missing or "Select from the list"}
    common: dict[str, Any] = {"label": question.label, "required": question.needed, "error_messages": said}
    match question.sort:
        case Sort.ONE_OF:
            return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect(), **common)
        case Sort.ANY_OF | Sort.PEOPLE:
            choices = people if question.sort is Sort.PEOPLE else question.choices
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **common)
        case Sort.WORDS:
            return forms.CharField(widget=forms.Textarea(), max_length=MOST, **common)
    return forms.CharField(max_length=LINE, **common)


class AdviceForm(forms.Form):
    """The answer to a question for advice."""

    advice = forms.CharField(
        label="Your advice",
        widget=forms.Textarea(),
        max_length=MOST,
        error_messages={"required": "Enter your advice"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="advice-%s")
