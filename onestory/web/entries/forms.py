"""One form for everything that can be recorded by hand; its own fields are built from the vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from onestory.arrive.entries.actions import ByHand
from onestory.arrive.entries.front_door import POLICE, SentAs
from onestory.arrive.entries.offers import CALL, SERVICES_WITH_DETAIL, Offer
from onestory.platform.history.dates import day
from onestory.platform.history.record import Reporter
from onestory.platform.history.vocabulary import REPORTERS
from onestory.platform.ui.wording import sentence
from onestory.web.entries.own_fields import OTHER, factor_choices, fields_of, value_of
from onestory.web.entries.when_field import SayingField

LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Around:
    """Who and what an entry can name: the child, the people around them, agencies, by id and name; one's own sector."""

    child: str
    people: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    sector: str


def _several(label: str, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple(), required=False, **more
    )


def _words(label: str, *, rows: str = "4", required: bool = False, **more: Any) -> forms.CharField:
    errors = {"required": f"Enter: {label[:1].lower()}{label[1:]}", "max_length": f"At most {LONGEST:,} letters"}
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST, widget=widget, required=required, error_messages=errors, **more
    )


class EntryForm(forms.Form):
    """What happened, when, about whom, who was seen, what it means for the child; the rest when it is needed."""

    def __init__(
        self,
        data: Any = None,
        *,
        offer: Offer,
        around: Around,
        today: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="entry-%s")
        self.offer, self.around, self.today = offer, around, today
        self._add_who_and_when()
        if offer.code == CALL:
            self._add_call()
        self._add_own()
        self.fields["text"] = _words(offer.asks, required=self._needs_words())
        self.fields["seen"] = _several("Which children did you see, or a colleague, in person?", around.children)
        self.fields["impact"] = _words(
            "What this means for the child (optional)", rows="2", help_text="Not only what an adult did: for the child"
        )
        self._add_more()
        for field in self.fields.values():
            if isinstance(field, SayingField):
                field.today = today

    def _needs_words(self) -> bool:
        return not self.offer.needs and self.offer.code not in ("absence", "household", "move", "birth", "pregnancy")

    def _add_who_and_when(self) -> None:
        self.fields["about"] = forms.MultipleChoiceField(
            label="Who is it about?",
            choices=self.around.people,
            widget=forms.CheckboxSelectMultiple(),
            initial=[self.around.child],
            error_messages={"required": "Choose who it is about"},
        )
        self.fields["happened"] = SayingField(
            label="When did it happen?", initial=day(self.today), error_messages={"required": "Enter when it happened"}
        )

    def _add_call(self) -> None:
        errors = {"required": "Enter whom you talked with"}
        self.fields["with_whom"] = forms.CharField(
            label="With whom did you talk?", max_length=200, error_messages=errors, help_text="Name and what they do"
        )
        self.fields["with_agency"] = forms.ChoiceField(
            label="Of which agency?", required=False, choices=[("", "Not in this list"), *self.around.agencies]
        )
        self.fields["agreed"] = _words("What was agreed, and who does it by when? (optional)", rows="2")
        self.fields["for_whom"] = _several("For whom was it agreed?", self.around.people)

    def _add_own(self) -> None:
        for key in self.offer.keys if self.offer.code != CALL else ():
            needed = key.name in self.offer.needs
            made = fields_of(
                self.offer.kind, key, needed=needed, people=self.around.people, agencies=self.around.agencies
            )
            self.fields.update(made)
        if self.offer.kind in ("incident", "breach") and self.around.sector == POLICE:
            self.fields["child_there"] = forms.BooleanField(
                label="A child was there or lives there, also if nobody saw them", required=False
            )
            self.fields["sent_as"] = forms.ChoiceField(
                label="Send it to the front door as",
                choices=[
                    ("report", "A report on which they decide"),
                    ("intelligence", "Intelligence for their decisions"),
                ],
                widget=forms.RadioSelect(),
                required=False,
                help_text="What involves a child always goes there; unless you choose, as a report where one is named",
            )

    def _add_more(self) -> None:
        if self.around.sector in SERVICES_WITH_DETAIL:
            self.fields["told_parent"] = _words(
                "What was the parent told about sharing this, or why were they not told?", rows="2", required=True
            )
            self.fields["detail"] = _words(
                "Detail that stays with your service (optional)",
                help_text="Other agencies read what stands above, and not this",
            )
        more = {
            "seen_alone": _several("Which children were seen alone?", self.around.children),
            "together": _several("Who was in contact with one another?", self.around.people),
            "factors": _several("Needs and risks that this names", factor_choices()),
            "known": SayingField(label="When did your agency know, if later than it happened?", required=False),
            "reporter": forms.ChoiceField(
                label="Who told, if somebody told you?",
                choices=[("", "Nobody, or not said"), *((code, sentence(words)) for code, words in REPORTERS.items())],
                required=False,
                help_text="Who told is kept apart, and shown to few",
            ),
            "reporter_label": forms.CharField(label="Who they are (optional)", max_length=200, required=False),
            "told": _several("Which other agencies were told?", self.around.agencies),
        }
        self.fields.update(more)

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that stay folded until they are needed."""
        return [self[name] for name in MORE]

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that everybody fills in."""
        return [field for field in self if field.name not in MORE]

    @property
    def unfolded(self) -> bool:
        """Whether the folded part holds something already, or something wrong."""
        return any(self[name].errors or self[name].value() for name in MORE)

    def clean(self) -> dict[str, Any]:
        """Dates that have been and stand in order; a code that is written where “something else” is chosen."""
        given = self.cleaned_data
        happened, known = given.get("happened"), given.get("known")
        for name, when in (("happened", happened), ("known", known)):
            if when and when.first > self.today:
                self.add_error(name, "The date must be today or in the past")
        if happened and known and known.last < happened.last:
            self.add_error("known", "Your agency cannot have known before it happened")
        for name in [name for name, value in given.items() if name.startswith("own_") and value == OTHER]:
            if f"{name}_{OTHER}" in given and not given[f"{name}_{OTHER}"].strip():
                self.add_error(f"{name}_{OTHER}", "Enter what it is")
        return given

    def by_hand(self) -> ByHand:
        """What was recorded; of a valid form."""
        given = self.cleaned_data
        own = {key.name: value for key in self.offer.keys if (value := value_of(key, given)) is not None}
        told = {UUID(one) for one in (*given["told"], *filter(None, [given.get("with_agency", "")]))}
        reporter = Reporter(given["reporter"], None, given["reporter_label"]) if given["reporter"] else None
        return ByHand(
            kind=self.offer.kind,
            happened=given["happened"],
            known=given["known"],
            about=tuple(given["about"]),
            seen=tuple(dict.fromkeys((*given["seen"], *given["seen_alone"]))),
            seen_alone=tuple(given["seen_alone"]),
            together=tuple(given["together"]),
            factors=frozenset(given["factors"]),
            text=self._text(),
            detail=given.get("detail", "").strip(),
            reporter=reporter,
            own=own,
            shared_with=frozenset(told) if told else None,
            child_there=bool(given.get("child_there")),
            sent_as=SentAs(given["sent_as"]) if given.get("sent_as") else None,
        )

    def _text(self) -> str:
        """The words of the entry: a call's with whom and what was agreed, then what it means for the child."""
        given, names = self.cleaned_data, dict(self.around.people)
        parts = [given["text"].strip()]
        if self.offer.code == CALL:
            agency = dict(self.around.agencies).get(given["with_agency"], "")
            parts.insert(0, f"Talked with {given['with_whom'].strip()}{f', {agency}' if agency else ''}.")
            whom = ", ".join(names[one] for one in given["for_whom"])
            if given["agreed"].strip():
                parts.append(f"Agreed{f' for {whom}' if whom else ''}: {given['agreed'].strip()}")
        if given["impact"].strip():
            parts.append(f"What this means for the child: {given['impact'].strip()}")
        if given.get("told_parent", "").strip():
            parts.append(f"What the parent was told: {given['told_parent'].strip()}")
        return "\n".join(part for part in parts if part)


MORE = ("seen_alone", "together", "factors", "known", "reporter", "reporter_label", "told")


class ReasonForm(forms.Form):
    """Why an entry is taken back."""

    reason = _words("Why is it taken back?", rows="3", required=True)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="reason-%s")


class CorrectForm(EntryForm):
    """An entry as it stands, to be put right, and why."""

    def __init__(self, data: Any = None, **how: Any) -> None:
        super().__init__(data, **how)
        self.fields["reason"] = _words("Why is it corrected?", rows="2", required=True)
        for name in ("told", "detail", "told_parent"):  # who was told then stays as it was
            self.fields.pop(name, None)

    @property
    def more(self) -> list[forms.BoundField]:
        """The folded fields, without who was told."""
        return [self[name] for name in MORE if name in self.fields]

    @property
    def unfolded(self) -> bool:
        """Whether the folded part holds something already, or something wrong."""
        return any(one.errors or one.value() for one in self.more)

    def clean(self) -> dict[str, Any]:
        """As for a new entry; nobody else is told."""
        given = super().clean()
        given.setdefault("told", [])
        return given
