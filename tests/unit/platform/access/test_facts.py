"""Ties follow from facts, and end with them."""

from __future__ import annotations

import datetime as dt

from onestory.platform.access.facts import (
    AfterCareDuty,
    AgencyKnows,
    DueTie,
    Holder,
    HolderSort,
    LeadProfessional,
    Manages,
    NamedWorker,
    OnRota,
    OpenConcern,
    TeamAnswers,
    ties_at,
)
from onestory.platform.access.policy import Tie

MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
FRIDAY = dt.datetime(2026, 3, 6, 17, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)


def user(name: str) -> Holder:
    return Holder(HolderSort.USER, name)


def test_each_fact_gives_its_tie() -> None:
    nursery = Holder(HolderSort.AGENCY, "nursery")
    facts = [
        AgencyKnows(agency="nursery", person="child", since=MONDAY),
        TeamAnswers(team="health visiting", person="child", since=MONDAY),
        NamedWorker(user="worker", person="child", since=MONDAY),
        LeadProfessional(user="lead", person="child", since=MONDAY),
        AfterCareDuty(holder=nursery, person="child", since=MONDAY),
    ]
    assert ties_at(FRIDAY, facts) == {
        DueTie(nursery, "child", Tie.AGENCY, "known"),
        DueTie(Holder(HolderSort.TEAM, "health visiting"), "child", Tie.TEAM, "duty"),
        DueTie(user("worker"), "child", Tie.WORKER, "named"),
        DueTie(user("lead"), "child", Tie.LEAD, "lead"),
        DueTie(nursery, "child", Tie.WORKER, "aftercare"),
    }


def test_a_tie_begins_with_its_fact_and_is_gone_at_its_end() -> None:
    named = NamedWorker(user="worker", person="child", since=MONDAY, until=FRIDAY)
    assert ties_at(MONDAY - dt.timedelta(seconds=1), [named]) == frozenset()
    assert len(ties_at(MONDAY, [named])) == 1
    assert len(ties_at(FRIDAY - dt.timedelta(seconds=1), [named])) == 1
    assert ties_at(FRIDAY, [named]) == frozenset()


def test_the_front_door_is_tied_only_on_shift_and_only_while_the_concern_is_open() -> None:
    concern = OpenConcern(person="child", since=MONDAY, until=FRIDAY)
    on_shift = OnRota(user="duty", since=MONDAY)
    off_shift = OnRota(user="off duty", since=MONDAY - dt.timedelta(days=7), until=MONDAY)
    wednesday = MONDAY + dt.timedelta(days=2)
    assert ties_at(wednesday, [concern, on_shift, off_shift]) == {
        DueTie(user("duty"), "child", Tie.FRONT_DOOR, "open_concern")
    }
    assert ties_at(wednesday, [on_shift]) == frozenset()
    assert ties_at(LATER, [concern, on_shift]) == frozenset()


def test_a_manager_is_tied_to_the_cases_of_the_worker_and_to_no_others() -> None:
    facts = [
        Manages(manager="manager", worker="worker", since=MONDAY),
        NamedWorker(user="worker", person="child", since=MONDAY),
        NamedWorker(user="other", person="stranger", since=MONDAY),
    ]
    assert {tie.person for tie in ties_at(FRIDAY, facts) if tie.holder == user("manager")} == {"child"}


def test_ties_are_per_person_and_not_per_family() -> None:
    facts = [NamedWorker(user="probation", person="father", since=MONDAY)]
    assert {tie.person for tie in ties_at(FRIDAY, facts)} == {"father"}
