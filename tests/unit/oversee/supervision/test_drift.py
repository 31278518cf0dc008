"""Each reason speaks on its day and not the day before; the order is what is longest overdue."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestory.oversee.supervision.drift import CameIn, Facts, Owed, PlanTold, drifting, limits, reasons_of
from onestory.platform.deadlines import due_on

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


def plan(opened: dt.date = TODAY - DAY, **more: Any) -> PlanTold:
    return PlanTold("child_in_need", opened, "plan", **more)


def facts(**more: Any) -> Facts:
    given: dict[str, Any] = {"plans": [plan()], "worker": "Ben", "seen_on": TODAY, "seen_by": "School", "seen_in": "v"}
    return Facts("1", **({"name": "Ada"} | given | more))


def sorts(one: Facts) -> list[str]:
    return [reason.sort for reason in reasons_of(one, TODAY)]


def test_nothing_is_overdue_where_everything_is_in_place() -> None:
    assert sorts(facts()) == []
    assert drifting([facts()], TODAY) == []


def test_a_child_without_a_plan_and_with_nothing_owed_is_not_on_the_page() -> None:
    assert sorts(facts(plans=[], worker="", seen_on=None)) == []


@pytest.mark.parametrize(("opened", "said"), [(1, []), (2, ["no_worker"])])
def test_an_open_plan_has_a_worker(opened: int, said: list[str]) -> None:
    assert sorts(facts(worker="", plans=[plan(TODAY - opened * DAY)])) == said


@pytest.mark.parametrize(("days", "said"), [(28, []), (29, ["not_seen"])])
def test_a_child_is_seen_every_four_weeks_while_a_plan_is_open(days: int, said: list[str]) -> None:
    opened = TODAY - 90 * DAY
    assert sorts(facts(plans=[plan(opened)], seen_on=TODAY - days * DAY)) == said


def test_being_seen_before_the_plan_began_does_not_count_for_it() -> None:
    (reason,) = reasons_of(facts(plans=[plan(dt.date(2026, 10, 1))], seen_on=dt.date(2026, 9, 3)), TODAY)
    assert reason.says == (
        "Not seen since the child in need plan was opened on 1 October 2026: last seen on 3 September 2026."
    )
    assert reason.since == dt.date(2026, 10, 29)
    (never,) = reasons_of(facts(plans=[plan(dt.date(2026, 10, 1))], seen_on=None), TODAY)
    assert never.says.endswith("no sight of the child is on record.")


@pytest.mark.parametrize(("due", "said"), [(TODAY, []), (TODAY - DAY, ["review"])])
def test_a_review_is_overdue_the_day_after_its_day(due: dt.date, said: list[str]) -> None:
    assert sorts(facts(plans=[plan(review_due=due)])) == said


def owed(
    sort: str = "action", due: dt.date | None = None, made: dt.date = TODAY - 30 * DAY, what: str = "Test"
) -> Owed:
    return Owed(sort, what, "Recovery", made, due, f"entry of {what}")


def test_what_is_owed_longest_is_named_and_the_rest_is_counted() -> None:
    late = [owed(due=TODAY - 3 * DAY, what="Second"), owed(due=TODAY - 9 * DAY, what="First"), owed(due=TODAY)]
    (reason,) = reasons_of(facts(owed=late), TODAY)
    assert (reason.sort, reason.since, reason.entry) == ("overdue", TODAY - 9 * DAY, "entry of First")
    assert reason.says == "Overdue since 11 November 2026: First (Recovery). So is 1 more promise."


def test_actions_without_measure_count_while_a_plan_is_open() -> None:
    loose = [owed(what="Support")]
    (reason,) = reasons_of(facts(without_measure=loose), TODAY)
    assert reason.says == "1 action has no measure or no day, since 21 October 2026: Support."
    assert sorts(facts(without_measure=loose, plans=[])) == []


@pytest.mark.parametrize(
    ("ended", "kind", "said"),
    [
        (TODAY - 60 * DAY, "child_in_need", ["repeated"]),
        (TODAY - 60 * DAY, "early_help", []),
        (TODAY - 800 * DAY, "child_in_need", []),
    ],
)
def test_a_second_plan_of_the_same_kind_says_when_the_first_ended(ended: dt.date, kind: str, said: list[str]) -> None:
    first = PlanTold(kind, ended - 90 * DAY, "first", ended, "end")
    assert sorts(facts(plans=[first, plan()])) == said


def test_a_hand_over_is_late_when_its_clock_has_run_out() -> None:
    made = dt.date(2026, 11, 16)
    due = due_on("notice_acknowledged", made)
    waiting = facts(owed=[owed("hand_over", made=made)])
    assert [one.sort for one in reasons_of(waiting, due)] == []
    assert [one.sort for one in reasons_of(waiting, due + DAY) if one.sort == "hand_over"] == ["hand_over"]


@pytest.mark.parametrize(("days", "said"), [(0, []), (1, ["active_again"]), (183, ["active_again"]), (184, [])])
def test_what_comes_in_after_a_plan_has_ended_is_said(days: int, said: list[str]) -> None:
    ended = TODAY - 184 * DAY
    closed = PlanTold("child_in_need", ended - 90 * DAY, "plan", ended, "end")
    came = [CameIn(ended + days * DAY, "Concern", "School", "c")]
    assert sorts(facts(plans=[closed], came_in=came)) == said
    assert sorts(facts(plans=[closed, plan()], came_in=came)) == ["repeated"]


def test_the_order_is_what_is_longest_overdue_and_not_how_much_there_is() -> None:
    many = facts(
        name="Many", owed=[owed(due=TODAY - one * DAY) for one in range(1, 9)], worker="", plans=[plan(TODAY - 5 * DAY)]
    )
    old = facts(name="Old", owed=[owed(due=TODAY - 40 * DAY)])
    assert [one.facts.name for one in drifting([many, facts(), old], TODAY)] == ["Old", "Many"]


def test_every_limit_has_a_length() -> None:
    assert all(one.days > 0 for one in limits().values())
