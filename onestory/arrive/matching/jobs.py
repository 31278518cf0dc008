"""Jobs of matching: comparing records that are new, and the sweep for those that were missed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onestory.arrive.matching import indexing, offering

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)
QUIET_FOR = dt.timedelta(minutes=10)
AT_ONCE = 2_000


@app.task(name="matching.match", queue="matching", retry=AGAIN, pass_context=False)
def match(record_ids: list[str]) -> None:
    """Compare records that an agency added with all others."""
    offering.match_records([UUID(one) for one in record_ids], at=timezone.now())


@app.task(name="matching.catch_up", queue="matching", queueing_lock="matching.catch_up", pass_context=False)
def catch_up(timestamp: int) -> None:
    """Give keys to records that have none of the present version, and compare those whose turn was missed."""
    indexing.index(indexing.not_indexed(AT_ONCE))
    offering.match_records(indexing.left_unmatched(timezone.now() - QUIET_FOR, AT_ONCE), at=timezone.now())
