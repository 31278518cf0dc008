"""When the next meeting is due, and what a meeting has to say."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.help.meetings.clocks import latest_next
from onestory.help.meetings.policies import check_attendance, check_next, check_review
from onestory.help.meetings.states import REVIEWS, TRANSITIONS, Kind, MeetingState, meeting_after
from onestory.help.plans.policies import CannotPlan
from onestory.help.plans.states import CannotHappen
from onestory.help.plans.states import Kind as PlanKind

HELD = dt.date(2026, 12, 8)


@pytest.mark.parametrize(
    ("kind", "before", "latest"),
    [
        (Kind.CIN_REVIEW, False, dt.date(2027, 1, 5)),
        (Kind.CONFERENCE, False, dt.date(2027, 3, 8)),
        (Kind.CONFERENCE, True, dt.date(2027, 6, 8)),
        (Kind.CORE_GROUP, True, dt.date(2027, 1, 19)),
        (Kind.TAF, False, dt.date(2027, 3, 2)),
        (Kind.MAPPING, False, None),
    ],
)
def test_the_next_day_follows_from_the_clock_of_its_sort(kind: Kind, before: bool, latest: dt.date | None) -> None:
    assert latest_next(kind, HELD, reviewed_before=before) == latest


@pytest.mark.parametrize(
    ("next_on", "because", "needed", "field"),
    [
        (None, "", True, "next_on"),
        (None, "", False, None),
        (HELD, "", True, "next_on"),
        (dt.date(2027, 1, 5), "", True, None),
        (dt.date(2027, 1, 6), "", True, "later_because"),
        (dt.date(2027, 1, 6), "The school is closed", True, None),
    ],
)
def test_a_next_day_after_the_clock_says_why(
    next_on: dt.date | None, because: str, needed: bool, field: str | None
) -> None:
    found = None
    try:
        check_next(next_on=next_on, latest=dt.date(2027, 1, 5), later_because=because, needed=needed, held_on=HELD)
    except CannotPlan as problem:
        found = problem.field
    assert found == field


@pytest.mark.parametrize(("experience", "why"), [("Heard.", ""), ("", "They moved.")])
def test_a_review_asks_or_says_why_not(experience: str, why: str) -> None:
    check_review(experience=experience, not_asked_because=why)
    with pytest.raises(CannotPlan):
        check_review(experience=" ", not_asked_because=" ")


@pytest.mark.parametrize("came", ["invited", "", "perhaps"])
def test_attendance_is_one_of_three(came: str) -> None:
    check_attendance(["present", "apologies", "absent"])
    with pytest.raises(CannotPlan):
        check_attendance(["present", came])


def test_every_plan_has_its_review_and_every_state_its_row() -> None:
    assert set(REVIEWS) == set(PlanKind)
    assert set(TRANSITIONS) == set(MeetingState)
    for state in (MeetingState.HELD, MeetingState.CANCELLED):
        with pytest.raises(CannotHappen):
            meeting_after(state, "hold")
