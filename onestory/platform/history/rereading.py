"""Queue the re-reading of stories that new entries touch, in the transaction that writes them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.access.keeping import keeping
from onestory.platform.history.reach import circles_around

JOB = "signals.reread"
ANEW = "signals.read_anew"
QUEUE = "signals"


@keeping()
def queue_rereading(people: Collection[UUID]) -> list[frozenset[UUID]]:
    """Queue one job for each circle of children whose stories entries about these people touch; returns the circles.

    The job's only argument is ``child_ids``, sorted texts. A circle whose job waits already gets no second one.
    """
    circles = circles_around(people)
    waiting = _waiting_until_we_commit({_lock(circle) for circle in circles})
    for circle in circles:
        if _lock(circle) not in waiting:
            job = app.configure_task(JOB, queue=QUEUE, lock=_lock(circle))
            job.defer(child_ids=[*sorted(str(child) for child in circle)])
    return circles


def queue_reading_anew(people: Collection[UUID], *, since: dt.date) -> None:
    """Queue that the stories of people who were held to be one since a day, and are not, are read anew."""
    for circle in circles_around(people):
        job = app.configure_task(ANEW, queue=QUEUE, lock=_lock(circle))
        job.defer(child_ids=[*sorted(str(child) for child in circle)], since=since.isoformat())


def _lock(circle: Iterable[UUID]) -> str:
    """The same for the same children; the queue runs jobs with one lock one after the other."""
    named = " ".join(sorted(str(child) for child in circle))
    return f"{JOB} {hashlib.sha256(named.encode()).hexdigest()[:32]}"


def _waiting_until_we_commit(locks: Collection[str]) -> set[str]:
    """Of the locks, those for which a job waits, held back from the workers until this transaction ends.

    Why not the queue's own ``queueing_lock``: a worker could take the job that we rely on before we commit, read the
    story without our entry, and nobody would read it again; and a second writer would have to wait for the first.
    A waiting job that cannot be held, because somebody has it, does not count: then there are two, which is harmless.
    """
    jobs = ProcrastinateJob.objects.filter(task_name=JOB, status="todo", lock__in=locks)
    return {job.lock for job in jobs.select_for_update(skip_locked=True) if job.lock}
