"""The job of commitments."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.platform.commitments.overdue import tell_overdue


@app.task(name="commitments.tell_overdue", queue="notices", queueing_lock="commitments.tell_overdue")
def tell(timestamp: int) -> None:
    """Tell of what is overdue."""
    tell_overdue(at=timezone.now())
