"""The job of urgent care. It may run twice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onestory.arrive.urgent_care.actions import tell_of_attendance
from onestory.arrive.urgent_care.queueing import JOB, QUEUE


@app.task(name=JOB, queue=QUEUE, retry=RetryStrategy(max_attempts=3, wait=20))
def tell(entry_id: str) -> None:
    """Tell the teams of one attendance."""
    tell_of_attendance(UUID(entry_id), by=None, at=timezone.now())
