"""Queue what has to stand at the front door to be decided on, in the transaction that writes it.

What stands there is a concern (``arrive/concerns``), which lies above: so the job is queued by its name.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.platform.history.models import Entry
from onestory.platform.history.projections import Written

JOB = "concerns.take_up"
QUEUE = "notices"
FRESH = dt.timedelta(days=14)
"""How long after it became known something is still to be decided on; older ones come in with a history."""


def queue_taking_up(entry: Entry, *, child_id: UUID | None, at: dt.datetime) -> None:
    """Have the entry put before the front door, unless it is old or taken back. Queued twice, it is done once.

    ``child_id``: the child whom it is about; None: the first child whom the entry names.
    """
    if entry.withdrawn or not entry.known_on or entry.known_on < timezone.localdate(at) - FRESH:
        return
    task = app.configure_task(JOB, queue=QUEUE, lock=f"concern {entry.id}")
    task.defer(entry_id=str(entry.id), child_id=str(child_id) if child_id else "")


def queue_concerns(written: Written) -> None:
    """Every concern that has just become known, by whatever way it came: page, extract, file."""
    for entry in written.entries:
        if entry.kind == "concern":
            queue_taking_up(entry, child_id=None, at=written.at)
