"""What holds where entries are corrected or taken back, people die, children are born late, and dates are vague."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.oversee.signals.asking import Ask, Memory
from onestory.oversee.signals.looking import Evaluated, Look, indexes_of, look, stories_on
from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.oversee.signals.walking import walk
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import Entry, History
from onestory.platform.history.story import story_on
from tests.unit.oversee.eventful import eventful, reports_of_one_day, rewritten
from tests.unit.oversee.test_following import kept_equals_anew
from tests.unit.oversee.test_properties import END, MORE

some = settings(max_examples=30 * MORE, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(max_examples=10 * MORE, deadline=None, suppress_health_check=list(HealthCheck))
YEAR = 400


def asked(told: History, end: dt.date = END) -> list[Ask]:
    """Every ask, also of what comes after a death: a replay would end before it."""
    return [ask for _, taken in walk(indexes_of(told), Memory(), after=None, end=end) for ask in taken.asks]


@some
@given(eventful() | rewritten())
def test_every_evaluation_kept_is_the_one_made_anew(told: History) -> None:
    kept_equals_anew(told)


@some
@given(eventful() | rewritten())
def test_what_was_corrected_is_not_cited_once_the_correction_is_known(told: History) -> None:
    gone_on = {entry.supersedes: entry.known_on for entry in told.entries if entry.supersedes}
    for day, taken in walk(indexes_of(told), Memory(), after=None, end=END):
        cited = {one for ask in taken.asks for one in ask.rests_on}
        cited |= {one for finding in taken.notes for one in finding.evidence}
        assert [one for one in cited if one in gone_on and gone_on[one] <= day] == []


@some
@given(eventful() | rewritten())
def test_of_a_child_who_died_nothing_is_asked_as_if_they_lived(told: History) -> None:
    died_on: dict[str, dt.date] = {}
    gone = {entry.supersedes for entry in told.entries}
    for entry in told.entries:
        if entry.kind == "harm" and entry.id not in gone:
            died_on |= {one: min(entry.known_on, died_on.get(one, END)) for one in entry.own.get("died", ())}
    for ask in asked(told):
        dead = [child for child in ask.children if died_on.get(child, END) <= ask.on]
        after_death = [reason for reason in ask.reasons if BY_SIGNAL[reason.signal].speaks_after_harm]
        assert not dead or after_death
        assert after_death == list(ask.reasons) or set(dead) != set(ask.children)


@few
@given(eventful(most=8, span=YEAR))
def test_looking_every_day_finds_what_looking_on_the_days_to_look_again_finds(told: History) -> None:
    first = min(day for index in indexes_of(told) for day in index.days)
    assert _day_by_day(told, first, 2 * YEAR) == _on_its_days(told, first, 2 * YEAR)


@some
@given(rewritten(), st.data())
def test_so_it_is_for_a_season_of_a_written_history(told: History, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from([entry.known_on for entry in told.entries]))
    assert _day_by_day(told, first, 120) == _on_its_days(told, first, 120)


type Came = list[Ask | tuple[str, str, dt.date]]
"""What was asked and what ended, in order."""


def _came_of(taken: Look) -> Came:
    return [*taken.asks, *((end.signal, end.key, end.on) for end in taken.ended)]


def _on_its_days(told: History, first: dt.date, days: int) -> Came:
    """What comes after a day of looking when something is new or time alone matters."""
    looks = walk(indexes_of(told), Memory(), after=None, end=first + dt.timedelta(days=days))
    return [one for day, taken in looks if day > first for one in _came_of(taken)]


def _day_by_day(told: History, first: dt.date, days: int) -> Came:
    """What comes after a day of reading everything anew on each single day."""
    indexes, memory = indexes_of(told), Memory()
    for _, taken in walk(indexes, memory, after=None, end=first):
        memory = taken.memory
    found: Came = []
    for number in range(1, days + 1):
        today = first + dt.timedelta(days=number)
        taken = look(stories_on(indexes, today), memory, today, evaluated=Evaluated())
        memory = taken.memory
        found += _came_of(taken)
    return found


@some
@given(reports_of_one_day())
def test_no_order_of_one_days_reports_leaves_a_child_out(two: tuple[History, History]) -> None:
    """When, and beside what, somebody is asked can hang on which of a day's reports is held to be the last."""
    one, other = ({child for ask in asked(told) for child in ask.children} for told in two)
    assert one == other


@some
@given(eventful() | rewritten(), st.randoms(use_true_random=False))
def test_in_which_order_a_history_was_written_down_changes_nothing(told: History, chance: Random) -> None:
    """Only within one day the order written down is the order in which things became known."""
    by_day: dict[dt.date, list[Entry]] = {}
    for entry in told.entries:
        by_day.setdefault(entry.known_on, []).append(entry)
    days = list(by_day)
    chance.shuffle(days)
    mixed = tuple(entry for day in days for entry in by_day[day])
    assert asked(replace(told, entries=mixed)) == asked(told)


@some
@given(eventful())
def test_a_birth_long_expected_that_never_came_leaves_nobody_unborn(told: History) -> None:
    index = StoryIndex(told, "c")
    for day in sorted({*index.days, *index.turning_days}):
        story = story_on(index, day)
        born = told.people["c"].born
        births = [entry for entry in story.of("birth") if "c" in entry.about]
        assert story.is_unborn == (born is not None and day < born.last and not births)
        age = story.age_in_days()
        assert age is None or age >= 0 or story.is_unborn or births
