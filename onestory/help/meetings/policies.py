"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from onestory.help.meetings.states import Came, Kind
from onestory.help.plans.policies import CannotPlan, check_words


def check_may_call(*, kind: str, meets_at: dt.datetime | None, at: dt.datetime) -> None:
    """A meeting is called for an hour that has not passed."""
    if kind not in Kind.values:
        raise CannotPlan("kind", "Select which meeting")
    if meets_at is None or meets_at < at:
        raise CannotPlan("meets_at", "Enter the day and time, in the future")


def check_attendance(came: Iterable[str]) -> None:
    """Of everybody who was invited it is said whether they came."""
    if any(one not in Came.values or one == Came.INVITED for one in came):
        raise CannotPlan("came", "Say of everybody who was invited whether they came")


def check_held(*, what_changed: str, minutes: str, held_on: dt.date | None, today: dt.date) -> None:
    """A meeting that was held says when, what changed for the children, and what was agreed."""
    if held_on is None or held_on > today:
        raise CannotPlan("held_on", "Enter the day on which it was held, not in the future")
    check_words(what_changed, "what_changed", "Enter what has changed for the child, or that nothing has")
    check_words(minutes, "minutes", "Enter what was said and agreed")


def check_review(*, experience: str, not_asked_because: str) -> None:
    """A review asks the family how they find the help, or says why it did not (I7, F2.4)."""
    if not experience.strip() and not not_asked_because.strip():
        raise CannotPlan("experience", "Enter how the family finds the help, or why they were not asked")


def check_next(
    *, next_on: dt.date | None, latest: dt.date | None, later_because: str, needed: bool, held_on: dt.date
) -> None:
    """The next day is named; a day later than the clock allows needs a reason (F5.13)."""
    if next_on is None:
        if needed:
            raise CannotPlan("next_on", "Enter the day of the next meeting")
        return
    if next_on <= held_on:
        raise CannotPlan("next_on", "The next meeting comes after this one")
    if latest and next_on > latest and not later_because.strip():
        raise CannotPlan("later_because", f"The next one is due by {latest:%-d %B %Y}. Enter why it comes later.")
