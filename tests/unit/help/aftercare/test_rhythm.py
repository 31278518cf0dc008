"""After-care by its rhythm: kept by having seen the child, missed, over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onestory.help.aftercare.rhythm import Standing, Turn, standing, step

day = dt.date.fromisoformat
CLOSED = day("2018-04-03")


def stands(*seen: str, today: str, every: str = "P1M", until: str | None = "2018-10-03") -> Standing:
    return standing(
        made_on=CLOSED,
        every=every,
        until_on=day(until) if until else None,
        seen_on=[day(one) for one in seen],
        today=day(today),
    )


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2018-01-31", "P1M", "2018-02-28"),
        ("2018-04-03", "P3M", "2018-07-03"),
        ("2018-04-03", "P6W", "2018-05-15"),
        ("2018-04-03", "P10D", "2018-04-13"),
        ("2018-04-03", "P1Y", "2019-04-03"),
    ],
)
def test_one_step_of_a_rhythm(start: str, period: str, end: str) -> None:
    assert step(day(start), period) == day(end)


@pytest.mark.parametrize("period", ["", "monthly", "P", "P0M", "PT5H"])
def test_what_is_no_rhythm_has_no_next_day(period: str) -> None:
    assert step(CLOSED, period) is None
    assert stands(today="2018-09-01", every=period).turns == ()


def test_nothing_is_missed_before_its_day_is_over() -> None:
    assert stands(today="2018-05-03") == Standing((), day("2018-05-03"), None, 0, False)
    late = stands(today="2018-05-04")
    assert (late.turns, late.missed, late.is_late) == ((Turn(day("2018-05-03"), None),), 1, True)


def test_the_clock_runs_on_from_when_the_child_was_seen() -> None:
    kept = stands("2018-04-20", today="2018-05-10")
    assert (kept.turns, kept.next_on) == ((Turn(day("2018-05-03"), day("2018-04-20")),), day("2018-05-20"))
    assert not kept.is_late


def test_a_visit_before_the_promise_keeps_nothing() -> None:
    assert stands("2018-04-03", "2018-03-01", today="2018-05-10").missed == 1


def test_drawing_back_is_counted_from_the_last_time_the_child_was_seen() -> None:
    gone = stands("2018-04-20", today="2018-08-30")
    assert (gone.missed, gone.last_seen_on) == (4, day("2018-04-20"))
    assert stands("2018-04-20", "2018-08-29", today="2018-08-30").missed == 0


def test_the_last_day_is_asked_for_and_then_it_is_over() -> None:
    assert stands(today="2018-10-03").next_on == day("2018-10-03")
    over = stands(today="2018-10-04")
    assert (over.over, over.next_on, over.is_late, over.missed) == (True, None, False, 6)


DAYS = some.dates(dt.date(2018, 4, 4), dt.date(2019, 4, 3))


@given(seen=some.lists(DAYS, max_size=12), today=DAYS, every=some.sampled_from(["P1W", "P1M", "P3M"]))
def test_no_turn_is_lost_and_none_counted_twice(seen: list[dt.date], today: dt.date, every: str) -> None:
    found = standing(made_on=CLOSED, every=every, until_on=None, seen_on=seen, today=today)
    dues = [turn.due_on for turn in found.turns]
    assert dues == sorted(set(dues))
    kept = [turn.kept_on for turn in found.turns if turn.kept_on]
    assert len(kept) == len(set(kept))
    assert all(one <= today for one in kept)
    assert all(turn.due_on < today for turn in found.turns if turn.kept_on is None)
    start = max([CLOSED, *(turn.kept_on or turn.due_on for turn in found.turns)])
    assert found.next_on == step(start, every)
    assert found.next_on
    assert found.next_on >= today
