"""What is asked to call a meeting, to send apologies, and to record what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from onestory.help.meetings.models import Invitation
from onestory.help.meetings.states import Came, Kind
from onestory.platform.ui.fields import DayField
from onestory.web.plans.forms import DAY, Asked, text

ENGLAND = ZoneInfo("Europe/London")
CAME = [(Came.PRESENT.value, "Came"), (Came.APOLOGIES.value, "Sent apologies"), (Came.ABSENT.value, "Did not come")]


class MeetingForm(Asked):
    """Which meeting, when, what for."""

    kind = forms.ChoiceField(
        label="Which meeting?",
        choices=Kind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Select which meeting"},
    )
    day = DayField(label="On which day?", help_text=DAY, error_messages={"required": "Enter the day"})
    hour = forms.TimeField(
        label="At what time?",
        help_text="For example, 14:30",
        error_messages={"required": "Enter the time", "invalid": "Enter the time like 14:30"},
    )
    purpose = text("What is it for?", rows=2)

    def meets_at(self) -> dt.datetime:
        """The instant, in England's time; valid forms only."""
        said = self.cleaned_data
        return dt.datetime.combine(said["day"], said["hour"], tzinfo=ENGLAND)


class HeldForm(Asked):
    """Who came, what was said, what changed, how the family finds the help, when next."""

    def __init__(self, *args: Any, invitations: Sequence[Invitation], review: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitations = invitations
        own = {name: self.fields.pop(name) for name in list(self.fields)}
        self.fields["held_on"] = own.pop("held_on")
        for one in invitations:
            self.fields[f"came-{one.id}"] = forms.ChoiceField(
                label=one.label,
                choices=CAME,
                initial=one.came if one.came != Came.INVITED else None,
                widget=forms.RadioSelect(),
                error_messages={"required": f"Say whether {one.label} came"},
            )
            views = text(f"What did {one.label} say?", rows=2)
            views.initial = one.views
            self.fields[f"views-{one.id}"] = views
        if not review:
            own.pop("experience"), own.pop("not_asked_because")
        self.fields |= own

    held_on = DayField(label="On which day was it held?", help_text=DAY)
    what_changed = text(
        "What has changed for the child since the last time?",
        hint="Is it better for the child? Say so too where nothing has changed.",
        required=True,
        missing="Enter what has changed for the child, or that nothing has",
    )
    minutes = text("What was said and agreed?", rows=8, required=True, missing="Enter what was said and agreed")
    experience = text("How does the family find the help, in their words?")
    not_asked_because = text("If they were not asked: why?", rows=2)
    next_on = DayField(label="When is the next one?", help_text=DAY, required=False)
    later_because = text("If that is later than it should be: why?", rows=2)

    def came(self) -> dict[UUID, str]:
        """By invitation, whether they came; valid forms only."""
        return {one.id: self.cleaned_data[f"came-{one.id}"] for one in self.invitations}

    def views(self) -> dict[UUID, str]:
        """By invitation, what they said; valid forms only."""
        return {one.id: self.cleaned_data[f"views-{one.id}"] for one in self.invitations}


class ViewsForm(Asked):
    """What a team would say that cannot come."""

    views = text(
        "What should the meeting know from you?",
        rows=5,
        required=True,
        missing="Enter what the meeting should know from you",
    )
