"""When the next meeting is due, by the clock of its sort and of the edition in force (L1, F5.13)."""

from __future__ import annotations

import datetime as dt

from onestory.help.meetings.states import Kind
from onestory.platform.deadlines import due_on

NEXT = {
    Kind.CIN_REVIEW: "next_cin_review",
    Kind.CONFERENCE: "next_review_conference",
    Kind.CORE_GROUP: "core_group_next",
    Kind.TAF: "taf_review",
}


def latest_next(kind: str, held_on: dt.date, *, reviewed_before: bool) -> dt.date | None:
    """The last day on which the next meeting of the sort is in time; None where no clock runs for it.

    The first review of a child protection plan comes sooner than those after it.
    """
    if kind == Kind.CONFERENCE and not reviewed_before:
        return due_on("first_review_conference", held_on)
    clock = NEXT.get(Kind(kind))
    return due_on(clock, held_on) if clock else None
