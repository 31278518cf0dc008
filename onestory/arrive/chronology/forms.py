"""The filters of a chronology as a form that is sent with GET, so that a filtered view has an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from onestory.arrive.chronology import saying
from onestory.arrive.chronology.narrowing import Family, Narrowing
from onestory.platform.history.record import Entry, History
from onestory.platform.history.vocabulary import FACTORS, KINDS
from onestory.platform.ui.fields import DayField
from onestory.platform.ui.wording import sentence

type Choices = list[tuple[str, str]]


class NarrowingForm(forms.Form):
    """Which entries to show, and as of which day. Choices are what the history holds, nothing else."""

    child = forms.ChoiceField(label="Child", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="Kind of entry", required=False)
    factor = forms.ChoiceField(label="Factor", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)
    known_on = DayField(label="As it was known on", required=False)

    def __init__(self, data: Mapping[str, Any], *, family: Family, today: dt.date) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.today, history = today, family.history
        self._offer("child", [(one.id, one.label) for one in history.people.values() if one.id in family.children])
        self._offer("agency", [(one, history.agencies[one].name) for one in _agencies(history.entries, history)])
        kinds = _kinds(history.entries) | {data.get("kind", "")}  # asked for and not held is an answer, no mistake
        self._offer("kind", [(one, kind.label) for one, kind in KINDS.items() if one in kinds])
        factors = _factors(history.entries) | ({data.get("factor", "")} & FACTORS.keys())
        self._offer(
            "factor", sorted(((one, sentence(FACTORS[one].label)) for one in factors), key=lambda pair: pair[1])
        )

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All"), *choices]
        field.error_messages["invalid_choice"] = f"Choose {field.label.lower() if field.label else name} from the list"

    def clean_known_on(self) -> dt.date | None:
        """A day that has been; nobody knows what will be known."""
        day: dt.date | None = self.cleaned_data["known_on"]
        if day and day > self.today:
            raise forms.ValidationError("The day as of which you look must not be in the future")
        return day

    def clean(self) -> dict[str, Any]:
        """A period that does not end before it begins."""
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "The end of the period must not be before its beginning")
        return given

    def narrowing(self) -> Narrowing | None:
        """What was asked for; None where it could not be understood."""
        return Narrowing(**self.cleaned_data) if self.is_valid() else None


def _agencies(entries: Iterable[Entry], history: History) -> list[str]:
    return sorted({entry.by for entry in entries}, key=lambda one: history.agencies[one].name)


def _kinds(entries: Iterable[Entry]) -> set[str]:
    return {entry.kind for entry in entries}


def _factors(entries: Iterable[Entry]) -> set[str]:
    return {factor for entry in entries for factor in entry.factors if factor in FACTORS}


def applied(narrowing: Narrowing, names: saying.Names) -> list[tuple[str, str]]:
    """Every filter that is set, by the name of its field, in words for a reader."""
    words = {
        "child": f"Child: {names.party(narrowing.child)}",
        "agency": f"Agency: {names.party(narrowing.agency)}",
        "kind": f"Kind: {saying.kind_words(narrowing.kind)}",
        "factor": f"Factor: {', '.join(saying.factor_words([narrowing.factor]))}",
        "since": f"Happened from {narrowing.since:%-d %B %Y}" if narrowing.since else "",
        "until": f"Happened to {narrowing.until:%-d %B %Y}" if narrowing.until else "",
        "known_on": f"As it was known on {narrowing.known_on:%-d %B %Y}" if narrowing.known_on else "",
    }
    return [(name, said) for name, said in words.items() if getattr(narrowing, name)]
