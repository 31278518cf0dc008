from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.platform.accounts.limits import Limits, Why, why_over

LIMITS = Limits(idle=dt.timedelta(minutes=15), whole=dt.timedelta(hours=12))
MORNING = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)


def over(opened: dt.timedelta, seen: dt.timedelta) -> Why | None:
    """A session opened and last seen that long ago."""
    return why_over(opened_at=MORNING - opened, seen_at=MORNING - seen, at=MORNING, limits=LIMITS)


@pytest.mark.parametrize(
    ("opened", "seen", "why"),
    [
        (dt.timedelta(), dt.timedelta(), None),
        (dt.timedelta(hours=11, minutes=59), dt.timedelta(minutes=14, seconds=59), None),
        (dt.timedelta(hours=1), dt.timedelta(minutes=15), Why.IDLE),
        (dt.timedelta(hours=12), dt.timedelta(), Why.LONG),
        (dt.timedelta(hours=13), dt.timedelta(hours=1), Why.LONG),
        (-dt.timedelta(hours=1), -dt.timedelta(hours=1), Why.LONG),
    ],
)
def test_limits(opened: dt.timedelta, seen: dt.timedelta, why: Why | None) -> None:
    assert over(opened, seen) == why


@given(minutes=st.lists(st.integers(0, 14), max_size=80))
def test_a_session_that_is_used_lasts_until_the_whole_limit_and_no_longer(minutes: list[int]) -> None:
    at = MORNING
    for pause in minutes:
        before, at = at, at + dt.timedelta(minutes=pause)
        ended = why_over(opened_at=MORNING, seen_at=before, at=at, limits=LIMITS)
        assert ended == (Why.LONG if at - MORNING >= LIMITS.whole else None)
