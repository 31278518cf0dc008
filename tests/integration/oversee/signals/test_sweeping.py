"""The sweep visits what is due and nothing else, catches up missed days, and two sweeps share the work."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import connections, transaction

from onestory.arrive.feeds.actions import import_files
from onestory.arrive.feeds.case_history import read_case_history
from onestory.arrive.feeds.models import Sort, SourceRow
from onestory.oversee.replay import replay
from onestory.oversee.signals import actions, queries
from onestory.oversee.signals.models import Asking, Circle
from onestory.platform.people.models import Person

FAMILIES = Path(__file__).resolve().parents[4] / "demonstration" / "families"
FLETCHER = FAMILIES / "fletcher.yaml"
WOJCIK = FAMILIES / "wojcik.yaml"


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(6), tzinfo=dt.UTC)


def read_by_sweep_alone(path: Path, every: int) -> None:
    """Import what became known day by day, read after each import, and sweep only every so many days between."""
    history = read_case_history(path).history
    known = sorted({entry.known_on for entry in history.entries if entry.known is not None})
    day = known[0]
    while day <= known[-1]:
        if day in known:
            import_files([path], by=None, at=at(day), until=day)
            children = Person.objects.filter(is_child=True).values_list("id", flat=True)
            actions.read_again(child_ids=list(children), today=day, at=at(day))
        if day.toordinal() % every == 0:
            actions.sweep(today=day, at=at(day))
        day += dt.timedelta(days=1)


def asked() -> set:
    entries = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("object_id", "key"))
    return {
        (one.asked_on, one.alert.signal, tuple(sorted(entries[e.entry_id] for e in one.entries.all())))
        for one in Asking.objects.select_related("alert").prefetch_related("entries")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("every", [1, 9])
def test_days_on_which_no_sweep_ran_are_caught_up(every):
    read_by_sweep_alone(FLETCHER, every)

    history = read_case_history(FLETCHER).history
    last = max(entry.known_on for entry in history.entries if entry.known is not None)
    pure = {(a.on, a.signal, tuple(sorted(a.rests_on))) for a in replay(history).asks if a.on <= last}
    assert asked() == pure


@pytest.mark.django_db
def test_what_is_not_due_is_not_visited():
    day = dt.date(2026, 11, 22)
    import_files([FLETCHER, WOJCIK], by=None, at=at(day))
    children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))
    actions.read_again(child_ids=children, today=day, at=at(day))
    assert queries.due_circles(day) == 0

    assert actions.sweep(today=day, at=at(day)) == 0

    next_day = min(one for one in Circle.objects.values_list("next_check_on", flat=True) if one)
    due = queries.due_circles(next_day)
    assert 0 < due <= 2
    assert actions.sweep(today=next_day, at=at(next_day)) == due
    assert queries.due_circles(next_day) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_ask_once():
    day = dt.date(2026, 11, 22)
    import_files([FLETCHER, WOJCIK], by=None, at=at(day))
    children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))
    with transaction.atomic():
        actions.read_again(child_ids=children, today=day, at=at(day))
    before = Asking.objects.count()
    Circle.objects.update(next_check_on=day, read_on=dt.date(2026, 1, 1))
    start, done = threading.Barrier(2), []

    def sweep() -> None:
        start.wait()
        done.append(actions.sweep(today=day, at=at(day)))
        connections.close_all()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(done) == Circle.objects.count() == 2
    assert Asking.objects.count() == before


@pytest.mark.django_db
def test_a_sweep_that_stops_half_way_leaves_the_rest_to_the_next_and_asks_nothing_twice():
    day = dt.date(2026, 11, 22)
    import_files([FLETCHER, WOJCIK], by=None, at=at(day))
    children = list(Person.objects.filter(is_child=True).values_list("id", flat=True))
    actions.read_again(child_ids=children, today=dt.date(2020, 1, 1), at=at(day))
    Circle.objects.update(next_check_on=dt.date(2020, 1, 2))
    due = queries.due_circles(day)
    assert due > 1

    with transaction.atomic():
        assert actions.sweep(today=day, at=at(day), at_most=1) == 1
        transaction.set_rollback(True)
    assert queries.due_circles(day) == due  # what a dying process had done is undone, and nothing is forgotten

    assert actions.sweep(today=day, at=at(day), at_most=1) == 1
    assert queries.due_circles(day) == due - 1
    assert actions.sweep(today=day, at=at(day)) == due - 1
    whole, number = asked(), Asking.objects.count()
    Circle.objects.update(next_check_on=day)
    assert actions.sweep(today=day, at=at(day)) == due
    assert (asked(), Asking.objects.count()) == (whole, number)
