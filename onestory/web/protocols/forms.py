"""A protocol as it is drafted, approved and ended."""

from __future__ import annotations

from typing import Any

from django import forms

from onestory.platform.access.policy import InfoClass
from onestory.platform.history.vocabulary import KINDS
from onestory.platform.sharing.admission import class_words
from onestory.platform.sharing.bases import bases
from onestory.platform.sharing.policies import NEVER
from onestory.platform.ui.fields import DayField


class BasisField(forms.ChoiceField):
    """A lawful basis in plain words, with the law and the edition of the list beneath it."""

    widget = forms.RadioSelect
    sentences = {one.code: f"{one.law}. Edition of {one.edition}" for one in bases().values()}

    def __init__(self) -> None:
        chosen = {"required": "Select a lawful basis", "invalid_choice": "Select a lawful basis"}
        words = [(one.code, one.words) for one in bases().values()]
        super().__init__(label="Lawful basis", choices=words, error_messages=chosen)


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})


class DraftForm(_Form):
    """What for, on which basis, which kinds of entry, which classes, between which days."""

    purpose = forms.CharField(
        label="What it is for",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        help_text="In a sentence or two that could be read out to a parent",
        error_messages={"required": "Enter what it is for"},
    )
    basis = BasisField()
    kinds = forms.MultipleChoiceField(
        label="Kinds of entry that are admitted",
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.code, kind.label) for kind in sorted(KINDS.values(), key=lambda kind: kind.label)],
        error_messages={"required": "Select at least one kind of entry"},
    )
    classes = forms.MultipleChoiceField(
        label="Classes of information that they may bring",
        widget=forms.CheckboxSelectMultiple,
        choices=[],
        error_messages={"required": "Select at least one class of information"},
    )
    from_on = DayField(
        label="First day", help_text="For example, 27/3/2027", error_messages={"required": "Enter the first day"}
    )
    until_on = DayField(label="Last day", required=False, help_text="Leave empty for a protocol that goes on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = self.fields["classes"]
        assert isinstance(classes, forms.MultipleChoiceField)
        classes.choices = [(info.value, class_words(info)) for info in InfoClass if info not in NEVER]

    def admits(self) -> list[tuple[str, InfoClass]]:
        """Every chosen kind in every chosen class."""
        given = self.cleaned_data
        return [(kind, InfoClass(info)) for kind in given["kinds"] for info in given["classes"]]


class ApproveForm(_Form):
    """Standing behind it."""

    remark = forms.BooleanField(
        label="I have read it, and stand behind it",
        error_messages={"required": "Tick the box, or go back"},
    )


class EndForm(_Form):
    """Ending it."""

    because = forms.CharField(
        label="Why it ends",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Enter why it ends"},
    )
