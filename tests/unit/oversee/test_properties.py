"""What holds for every history: nothing looks ahead, nothing is by chance, no day to look again is missed."""

from __future__ import annotations

import datetime as dt
import json
import os
import pickle
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.oversee.replay import replay
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.looking import Evaluated, indexes_of, look, stories_on
from onestory.oversee.signals.rule import Rule
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.walking import walk
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import History
from onestory.platform.history.story import story_on
from tests.unit.oversee.generated import STRANGERS, days, entries, histories, with_strangers

MORE = int(os.environ.get("ONESTORY_EXAMPLES", "1"))
"""Times as many examples, for a long run now and then."""
few = settings(max_examples=20 * MORE, deadline=None, suppress_health_check=list(HealthCheck))
END = dt.date(2024, 1, 1)


@few
@given(histories())
def test_the_same_history_gives_the_same_asks(told: History) -> None:
    assert replay(told).asks == replay(told).asks


@few
@given(histories(), days())
def test_what_became_known_later_never_changes_what_was_asked_earlier(told: History, day: dt.date) -> None:
    known = tuple(entry for entry in told.entries if entry.known_on <= day)
    ties = tuple(row for row in told.relationships if row.known is None or row.known.last <= day)
    # Both are read to the same day: a replay ends some weeks after the last entry, and what is cut off ends earlier.
    cut, whole = (
        [(on, taken.asks) for on, taken in walk(indexes_of(history), Memory(), after=None, end=day) if taken.asks]
        for history in (replace(told, entries=known, relationships=ties), told)
    )
    assert cut == whole


@few
@given(histories(), entries(name="x", people=STRANGERS), st.booleans())
def test_another_familys_entries_change_nothing(told: History, other: list, first: bool) -> None:
    mixed = with_strangers(told, other, first)
    ours = [index for index in indexes_of(mixed) if index.child not in STRANGERS]
    alone = walk(indexes_of(told), Memory(), after=None, end=END)
    among = walk(ours, Memory(), after=None, end=END)
    assert [(day, taken.asks) for day, taken in among] == [(day, taken.asks) for day, taken in alone]


@few
@given(histories())
def test_every_ask_rests_on_at_most_twelve_entries_known_on_its_day(told: History) -> None:
    by_id = {entry.id: entry for entry in told.entries}
    for ask in replay(told).asks:
        assert 1 <= len(set(ask.rests_on)) == len(ask.rests_on) <= 12
        assert all(by_id[entry_id].known_on <= ask.on for entry_id in ask.rests_on)
        assert all(reason.says and "{" not in reason.says for reason in ask.reasons)


@few
@given(histories())
def test_nothing_that_is_not_known_yet_can_be_reached(told: History) -> None:
    index = StoryIndex(told, "c")
    for day in sorted(set(index.days)):
        story = story_on(index, day)
        later = {entry.id for entry in told.entries if entry.known_on > day}
        reached = {entry.id for entry in story.entries} | {item.id for item in story.evidence}
        reached |= {entry.id for plan in story.plans for entry in plan.entries()}
        reached |= {answer.by for item in story.evidence if (answer := story.answer(item)) is not None}
        assert reached.isdisjoint(later)
        assert all(story.entry(entry_id) is None for entry_id in later)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.signal)
@settings(max_examples=8 * MORE, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=histories(most=8), data=st.data())
def test_time_alone_changes_nothing_before_the_next_check(rule: Rule, told: History, data: st.DataObject) -> None:
    index = StoryIndex(told, "c")
    today = data.draw(st.sampled_from(sorted(set(index.days)) or [END]))
    first = rule.evaluate(story_on(index, today), today)
    coming = [day for day in (*index.days, *index.turning_days) if day > today]
    until = min([*coming, today + dt.timedelta(days=1500)])
    if first.next_check is not None:
        assert first.next_check > today
        until = min(until, first.next_check)
    for later in sorted({today + dt.timedelta(days=n) for n in (1, 2, 7, 30, 91, 365, (until - today).days - 1)}):
        if today < later < until:
            assert rule.evaluate(story_on(index, later), later).findings == first.findings


@few
@given(histories())
def test_keeping_evaluations_between_looks_changes_nothing(told: History) -> None:
    indexes = indexes_of(told)
    for day, taken in walk(indexes, Memory(), after=None, end=END):
        memory = taken.memory
        again = look(stories_on(indexes, day), memory, day, evaluated=Evaluated())
        assert again.asks == ()
        assert again.look_again_on == taken.look_again_on


@few
@given(histories(), days())
def test_memory_survives_being_written_down(told: History, day: dt.date) -> None:
    whole = [(on, taken.asks) for on, taken in walk(indexes_of(told), Memory(), after=None, end=END)]
    early = list(walk(indexes_of(told), Memory(), after=None, end=day))
    memory, again = (early[-1][1].memory, early[-1][1].look_again_on) if early else (Memory(), None)
    kept = Memory.from_plain(json.loads(json.dumps(memory.to_plain())))
    assert kept == memory
    after = early[-1][0] if early else None
    rest = walk(indexes_of(told), kept, after=after, end=END, look_again_on=again)
    assert [*((on, taken.asks) for on, taken in early), *((on, taken.asks) for on, taken in rest)] == whole


@few
@given(histories())
def test_a_story_and_a_replay_travel(told: History) -> None:
    index = StoryIndex(told, "c")
    story = story_on(index, END)
    travelled = pickle.loads(pickle.dumps(story))
    for rule in ALL_RULES:
        assert rule.evaluate(travelled, END) == rule.evaluate(story, END)
    assert pickle.loads(pickle.dumps(replay(told))).asks == replay(told).asks
