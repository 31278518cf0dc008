"""The live system asks exactly what a replay of what it may read asks: a history at once, or day by day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from onestory.arrive.feeds.actions import import_files
from onestory.arrive.feeds.case_history import read_case_history
from onestory.arrive.feeds.models import Sort, SourceRow
from onestory.oversee.replay import replay
from onestory.oversee.signals import actions
from onestory.oversee.signals.models import Alert, Asking, Circle
from onestory.platform.people.models import Person
from tests.integration.oversee.signals.detected import as_detected

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[4]
CHILD_F = HOUSE / "demonstration" / "child-f.yaml"
AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def _children() -> list:
    return list(Person.objects.filter(is_child=True).values_list("id", flat=True))


def asked_live() -> set:
    """Everything that was asked: day, level, rule, evidence by the file's own ids."""
    entries = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("object_id", "key"))
    askings = Asking.objects.select_related("alert").prefetch_related("entries")
    return {
        (
            asking.asked_on,
            asking.level,
            asking.alert.signal,
            tuple(sorted(entries[one.entry_id] for one in asking.entries.all())),
        )
        for asking in askings
    }


def asked_in_replay(path: Path) -> set:
    """The same of the pure replay of what the signals may read."""
    return {
        (ask.on, int(ask.level), ask.signal, tuple(sorted(ask.rests_on)))
        for ask in replay(as_detected(read_case_history(path).history)).asks
    }


def test_a_history_imported_at_once_asks_what_the_replay_asks():
    import_files([CHILD_F], by=None, at=AT)

    actions.read_again(child_ids=_children(), today=AT.date(), at=AT)

    assert asked_live() == asked_in_replay(CHILD_F)
    assert asked_live()


def test_a_history_imported_day_by_day_asks_what_the_replay_asks():
    history = read_case_history(CHILD_F).history
    days = sorted({entry.known_on for entry in history.entries if entry.known is not None})

    for day in days:
        at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        import_files([CHILD_F], by=None, at=at, until=day)
        actions.read_again(child_ids=_children(), today=day, at=at)

    assert asked_live() == asked_in_replay(CHILD_F)


def test_reading_again_without_anything_new_asks_nothing():
    import_files([CHILD_F], by=None, at=AT)
    actions.read_again(child_ids=_children(), today=AT.date(), at=AT)
    before = Asking.objects.count()

    assert actions.read_again(child_ids=_children(), today=AT.date(), at=AT) == []

    assert Asking.objects.count() == before


def test_one_pattern_is_one_alert_with_a_team_that_owns_it():
    import_files([CHILD_F], by=None, at=AT)
    actions.read_again(child_ids=_children(), today=AT.date(), at=AT)

    alerts = Alert.objects.select_related("team__agency")

    assert len({(alert.signal, alert.key) for alert in alerts}) == len(alerts)
    assert all(alert.team.agency.name for alert in alerts)
    assert Circle.objects.count() == 1
