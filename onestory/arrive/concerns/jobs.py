"""The job of the front door. It may run twice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onestory.arrive.concerns.taking_up import take_up
from onestory.arrive.entries.taking_up import JOB, QUEUE


@app.task(name=JOB, queue=QUEUE, retry=RetryStrategy(max_attempts=3, wait=20))
def take_up_entry(entry_id: str, child_id: str) -> None:
    """Put one entry before the front door. What fails three times is put aside, and the administrators are told."""
    take_up(UUID(entry_id), child_id=UUID(child_id) if child_id else None, by=None, at=timezone.now())
