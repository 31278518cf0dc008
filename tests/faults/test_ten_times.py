"""Whatever comes ten times over, and in whatever order, has one effect: jobs, hand-overs, promises, extracts.

Messages to teams: tests/integration/platform/notices/test_notices.py. How many orders are tried: ONESTORY_TEST_ORDERS.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.concerns.actions import log_concern
from onestory.arrive.concerns.models import Concern
from onestory.help.closure.completing import close
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import Tie
from onestory.platform.access.policies import NotNow
from onestory.platform.commitments.answering import accept_commitment, keep_commitment
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.models import Entry
from onestory.platform.moves import CannotHappen
from onestory.platform.notices.models import Letter, Notice, NoticeEvent
from onestory.platform.people.models import AgencyRecord, Person
from onestory.platform.queue.worker import run_worker
from tests.integration.feeds.place import AT as FED_AT
from tests.integration.feeds.place import absence, absences, school_feed
from tests.integration.help.closure.place import Second
from tests.integration.platform.commitments.test_answering import Here
from tests.integration.platform.notices.teams import place, works

ORDERS = range(int(os.environ.get("ONESTORY_TEST_ORDERS", "1")))
SAID = {"what": "Cold.", "means": "Afraid.", "who_saw": "professional", "safe": "yes", "parents": "agree"}


def ten_times[Act](acts: Iterable[Act], order: int) -> list[Act]:
    """Each ten times, in an order drawn by lot."""
    many = [*acts] * 10
    random.Random(order).shuffle(many)
    return many


def do_ten_times(*acts: Callable[[], object], order: int) -> None:
    """What is refused because it was done, or cannot be done yet, is refused in words."""
    for act in ten_times(acts, order):
        with contextlib.suppress(CannotHappen, NotNow):
            act()


def counted() -> dict[str, int]:
    """How much there is of everything that work in the background could double."""
    tables = (AgencyRecord, Commitment, Concern, Entry, Letter, Notice, NoticeEvent, Person, Tie)
    with keeping():
        return {table.__name__: table._default_manager.count() for table in tables}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", ORDERS)
def test_jobs(order: int) -> None:
    home = place()
    works("Amina Yusuf", home.duty, "duty_social_worker")
    ruth = works("Ruth Kendrick", home.school, "safeguarding_lead").user
    told: dict[str, Any] = {"form": "concern", "child_id": None, "from_team": home.school, "by": ruth}
    for name in ("Ann Larch", "Bo Larch"):
        log_concern(answers=SAID | {"child_name": name}, at=timezone.now(), **told)
    before = counted()
    queue_ten_times(order)
    run_worker(concurrency=1, wait=False)
    once = counted()
    assert all(once[name] == before[name] for name in ("AgencyRecord", "Concern", "Entry", "Notice", "Person", "Tie"))
    with keeping():
        assert Counter(Notice.objects.values_list("kind", "state")) == {("concern", "delivered"): 2}
        assert Counter(NoticeEvent.objects.values_list("what", flat=True)) == {"sent": 2, "delivered": 2}
    queue_ten_times(order)  # and again long after, with what the jobs themselves had queued
    run_worker(concurrency=1, wait=False)
    assert counted() == once
    assert not ProcrastinateJob.objects.exclude(status="succeeded").exists()


def queue_ten_times(order: int) -> None:
    """Every job that was ever queued, ten times, each without the lock that keeps it from running beside another."""
    known = {
        (one.task_name, one.queue_name, str(sorted(one.args.items()))): one.args
        for one in ProcrastinateJob.objects.exclude(task_name__in=clocked()).order_by("id")
    }
    for (task, queue, _), args in ten_times(sorted(known.items(), key=lambda one: one[0]), order):
        app.configure_task(task, queue=queue).defer(**args)


def clocked() -> list[str]:
    """Jobs that the clock queues: they ask for the moment at which they are due."""
    return [task.name for task in app.tasks.values() if "timestamp" in task.func.__code__.co_varnames]


@pytest.mark.django_db
@pytest.mark.usefixtures("as_keeper")
@pytest.mark.parametrize("order", ORDERS)
def test_hand_overs_and_the_end_of_a_plan(order: int) -> None:
    here = Second()
    closure = here.sent()
    do_ten_times(
        lambda: here.accepts(closure, here.wendy),
        lambda: here.accepts(closure, here.tom),
        lambda: here.all_accept(closure),
        lambda: here.does(close, closure.id),
        order=order,
    )
    told = Counter(Notice.objects.filter(kind__in=("closure", "hand_over")).values_list("kind", "to_team"))
    assert set(told.values()) == {1}
    assert Entry.objects.filter(kind="plan", own__stage="closed").count() == 2  # the first plan's, and this one's
    promised = Commitment.objects.filter(sort="aftercare").values_list("owner_agency", "what")
    assert list(promised)
    assert set(Counter(promised).values()) == {1}


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_promises(order: int) -> None:
    here = Here()
    mine = (here.action, here.request, here.hand_over)
    do_ten_times(
        *(lambda one=one: accept_commitment(one.id, **here.mine) for one in mine),
        *(lambda one=one: keep_commitment(one.id, evidence="Weighed on Tuesday.", **here.mine) for one in mine),
        order=order,
    )
    with keeping():
        kept = Commitment.objects.filter(id__in=[one.id for one in mine])
        assert set(kept.values_list("state", flat=True)) == {"kept"}
        stages = Counter(Entry.objects.values_list("kind", "own__stage"))
    assert {stage: times for stage, times in stages.items() if times > 1} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_extracts(order: int) -> None:
    to = school_feed()
    files = ([absence("A1"), absence("A2", "09/10/2026")], [absence("A3", number="P2", first="Bo")])
    for number, rows in enumerate(ten_times(files, order)):
        absences(to, *random.Random(number).sample(rows, len(rows)), at=FED_AT + dt.timedelta(hours=number))
    with keeping():
        assert Entry.objects.filter(kind="absence").count() == 3
        assert sorted(AgencyRecord.objects.values_list("number", flat=True)) == ["P1", "P2"]
