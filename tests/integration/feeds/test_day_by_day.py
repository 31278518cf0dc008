"""The database says what the file says: at once, in slices, on every day; so the questions are the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onestory.arrive.feeds.models import CaseHistorySource
from onestory.oversee.replay import replay
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.dates import When, day
from onestory.platform.history.loading import load_history
from onestory.platform.history.models import Entry
from onestory.platform.history.record import History
from onestory.platform.history.story import Story, build_story
from tests.integration.feeds.imports import (
    AT,
    CHILD_F,
    PROJECT,
    assert_the_database_says,
    bring_in,
    history_of,
    in_the_databases_words,
    people_of,
    written,
)
from tests.unit.arrive.feeds.case_history.histories import histories

pytestmark = pytest.mark.django_db
FIRST_DAY = dt.date(2040, 1, 1)
WHOLE = settings(
    deadline=None,
    max_examples=25,
    phases=[phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)],  # shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


@st.composite
def spread(draw: st.DrawFn) -> History:
    """A history whose entries became known on several days, in another order than they stand; some never."""
    history = draw(histories())
    known: dict[str, When | None] = {}
    for entry in history.entries:
        offset = draw(st.integers(0, 3))
        named = entry.own.get("on_entries", ()) if entry.kind == "decision" else ()
        named = (entry.own["from"],) if entry.kind == "condition" and "from" in entry.own else named
        days = [FIRST_DAY + dt.timedelta(days=offset), *(when.last for one in named if (when := known[one]))]
        known[entry.id] = day(max(days))
    referred = {one for entry in history.entries for one in (*entry.own.get("on_entries", ()), entry.own.get("from"))}
    for entry in history.entries:
        if entry.id not in referred and draw(st.integers(0, 9)) == 0:
            known[entry.id] = None
    entries = tuple(dataclasses.replace(entry, known=known[entry.id]) for entry in history.entries)
    return dataclasses.replace(history, entries=entries)


def told(story: Story) -> tuple[Any, ...]:
    """Everything that a rule can read of a story."""
    return (story.entries, story.relationships, story.children, story.parents, story.person, story.open_plan)


def assert_same_stories_of(child: UUID, history: History, loaded: History, days: list[dt.date]) -> None:
    for today in days:
        assert told(build_story(loaded, str(child), today)) == told(build_story(history, str(child), today))


def children_of(history: History) -> list[UUID]:
    ids = in_the_databases_words(history)
    return [UUID(one.id) for one in ids.people.values() if one.is_child]


@given(history=spread(), data=st.data())
@WHOLE
def test_any_history_comes_back_as_it_was_also_when_it_came_in_slices(
    history: History, data: st.DataObject, tmp_path: Path
) -> None:
    path = written(history, tmp_path)
    cuts = sorted(data.draw(st.sets(st.integers(0, 4), max_size=3)))
    with transaction.atomic():
        for number, cut in enumerate(cuts):
            bring_in(path, until=FIRST_DAY + dt.timedelta(days=cut), at=AT + dt.timedelta(days=number))
        bring_in(path, at=AT + dt.timedelta(days=len(cuts)))
        assert_the_database_says(history)
        days = [FIRST_DAY + dt.timedelta(days=number) for number in range(-1, 5)]
        # Loaded child by child, as the program does: the rest of the file must not be missed.
        expected = in_the_databases_words(history)
        for child in children_of(history):
            assert_same_stories_of(child, expected, load_history([child]), days)
        assert bring_in(path, at=AT).changed is False
        transaction.set_rollback(True)


FAMILIES = [CHILD_F, *sorted((PROJECT / "tests" / "histories" / "development").glob("*.yaml"))]


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_the_questions_are_the_same_from_the_database_as_from_the_file(path: Path) -> None:
    bring_in(path)
    history = history_of(path)
    expected = replay(in_the_databases_words(history)).alerts

    assert replay(load_history(children_of(history))).alerts == expected


def test_in_slices_the_database_never_knows_more_than_was_known() -> None:
    history = history_of(CHILD_F)
    days = sorted({entry.known_on for entry in history.entries if entry.known})[::4]
    for number, today in enumerate(days):
        report = bring_in(CHILD_F, until=today, at=AT + dt.timedelta(hours=number))
        assert all(entry.known_on <= today for entry in Entry.objects.all())
        assert report.files[0].not_yet == sum(entry.known_on > today for entry in history.entries)
        expected = in_the_databases_words(history)
        for child in children_of(history):
            assert_same_stories_of(child, expected, load_history([child]), [today])


def test_in_slices_it_ends_as_at_once(tmp_path: Path) -> None:
    for until in (dt.date(2016, 12, 31), dt.date(2017, 12, 31), dt.date(2018, 12, 31), None):
        bring_in(CHILD_F, until=until)
    assert_the_database_says(history_of(CHILD_F))
    in_slices = commitments()
    assert CaseHistorySource.objects.get().until_on is None

    other = tmp_path / "again.yaml"
    text = CHILD_F.read_text(encoding="utf-8")
    other.write_text(text.replace("title: Child F", "title: Child F again"), encoding="utf-8")
    bring_in(other)
    assert commitments()[1::2] == commitments()[::2]
    assert in_slices == commitments()[::2]


def commitments() -> list[tuple[Any, ...]]:
    said = ("sort", "state", "code", "what", "made_on", "due_on", "every", "owner_agency__name")
    return sorted(Commitment.objects.values_list(*said), key=str)


def test_a_slice_that_is_asked_for_again_takes_nothing_back() -> None:
    bring_in(CHILD_F)
    assert bring_in(CHILD_F, until=dt.date(2016, 12, 31)).changed is False
    assert Entry.objects.count() == 79


def test_what_was_never_known_comes_with_the_whole_file_only(tmp_path: Path) -> None:
    path = PROJECT / "tests" / "histories" / "format" / "small.yaml"
    bring_in(path, until=dt.date(2030, 1, 1))
    assert not Entry.objects.filter(known_on=None).exists()
    assert bring_in(path).files[0].changes[0].key == "e6"
    assert Entry.objects.filter(known_on=None).count() == 1


def test_never_known_is_never_in_a_story() -> None:
    path = PROJECT / "tests" / "histories" / "format" / "small.yaml"
    bring_in(path)
    loaded = load_history(people_of(history_of(path)))
    [child] = [one.id for one in loaded.people.values() if one.is_child]

    assert [entry.kind for entry in loaded.entries if entry.known is None] == ["order"]
    assert "order" not in {entry.kind for entry in build_story(loaded, child, dt.date(2100, 1, 1)).entries}
