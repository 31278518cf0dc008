"""A section of a tool as a form, and the small forms around an assessment."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms

from onestory.decide.assessments.answering import LONGEST, Answer, AnswerRefused, Asked, check_answer
from onestory.decide.assessments.answers import Standing
from onestory.decide.assessments.known import Brought, Known, taken_of
from onestory.decide.assessments.states import Agrees
from onestory.decide.assessments.tool import Question, Sort
from onestory.platform.ui.days import NotADay, parse_day, typed_day
from onestory.platform.ui.fields import DayField
from onestory.web.assessments.presenters import in_words

READ = "read:"
"""Begins the name of the hidden field that says which saving of an answer the writer had before them."""


SAME = "same:"
"""Begins the name of the box by which what was known is confirmed."""


class SectionForm(forms.Form):
    """The questions of one section that are asked now. Nothing is required here: half an answer can be saved.

    ``known``: what is on record for a question, to be confirmed with one click or corrected by answering.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Sequence[Asked],
        standing: Standing,
        known: Mapping[str, Known],
        typed: Any = None,
    ) -> None:
        super().__init__(data, initial=typed, auto_id="answer-%s")
        self.asked = [one for one in asked if one.question.sort is not Sort.GROUP]
        self.known = known
        for one in self.asked:
            if one.path in known and (data is not None or one.path not in standing.answers):
                self.fields[f"{SAME}{one.path}"] = _same(one.question, known[one.path])
            self.fields[one.path] = _field(one.question, standing.answers.get(one.path))
            read = forms.IntegerField(initial=standing.number(one.path), required=False, widget=forms.HiddenInput())
            self.fields[f"{READ}{one.path}"] = read

    def given(self) -> dict[str, object]:
        """Each answer by its path; valid forms only. What is still so is the answer that was known."""
        return {one.path: self._given(one) for one in self.asked}

    def _given(self, one: Asked) -> object:
        said = _said(one.question, self.cleaned_data.get(one.path))
        still_so = self.cleaned_data.get(f"{SAME}{one.path}") and one.path in self.known
        return self.known[one.path].answer if said in ("", ()) and still_so else said

    def brought(self) -> dict[str, Brought]:
        """Which answers confirm or correct what was known."""
        found = {path: taken_of(self.known.get(path), answer) for path, answer in self._answers()}
        return {path: one for path, one in found.items() if one is not None}

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        for one in self.asked:
            with contextlib.suppress(AnswerRefused):
                yield one.path, check_answer(one.question, self._given(one))

    def questions(self) -> list[forms.BoundField]:
        """The fields in which one answers, in the order of the page."""
        return [self[one.path] for one in self.asked]

    def takeable(self) -> dict[str, object]:
        """The answers that would be taken: what is half typed in another waits until somebody presses the button."""
        return dict(self._answers())

    def read(self) -> dict[str, int]:
        """Of each path the number of the saving that was shown."""
        return {one.path: self.cleaned_data.get(f"{READ}{one.path}") or 0 for one in self.asked}


def _same(question: Question, known: Known) -> forms.Field:
    words = in_words(question, known.answer)
    return forms.BooleanField(label=f"Still so: {question.text}", required=False, help_text=f"{words} ({known.origin})")


def _said(question: Question, value: Any) -> object:
    if question.sort is Sort.BOOLEAN:
        return {"yes": True, "no": False}.get(value, "")
    if question.sort is Sort.DATE and value:
        with contextlib.suppress(NotADay):  # what is no day is refused with the question's own words
            return parse_day(value).isoformat()
    return tuple(value) if isinstance(value, list) else ("" if value is None else value)


def _field(question: Question, stands: object) -> forms.Field:
    field = _FIELDS[question.sort](question, stands)
    field.label, field.required, field.help_text = question.text, False, field.help_text or question.help
    return field


