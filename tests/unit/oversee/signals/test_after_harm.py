"""After a death or grave harm somebody is asked who decides; a child who lives is read on once somebody has."""

import datetime as dt

import pytest

from onestory.oversee.replay import replay
from onestory.oversee.signals.asking import Ask, Memory
from onestory.oversee.signals.looking import indexes_of
from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.walking import walk
from onestory.platform.history.record import Entry
from tests.unit.oversee.signals.family import Case, check, e, history

HARM = e("x", "2021-03-01", "harm", by="hosp", about="c")
DIED = e("x", "2021-03-01", "harm", by="hosp", about="c", died="c")
BEFORE = e("a", "2021-01-05", "concern", about="c s", told_by="public:neighbour", factors="neglect")
DECIDED = e("d", "2021-03-02", "meeting", about="c s", type="strategy")
CALLED = e("k", "2021-05-01", "concern", about="c s", told_by="family:aunt", factors="physical_abuse_adult")

CASES = (
    Case("after_grave_harm", "the day on which it is known", (BEFORE, HARM), speaks_on="2021-03-01", rests_on="x a"),
    Case("after_grave_harm", "until somebody decides", (HARM, DECIDED), speaks_on="2021-03-01", silent_on="2021-03-02"),
    Case("after_grave_harm", "an adult", (BEFORE, e("x", "2021-03-01", "harm", about="m")), silent_on="2021-03-02"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_case(case: Case) -> None:
    check(case)


def asks(*entries: Entry) -> list[Ask]:
    """What a living family's circle is asked until the end of 2021: it is not over with the harm."""
    told = history(entries)
    end = dt.date(2021, 12, 31)
    return [ask for _, taken in walk(indexes_of(told), Memory(), after=None, end=end) for ask in taken.asks]


def of_signal(found: list[Ask], signal: str) -> list[Ask]:
    return [ask for ask in found if signal in {reason.signal for reason in ask.reasons}]


def test_it_is_asked_the_same_day_about_brothers_and_sisters_too() -> None:
    found = of_signal(asks(BEFORE, HARM), "after_grave_harm")
    assert [(ask.on, ask.level) for ask in found] == [(dt.date(2021, 3, 1), Level.ACT)]
    assert set(found[0].children) == {"c", "s"}
    assert {"x", "a"} <= set(found[0].rests_on)


def test_nothing_else_is_asked_about_the_child_until_somebody_has_decided() -> None:
    waiting = asks(BEFORE, HARM, CALLED)
    about_c = [ask for ask in waiting if "c" in ask.children and ask.on > dt.date(2021, 3, 1)]
    assert {reason.signal for ask in about_c for reason in ask.reasons} <= {"after_grave_harm"}
    decided = asks(BEFORE, HARM, DECIDED, CALLED)
    later = [ask for ask in decided if "c" in ask.children and ask.on >= dt.date(2021, 5, 1)]
    assert of_signal(later, "physical_harm_without_strategy_discussion")


def test_a_child_who_died_is_read_no_further_and_the_others_are() -> None:
    later = [ask for ask in asks(BEFORE, DIED, DECIDED, CALLED) if ask.on >= dt.date(2021, 5, 1)]
    assert later
    assert all(ask.children == ("s",) for ask in later)


def test_a_decision_on_another_matter_before_it_is_none() -> None:
    early = e("d", "2021-02-01", "decision", about="c", outcome="no_further_action", on_entries="a")
    check(Case("after_grave_harm", "", (BEFORE, early, HARM), speaks_on="2021-03-01 2021-09-01", rests_on="x"))


def test_a_replay_still_ends_before_the_harm() -> None:
    assert not of_signal(list(replay(history((BEFORE, HARM, CALLED))).asks), "after_grave_harm")
