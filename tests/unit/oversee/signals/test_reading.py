"""Readings that rules share: what a decision rests on, why a child counts as known, when a plan is carried on."""

from __future__ import annotations

import pytest

from onestory.oversee.signals.reading import decided_on, involved, is_carried_on, known_for, last_look, standing
from onestory.oversee.signals.rule import Clock
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story, build_story
from tests.unit.oversee.signals.family import day_of, e, history

REPORT = e("a", "2021-03-01", "concern", told_by="family:aunt", factors="neglect")
SIGN = e("s", "2021-03-10", "observation", by="school", factors="hygiene")


def story(*entries: Entry, on: str = "2022-12-31") -> Story:
    return build_story(history(entries), "c", day_of(on))


def rests_on(*entries: Entry, decision: str = "d") -> list[str]:
    told = story(*entries)
    found = told.entry(decision)
    assert found is not None
    return [item.id for item in decided_on(told, found)]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2021-03-11", ["a", "s"]),
        ("2021-04-12", ["a", "s"]),
        ("2021-04-13", ["s"]),
        ("2021-04-22", ["a"]),
        ("2021-08-31", ["a"]),
        ("2021-09-01", []),
    ],
)
def test_a_decision_that_names_nothing_rests_on_what_came_in_lately_else_on_reports(day: str, found: list[str]) -> None:
    decision = e("d", day, "decision", outcome="no_further_action")
    assert rests_on(REPORT, SIGN, decision) == found


def test_a_decision_rests_on_what_it_names_and_on_nothing_that_came_later() -> None:
    named = e("d", "2021-03-20", "decision", outcome="advice", on_entries="s")
    assert rests_on(REPORT, SIGN, named) == ["s"]
    early = e("d", "2021-03-05", "decision", outcome="advice")
    assert rests_on(REPORT, early, SIGN) == ["a"]


def test_what_was_closed_before_is_not_what_is_decided_on_now() -> None:
    closed = e("x", "2021-03-02", "decision", outcome="no_further_action", on_entries="a")
    later = e("d", "2021-03-20", "decision", outcome="advice")
    assert rests_on(REPORT, closed, SIGN, later) == ["s"]
    helped = e("x", "2021-03-02", "decision", outcome="early_help", on_entries="a")
    assert rests_on(REPORT, helped, SIGN, later) == ["a", "s"]
    afterwards = e("x", "2021-03-25", "decision", outcome="no_further_action", on_entries="a")
    assert rests_on(REPORT, SIGN, later, afterwards) == ["a", "s"]


OPENED = e("p", "2020-01-10", "plan", type="child_in_need", stage="opened")
CLOSED = e("q", "2020-06-10", "plan", type="child_in_need", stage="closed")


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def test_a_child_counts_as_known_by_plans_open_or_lately_closed_and_by_unsettled_reports() -> None:
    told = story(OPENED, CLOSED, REPORT, SIGN)
    day = day_of("2021-03-10")
    assert ids(involved(told, day, 99, 365)) == ["q", "a"]
    assert ids(involved(told, day, 99, 273)) == ["q", "a"]
    assert ids(involved(told, day, 99, 272)) == ["a"]
    assert ids(involved(told, day, 0, 365)) == []
    assert ids(involved(story(OPENED, REPORT), day, 99, 30)) == ["p", "a"]
    assert ids(known_for(told, SIGN)) == ["a", "q"]


@pytest.mark.parametrize(
    ("next_plan", "carried"),
    [
        (e("r", "2020-06-10", "plan", type="child_in_need", stage="opened"), False),
        (e("r", "2020-06-24", "plan", type="early_help", stage="opened"), False),
        (e("r", "2020-06-01", "plan", type="child_protection", stage="opened"), True),
    ],
)
def test_a_plan_is_carried_on_by_one_that_is_open_then(next_plan: Entry, carried: bool) -> None:
    told = story(OPENED, CLOSED, next_plan)
    ended = next(plan for plan in told.plans if plan.opened.id == "p")
    assert is_carried_on(told, ended) is carried


@pytest.mark.parametrize(("day", "carried"), [("2020-06-10", True), ("2020-06-24", True), ("2020-06-25", False)])
def test_a_lower_plan_within_two_weeks_carries_a_higher_one_on(day: str, carried: bool) -> None:
    opened = e("p", "2020-01-10", "plan", type="child_protection", stage="opened")
    closed = e("q", "2020-06-10", "plan", type="child_protection", stage="closed")
    told = story(opened, closed, e("r", day, "plan", type="child_in_need", stage="opened"))
    assert is_carried_on(told, next(plan for plan in told.plans if plan.closed is not None)) is carried


def test_a_plan_that_is_open_is_not_carried_on() -> None:
    told = story(OPENED)
    assert not is_carried_on(told, told.plans[0])


def test_an_order_stands_to_the_end_of_its_last_day() -> None:
    order = e("o", "2021-01-01", "order", type="bail", stage="made", until="2021-02-01")
    told = story(order)
    for day, stands in (("2021-02-01", True), ("2021-02-02", False)):
        clock = Clock(day_of(day))
        assert bool(standing(told, clock, "order")) is stands
    clock = Clock(day_of("2021-02-01"))
    standing(told, clock, "order")
    assert clock.next_check == day_of("2021-02-02")


@pytest.mark.parametrize(
    ("entry", "looked"),
    [
        (e("b", "2021-04-01", "assessment", type="child_and_family", stage="completed"), "b"),
        (e("b", "2021-04-01", "assessment", type="child_and_family", stage="started"), "start"),
        (e("b", "2021-04-01", "assessment", type="medical", stage="completed"), "start"),
        (e("b", "2021-04-01", "meeting", type="conference"), "b"),
        (e("b", "2021-04-01", "meeting", type="strategy"), "start"),
        (e("b", "2021-04-01", "plan", type="child_protection", stage="opened"), "b"),
        (e("b", "2021-04-01", "plan", type="child_protection", stage="reviewed"), "start"),
        (e("b", "2021-04-01", "plan", type="early_help", stage="opened"), "start"),
        (e("b", "2021-04-01", "meeting", about="s", type="conference"), "start"),
    ],
    ids=lambda one: f"{one.kind} {dict(one.own)}" if isinstance(one, Entry) else str(one),
)
def test_the_whole_was_last_looked_at(entry: Entry, looked: str) -> None:
    place, name = last_look(story(REPORT, entry))
    assert (name, place) == (looked, 1 if looked == "b" else -1)
