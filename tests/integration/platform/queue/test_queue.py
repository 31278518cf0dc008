"""Jobs stand or fall with the transaction that queued them, and are not lost with the worker that claimed them."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import textwrap

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from config.logs import NoPersonalData, WithoutArguments
from config.schedule import SCHEDULE
from onestory.platform.access.models import User
from onestory.platform.queue.jobs import SILENT_FOR, retry_jobs_of_dead_workers
from onestory.platform.queue.worker import run_worker

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


class OnPurpose(Exception):
    pass


@app.task(name="tests.make_user")
def make_user(username: str) -> None:
    User.objects.create(username=username, display_name=username)


@app.task(name="tests.queue_and_fail")
def queue_and_fail(username: str) -> None:
    with transaction.atomic():
        make_user.defer(username=username)
        raise OnPurpose


@app.task(name="tests.queue_another")
def queue_another(username: str) -> None:
    with transaction.atomic():
        make_user.defer(username=username)


def usernames() -> list[str]:
    return list(User.objects.values_list("username", flat=True))


def statuses() -> dict[str, str]:
    """Of this file's jobs; what the schedule queues meanwhile is left aside."""
    ours = ProcrastinateJob.objects.filter(task_name__startswith="tests.")
    return dict(ours.values_list("task_name", "status"))


def sweep() -> None:
    """Queue the sweep and let a worker run; the killed worker's schedule may have queued it already."""
    with contextlib.suppress(AlreadyEnqueued):
        retry_jobs_of_dead_workers.defer(timestamp=0)
    run_worker(concurrency=1, wait=False)


def test_what_is_rolled_back_was_never_queued() -> None:
    with transaction.atomic():
        make_user.defer(username="never")
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


def test_a_worker_does_what_was_committed() -> None:
    with transaction.atomic():
        make_user.defer(username="somebody")
    run_worker(concurrency=1, wait=False)
    assert usernames() == ["somebody"]
    assert statuses() == {"tests.make_user": "succeeded"}


def test_what_a_failing_job_had_queued_is_rolled_back_with_it() -> None:
    queue_and_fail.defer(username="never")
    run_worker(concurrency=1, wait=False)
    assert statuses() == {"tests.queue_and_fail": "failed"}
    assert usernames() == []


def test_a_job_may_queue_another() -> None:
    queue_another.defer(username="somebody")
    for _ in range(2):  # the first worker may have looked for more before the job had queued the other
        run_worker(concurrency=1, wait=False)
    assert usernames() == ["somebody"]


def killed_worker_with_a_claimed_job() -> None:
    """Run a real worker in another process and kill it in the middle of a job."""
    where = {key: settings.DATABASES["default"][key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")}
    program = f"""
        import django, os, time
        from django.conf import settings
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        settings.DATABASES["default"].update({where!r})
        django.setup()
        from procrastinate.contrib.django import app
        @app.task(name="tests.make_user")
        def stuck(username):
            print("claimed", flush=True)
            time.sleep(600)
        from onestory.platform.queue.worker import run_worker
        run_worker(concurrency=1)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "claimed\n"
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE)
    assert not psutil.pid_exists(worker.pid)


def test_a_job_claimed_by_a_worker_that_died_is_done_by_another(owner_connection: psycopg.Connection) -> None:
    make_user.defer(username="somebody")
    killed_worker_with_a_claimed_job()
    assert statuses() == {"tests.make_user": "doing"}

    # Time passes: the dead worker has not said for a while that it lives.
    owner_connection.execute(
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)", [SILENT_FOR + 1]
    )
    sweep()

    assert usernames() == ["somebody"]
    assert statuses()["tests.make_user"] == "succeeded"


def test_a_job_of_a_living_worker_is_left_alone(owner_connection: psycopg.Connection) -> None:
    make_user.defer(username="somebody")
    killed_worker_with_a_claimed_job()  # its last sign of life is a moment ago, as a living one's would be
    sweep()
    assert usernames() == []
    assert statuses()["tests.make_user"] == "doing"


def test_the_log_says_which_job_failed_and_nothing_of_what_it_was_given(caplog: pytest.LogCaptureFixture) -> None:
    queue_and_fail.defer(username="Invented Name")
    caplog.handler.addFilter(WithoutArguments())
    caplog.handler.setFormatter(NoPersonalData())
    run_worker(concurrency=1, wait=False)
    assert "tests.queue_and_fail" in caplog.text
    assert "OnPurpose" in caplog.text
    assert "Invented" not in caplog.text


def test_every_line_of_the_schedule_names_a_job_and_says_why() -> None:
    registered = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {periodic.job for periodic in SCHEDULE} == registered
    assert all(len(periodic.why.split()) > 3 for periodic in SCHEDULE)
