"""The sweep: finds what was not delivered, not posted, not acknowledged, and what failed for good. Never lost.

It runs by the clock and may run twice, on several machines: each thing is claimed by its row's lock, in a transaction
of its own, and what one sweep did the next one finds done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.platform.access.keeping import keeping
from onestory.platform.agencies.models import Team
from onestory.platform.notices.actions import park_notice, send_notice, take_further
from onestory.platform.notices.models import Letter, Notice, ParkedWork
from onestory.platform.notices.queueing import DELIVER, POST, queue_delivery, queue_posting
from onestory.platform.notices.states import State

AT_MOST = 500
OVERDUE_AFTER = dt.timedelta(seconds=30)
"""How long a notice may be on its way before the sweep looks whether its job is still there."""


def sweep_notices(*, at: dt.datetime) -> int:
    """Bring on its way again whatever stands still; returns how many things were done."""
    return _deliver(at) + _post(at) + _take_further(at) + park_what_failed(at=at)


@transaction.atomic
def _deliver(at: dt.datetime) -> int:
    with keeping():
        late = Notice.objects.filter(state=State.QUEUED, sent_at__lte=at - OVERDUE_AFTER)
        lost = _without_a_job(DELIVER, "notice", late.order_by("sent_at").values_list("id", flat=True)[:AT_MOST])
        for notice_id in lost:
            queue_delivery(notice_id)
    return len(lost)


@transaction.atomic
def _post(at: dt.datetime) -> int:
    with keeping():
        late = Letter.objects.filter(state=Letter.State.QUEUED, next_at__lte=at)
        lost = _without_a_job(POST, "letter", late.order_by("next_at").values_list("id", flat=True)[:AT_MOST])
        for letter_id in lost:
            queue_posting(letter_id)
    return len(lost)


def _without_a_job(task: str, name: str, ids: Iterable[UUID]) -> list[UUID]:
    """Of these, those for which no job waits, runs, or was parked."""
    wanted = {f"{name} {one}": one for one in ids}
    jobs = ProcrastinateJob.objects.filter(task_name=task, lock__in=wanted)
    busy = jobs.filter(status__in=("todo", "doing", "failed")).values_list("lock", flat=True)
    return [one for lock, one in wanted.items() if lock not in set(busy)]


def _take_further(at: dt.datetime) -> int:
    with keeping():
        due = Notice.objects.filter(next_at__lte=at, state__in=(State.DELIVERED, State.ESCALATED))
        ids = list(due.order_by("next_at").values_list("id", flat=True)[:AT_MOST])
    for notice_id in ids:
        take_further(notice_id, by=None, at=at)
    return len(ids)


def park_what_failed(*, at: dt.datetime) -> int:
    """Put aside jobs that failed for good, once each, and tell whoever owns them; returns how many.

    A notice's sender owns its delivery; anything else is for the partnership's administrators, who learn which job and
    its number and nothing of what was in it.
    """
    known = ParkedWork.objects.values("job_id")
    failed = ProcrastinateJob.objects.filter(status="failed").exclude(id__in=known).order_by("id")[:AT_MOST]
    for job in failed:
        _park(job, at)
    return len(failed)


@transaction.atomic
def _park(job: ProcrastinateJob, at: dt.datetime) -> None:
    _, new = ParkedWork.objects.get_or_create(job_id=job.pk, defaults={"task": job.task_name, "parked_at": at})
    if not new:
        return
    if job.task_name == DELIVER:
        park_notice(UUID(job.args["notice_id"]), by=None, at=at)
    for team in _administrators(timezone.localdate(at)):
        send_notice(
            to_team=team,
            about=[],
            kind="parked",
            words=f"A piece of work failed and was put aside: {job.task_name}, number {job.pk}.",
            address="/",
            once=f"job {job.pk} parked for {team.id}",
            by=None,
            at=at,
        )


def _administrators(today: dt.date) -> list[Team]:
    held = Team.objects.filter(
        memberships__role="partnership_administrator",
        memberships__user__is_active=True,
        memberships__since_on__lte=today,
    )
    return list(held.exclude(memberships__until_on__lt=today).distinct().order_by(F("name")))
