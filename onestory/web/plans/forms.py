"""What is asked to draw up a plan and to change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onestory.help.plans.domains import domains
from onestory.help.plans.models import Agreement
from onestory.help.plans.states import Kind
from onestory.platform.history.vocabulary import FACTORS
from onestory.platform.ui.fields import DayField
from onestory.platform.ui.wording import sentence

Choices = Iterable[tuple[str, str]]
DAY = "For example, 27/3/2027"
LONGEST = 4_000


def text(label: str, *, hint: str = "", rows: int = 3, required: bool = False, missing: str = "") -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing or "Enter something here"},
    )


class Asked(forms.Form):
    """A form of these pages; choices come from the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        chosen = {name: kwargs.pop(name) for name in list(kwargs) if name.startswith("of_")}
        super().__init__(*args, **{"auto_id": "plan-%s", **kwargs})
        for name, choices in chosen.items():
            self.fields[name.removeprefix("of_")].choices = list(choices)  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.widget.attrs["class"] = "govuk-input--width-10"


class StartForm(Asked):
    """Which plan, for which children, why, and on what agreement early help rests."""

    kind = forms.ChoiceField(
        label="Which plan?", widget=forms.RadioSelect(), error_messages={"required": "Select which plan"}
    )
    children = forms.MultipleChoiceField(
        label="For which children?",
        help_text="Each child is planned for apart, brothers and sisters too.",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select the children whom the plan is for"},
    )
    reasons = text(
        "Why is it needed?",
        hint="One reason on each line. Before the plan can end, each of them has to be answered.",
        rows=4,
        required=True,
        missing="Enter why the plan is needed",
    )
    factors = forms.MultipleChoiceField(
        label="Which needs and risks are these?",
        choices=[(one.code, sentence(one.label)) for one in FACTORS.values()],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    agreement = forms.CharField(
        label="For early help: who in the family agreed, and how?",
        help_text="Early help rests on the family’s agreement. It can be taken back at any time.",
        max_length=500,
        required=False,
    )


class LeadForm(Asked):
    """Who leads."""

    lead = forms.ChoiceField(
        label="Who is the lead professional?",
        help_text="Somebody who works in a team that is in the plan.",
        error_messages={"required": "Select who leads"},
    )


class OutcomeForm(Asked):
    """What is wanted for one child in one part of their life."""

    child = forms.ChoiceField(
        label="For which child?", widget=forms.RadioSelect(), error_messages={"required": "Select the child"}
    )
    domain = forms.ChoiceField(
        label="Which part of the child’s life?",
        choices=[("", "Choose"), *((one.code, f"{one.label} ({one.group})") for one in domains().values())],
        error_messages={"required": "Select which part of the child’s life"},
    )
    worry = text("What is the worry?", required=True, missing="Enter what the worry is")
    wanted = text("What is wanted for the child?", required=True, missing="Enter what is wanted for the child")
    how_known = text("How will we know?", hint="What somebody will see or hear when it is so.")
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class ActionForm(Asked):
    """Who does what, by when, how it is measured, what happens if the risk does not fall."""

    what = text("What is to be done?", required=True, missing="Enter what is to be done")
    owner = forms.ChoiceField(
        label="Who does it?",
        help_text="A team, or somebody of the family: what parents undertake counts as much.",
        error_messages={"required": "Select who does it"},
    )
    due_on = DayField(label="By when?", help_text=DAY, required=False)
    measure = text("How will we know that it worked?", hint="Something that can be counted, seen or shown.")
    if_not = text("What happens if the risk does not fall?")
    agreed = forms.ChoiceField(
        label="Is it agreed?",
        choices=(("yes", "Yes, agreed"), ("no", "Not yet: save it as a draft")),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select whether it is agreed"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class MoveForm(Asked):
    """A new day for what is required, and why."""

    due_on = DayField(label="The new day", help_text=DAY, required=True)
    reason = text("Why does it get a new day?", required=True, missing="Enter why it gets a new day")
    seen = forms.IntegerField(widget=forms.HiddenInput())


class EvidenceForm(Asked):
    """That it was done, and how one knows."""

    evidence = text(
        "What was done, and how do you know?", required=True, missing="Enter what was done, and how you know"
    )


class ReasonForm(Asked):
    """A reason."""

    reason = text("Why?", required=True, missing="Enter the reason")


class WordsForm(Asked):
    """Somebody's words."""

    words = text("In words", required=True, missing="Enter it in words")


class InviteForm(Asked):
    """Which team is to be in the plan, and why."""

    invited = forms.ChoiceField(label="Which team?", error_messages={"required": "Select a team"})
    because = forms.CharField(label="Why is it to be there?", max_length=300, required=False)


class RelativeForm(Asked):
    """Whether somebody of the family was invited and seen, or why not, and what they say."""

    invited = forms.ChoiceField(
        label="Are they invited to plan with us?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select whether they are invited"},
    )
    reason = text("If not: why?", rows=2)
    seen_on = DayField(label="When were they last seen about this plan?", help_text=DAY, required=False)
    not_seen_because = text("If they have not been seen: why?", rows=2)
    words = text("What do they say, in their own words?")


class NewRelativeForm(Asked):
    """Somebody else of the family, and who they are to the children."""

    person = forms.ChoiceField(label="Who?", widget=forms.RadioSelect(), error_messages={"required": "Select who"})
    relation = forms.CharField(
        label="Who are they to the children?",
        max_length=200,
        error_messages={"required": "Enter who they are to the children"},
    )


class ProposalForm(Asked):
    """What a team would change, and why."""

    words = text("What would you change?", required=True, missing="Enter what you would change")
    why = text("Why?", required=True, missing="Enter why")


class AnswerForm(Asked):
    """Accepted or refused, with a reason."""

    answer = forms.ChoiceField(
        label="Do you accept it?",
        choices=(("accept", "Accept"), ("refuse", "Refuse")),
        widget=forms.RadioSelect(),
        error_messages={"required": "Select whether you accept it"},
    )
    reason = text("Why?", required=True, missing="Enter why you accept or refuse it")


class AgreementForm(Asked):
    """What is agreed, who signed, who must be kept apart, what a breach leads to."""

    sort = forms.ChoiceField(
        label="What is it?",
        choices=Agreement.Sort.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select what it is"},
    )
    terms = text("What is agreed?", rows=5, required=True, missing="Enter what is agreed")
    breach_leads_to = text(
        "What does a breach lead to?",
        hint="It stands as a condition: whoever decides on the next concern is asked for it.",
        required=True,
        missing="Enter what a breach leads to",
    )
    apart = forms.MultipleChoiceField(
        label="Who must not be together?",
        help_text="Leave it empty where nobody must be kept apart.",
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    signed = forms.MultipleChoiceField(
        label="Who signed, beside you?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Select who signed it"},
    )
    refused = text("If somebody was asked and did not sign: who, and why?", rows=2)
    agreed_on = DayField(label="On which day?", help_text=DAY, required=True)
    until_on = DayField(label="Until when (if it has an end)?", help_text=DAY, required=False)


def kinds_for(statutory: bool) -> list[tuple[str, str]]:
    """The plans that the reader's role may draw up."""
    return list(Kind.choices) if statutory else [(Kind.EARLY_HELP.value, Kind.EARLY_HELP.label)]