def _text(question: Question, stands: object) -> forms.Field:
    return forms.CharField(initial=stands, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": "4"}))


def _line(question: Question, stands: object) -> forms.Field:
    return forms.CharField(initial=stands, max_length=500, strip=False)


def _yes_or_no(question: Question, stands: object) -> forms.Field:
    initial = {True: "yes", False: "no"}.get(stands) if isinstance(stands, bool) else None
    return forms.ChoiceField(initial=initial, choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect())


def _day(question: Question, stands: object) -> forms.Field:
    initial = typed_day(dt.date.fromisoformat(stands)) if isinstance(stands, str) and stands else None
    return forms.CharField(initial=initial, max_length=40, help_text=f"{question.help} For example, 27/3/2026".strip())


def _number(question: Question, stands: object) -> forms.Field:
    return forms.CharField(initial=stands, max_length=10)


def _choice(question: Question, stands: object) -> forms.Field:
    choices = [(one.code, one.label) for one in question.options]
    if question.repeats:
        chosen = list(stands) if isinstance(stands, tuple) else []
        return forms.MultipleChoiceField(initial=chosen, choices=choices, widget=forms.CheckboxSelectMultiple())
    return forms.ChoiceField(initial=stands, choices=choices, widget=forms.RadioSelect())


_FIELDS: dict[Sort, Callable[[Question, object], forms.Field]] = {
    Sort.TEXT: _text,
    Sort.STRING: _line,
    Sort.BOOLEAN: _yes_or_no,
    Sort.DATE: _day,
    Sort.INTEGER: _number,
    Sort.CHOICE: _choice,
}


class StartForm(forms.Form):
    """Which tool, about whom, who leads, and that the family agreed where help rests on it."""

    tool = forms.ChoiceField(
        label="Which assessment or tool?", widget=forms.RadioSelect(), error_messages={"required": "Select a tool"}
    )
    people = forms.MultipleChoiceField(
        label="About whom?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select whom it is about"},
    )
    lead_professional = forms.CharField(label="Who is the lead professional?", max_length=200, required=False)
    agreement = forms.CharField(
        label="For early help: who in the family agreed, and how?",
        help_text="Early help rests on the family’s agreement. It can be taken back at any time.",
        max_length=500,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        tools: Iterable[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        typed: Any = None,
    ) -> None:
        super().__init__(data, initial=typed, auto_id="start-%s")
        for name, choices in (("tool", tools), ("people", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class AskForm(forms.Form):
    """Which team is asked for which sections."""

    team = forms.ChoiceField(label="Which team?", error_messages={"required": "Select a team"})
    sections = forms.MultipleChoiceField(
        label="For which sections?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select which sections they are asked for"},
    )

    def __init__(
        self, data: Any = None, *, teams: Iterable[tuple[str, str]], sections: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data, auto_id="ask-%s")
        for name, choices in (("team", [("", "Choose a team"), *teams]), ("sections", sections)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class PressForm(forms.Form):
    """Nothing to fill in: only to be pressed. What stands in the way is said above."""


class WordsForm(forms.Form):
    """One text, for signing, giving back, declining and ending."""

    words = forms.CharField(
        label="In your words",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": "Enter your reasons"},
    )

    def __init__(self, data: Any = None, *, label: str, name: str) -> None:
        super().__init__(data, auto_id=f"{name}-%s")
        self.fields["words"].label = label


class AgreementForm(forms.Form):
    """What the family said when they were asked whether they agree, and when they are asked again."""

    answer = forms.ChoiceField(
        label="What did they say?",
        choices=Agrees.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select what they said"},
    )
    who = forms.CharField(
        label="Who was asked, and how?", max_length=500, error_messages={"required": "Enter who was asked, and how"}
    )
    agreement_words = forms.CharField(
        label="What do they not agree to, or why not, as they put it?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    asked_on = DayField(label="When were they asked?", error_messages={"required": "Enter when they were asked"})
    again_on = DayField(label="When are they asked again? (optional)", required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="agreement-%s", **more)


class ChallengeForm(forms.Form):
    """What somebody disagrees with, and what it means for the child."""

    words = forms.CharField(
        label="What do you disagree with, and why?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": "Enter what you disagree with"},
    )
    effect = forms.CharField(
        label="What does it mean for the child?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "2"}),
        error_messages={"required": "Enter what it means for the child"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="challenge-%s")


class LeadForm(forms.Form):
    """Who leads."""

    lead = forms.CharField(
        label="Who is the lead professional?",
        help_text="Name and agency",
        max_length=200,
        error_messages={"required": "Enter who leads"},
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="leads-%s", **more)
