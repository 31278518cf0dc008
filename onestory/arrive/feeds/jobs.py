"""What feeds do by the clock."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.arrive.feeds.incoming.actions import discard_old_uploads

KEPT_FOR = dt.timedelta(hours=24)


@app.task(name="feeds.discard_old_uploads", pass_context=False, queueing_lock="feeds.discard_old_uploads")
def discard_uploads(timestamp: int) -> None:
    """Throw away files that were checked and that nobody brought in within a day."""
    now = timezone.now()
    discard_old_uploads(before=now - KEPT_FOR, by=None, at=now)
