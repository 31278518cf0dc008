"""The database restarts under a worker: the worker outlives it, and does what is queued afterwards."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from psycopg import sql

from config.schedule import SCHEDULE
from onestory.platform.queue.jobs import SILENT_FOR
from tests.conftest import OwnDatabase, close_everywhere
from tests.faults.never_lost.conftest import Nursery
from tests.faults.never_lost.test_crashes import send, states
from tests.integration.platform.notices.teams import place

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 150.0
"""Seconds: a minute until the clock's next job shows the worker that its database went away, and a busy machine."""


def test_a_worker_outlives_a_restart_of_its_database(nursery: Nursery, own_database: OwnDatabase) -> None:
    home = place()
    worker = nursery.begins("work on")
    send(home, "The plan has ended.")
    wait_until(lambda: states()["delivered"] == 1)
    restarts(own_database)
    for number in range(3):
        send(home, f"Plan {number} has ended.")
    wait_until(lambda: states()["delivered"] == 4)
    os.kill(worker, 0)  # the same process lives
    assert nursery.ends(worker, signal.SIGTERM) == {"signal": 0, "code": 0}  # and ends in good order when it is told to


def restarts(database: OwnDatabase, away_for: float = 3.0) -> None:
    """What a client sees of a restart: its connections are cut, and for a while nobody is let in."""
    close_everywhere()
    name = sql.Identifier(database.name)
    with database.server.superuser() as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        row = connection.execute(cut, [database.name]).fetchone()
        assert row
        assert row[0] >= 2  # the worker had several
        time.sleep(away_for)
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


def wait_until(holds: Callable[[], bool]) -> None:
    """Until it holds; the test fails where it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "It never came to hold."
        time.sleep(0.5)


def test_a_dead_workers_job_is_looked_for_within_two_minutes() -> None:
    """A worker is dead after a minute of silence, and the look for dead ones is once a minute."""
    when = {one.job: one.when for one in SCHEDULE}
    assert when["onestory.platform.queue.jobs.retry_jobs_of_dead_workers"] == "* * * * *"
    assert SILENT_FOR + 60 <= 120
    assert when["notices.sweep"] == "* * * * *"  # three attempts within a minute, then parked and told by the next look
