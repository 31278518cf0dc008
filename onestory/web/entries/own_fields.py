"""The field in which one own key of a kind is typed, and the value that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from onestory.arrive.chronology.saying import KEY_WORDS, PERIOD_WORDS, code_words, factor_words
from onestory.arrive.entries.offers import SUGGESTED
from onestory.platform.history.dates import When
from onestory.platform.history.vocabulary import FACTORS, Key, Shape
from onestory.platform.ui.wording import sentence
from onestory.web.entries.when_field import SayingField

type Choices = Sequence[tuple[str, str]]

OTHER = "other"
_WIDE, _NARROW = "govuk-input--width-20", "govuk-input--width-4"
LABELS: Mapping[tuple[str, str], str] = {
    ("appointment", "service"): "What for",
    ("appointment", "outcome"): "What came of it",
    ("visit", "outcome"): "What came of it",
    ("absence", "sessions_percent"): "Sessions missed, in per cent",
    ("absence", "letter"): "Which letter, if one was sent",
    ("attendance", "reason"): "Why they came",
    ("incident", "attended"): "Did officers go there?",
    ("injury", "site"): "Where on the body",
    ("injury", "severity"): "How serious",
    ("injury", "explanation"): "How it was explained",
    ("injury", "explained"): "Does the explanation fit?",
    ("order", "stage"): "What happened to it",
    ("breach", "stage"): "What happened to it",
    ("move", "to_area"): "To which area",
    ("household", "joined"): "Who joined",
    ("household", "left"): "Who left",
    ("request", "of"): "Asked of",
    ("request", "request"): "Number of the request, if it has one",
    ("action", "action"): "Number of the action, if it has one",
    ("tool", "tool"): "Which tool",
    ("withdrawal", "from"): "From what",
    ("protective", "tested"): "Has this been tested?",
    ("aftercare", "who"): "Who gives it",
    ("aftercare", "what"): "What it is",
}


def label_of(kind: str, key: Key) -> str:
    """What a field is called."""
    return LABELS.get((kind, key.name)) or KEY_WORDS.get(key.name) or sentence(key.name.replace("_", " "))


def fields_of(kind: str, key: Key, *, needed: bool, people: Choices, agencies: Choices) -> dict[str, forms.Field]:
    """The fields by their names: one, and for a code one more in which another code is written."""
    label = label_of(kind, key)
    common: dict[str, Any] = {
        "label": label if needed else f"{label} (optional)",
        "required": needed,
        "error_messages": {"required": f"Enter: {label[:1].lower()}{label[1:]}"},
    }
    name = f"own_{key.name}"
    if key.shape is Shape.CODE and (codes := SUGGESTED.get((kind, key.name))):
        choices = [("", "Choose"), *((code, sentence(code_words(code))) for code in codes), (OTHER, "Something else")]
        written = forms.CharField(label=f"{label}: something else", required=False, max_length=100)
        written.widget.attrs["class"] = _WIDE
        return {name: forms.ChoiceField(choices=choices, **common), f"{name}_{OTHER}": written}
    return {name: _field(key, common, people, agencies)}


def _field(key: Key, common: dict[str, Any], people: Choices, agencies: Choices) -> forms.Field:
    match key.shape:
        case Shape.CHOICE:
            choices = [(one, sentence(code_words(one))) for one in key.allowed]
            choices = choices if common["required"] else [*choices, ("", "")]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(), **common)
        case Shape.TRUTH:
            return forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect(), **common)
        case Shape.NUMBER:
            return _narrow(forms.IntegerField(min_value=1, max_value=999, widget=forms.TextInput(), **common))
        case Shape.PERCENT:
            return _narrow(forms.FloatField(min_value=0, max_value=100, widget=forms.TextInput(), **common))
        case Shape.WHEN:
            return SayingField(**common)
        case Shape.PERIOD:
            return forms.ChoiceField(choices=[("", "Not said"), *PERIOD_WORDS.items()], **common)
        case Shape.FACTORS:
            factors = [(code, sentence(one.label)) for code, one in FACTORS.items()]
            return forms.MultipleChoiceField(choices=factors, widget=forms.CheckboxSelectMultiple(), **common)
        case Shape.PERSON | Shape.AGENCY | Shape.PARTY:
            offered = {Shape.PERSON: people, Shape.AGENCY: agencies}.get(key.shape, [*agencies, *people])
            return forms.ChoiceField(choices=[("", "Not said"), *offered], **common)
        case Shape.PEOPLE | Shape.AGENCIES | Shape.PARTIES:
            offered = {Shape.PEOPLE: people, Shape.AGENCIES: agencies}.get(key.shape, [*people, *agencies])
            return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple(), **common)
        case Shape.TEXT | Shape.DETAIL:
            return forms.CharField(max_length=4000, widget=forms.Textarea({"rows": "2"}), **common)
        case _:
            field = forms.CharField(max_length=200, **common)
            field.widget.attrs["class"] = _WIDE
            return field


def _narrow[F: forms.Field](field: F) -> F:
    field.widget.attrs["class"] = _NARROW
    return field


def value_of(key: Key, given: Mapping[str, Any]) -> Any:
    """The value of a key from a form's cleaned data; None where nothing was said."""
    value = given.get(f"own_{key.name}")
    if value in (None, "", [], ()):
        return None
    match key.shape:
        case Shape.TRUTH:
            return value == "yes"
        case Shape.CODE:
            written = given.get(f"own_{key.name}_{OTHER}", "")
            return code_of(written) if value == OTHER else str(value)
        case Shape.CODES:
            return tuple(code_of(one) for one in str(value).split(",") if one.strip())
        case Shape.FACTORS:
            return frozenset(value)
        case Shape.PEOPLE | Shape.AGENCIES | Shape.PARTIES:
            return tuple(value)
        case _:
            return value


def code_of(words: str) -> str:
    """A code that was written in words: ``Speech and language`` is speech_and_language."""
    return "_".join("".join(one if one.isalnum() else " " for one in words.casefold()).split())


def initial_of(kind: str, key: Key, value: Any) -> dict[str, Any]:
    """What stands in the fields of a key that has this value."""
    name = f"own_{key.name}"
    suggested = SUGGESTED.get((kind, key.name), ())
    if key.shape is Shape.CODE and suggested and value not in suggested:
        return {name: OTHER, f"{name}_{OTHER}": code_words(str(value))}
    if key.shape is Shape.TRUTH:
        return {name: "yes" if value else "no"}
    if key.shape is Shape.CODES:
        return {name: ", ".join(map(code_words, value))}
    if isinstance(value, When | str | int | float):
        return {name: value}
    return {name: list(value)}


def factor_choices() -> list[tuple[str, str]]:
    """Every need or risk that an entry may name, with its code in the children in need census where it has one."""
    return [
        (code, f"{sentence(words)} ({FACTORS[code].census})" if FACTORS[code].census else sentence(words))
        for code in FACTORS
        for words in factor_words([code])
    ]
