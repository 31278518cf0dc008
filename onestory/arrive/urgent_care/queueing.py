"""Queue the telling of new attendances, in the transaction that writes them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.platform.history.projections import Written

JOB = "urgent_care.tell"
QUEUE = "notices"
FRESH = dt.timedelta(days=14)
"""How long after it became known an attendance is still told; older ones come in with a history and are no news."""


def queue_telling(written: Written) -> None:
    """One job for each attendance that has just become known. Doing it twice queues twice, and is told once."""
    since = timezone.localdate(written.at) - FRESH
    for entry in written.entries:
        if entry.kind == "attendance" and not entry.withdrawn and entry.known_on and entry.known_on >= since:
            app.configure_task(JOB, queue=QUEUE, lock=f"attendance {entry.id}").defer(entry_id=str(entry.id))
