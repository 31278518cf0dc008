"""The jobs of notices. Each may run twice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onestory.platform.notices.actions import deliver_notice
from onestory.platform.notices.posting import post_letter
from onestory.platform.notices.queueing import DELIVER, POST, QUEUE
from onestory.platform.notices.sweeping import sweep_notices


@app.task(name=DELIVER, queue=QUEUE, retry=RetryStrategy(max_attempts=3, wait=20))
def deliver(notice_id: str) -> None:
    """Deliver one notice. What fails three times within a minute is parked."""
    deliver_notice(UUID(notice_id), by=None, at=timezone.now())


@app.task(name=POST, queue=QUEUE)
def post(letter_id: str) -> None:
    """Post one letter."""
    post_letter(UUID(letter_id), at=timezone.now())


@app.task(name="notices.sweep", queue=QUEUE, queueing_lock="notices.sweep", lock="notices.sweep")
def sweep(timestamp: int) -> None:
    """Find whatever stands still."""
    sweep_notices(at=timezone.now())
