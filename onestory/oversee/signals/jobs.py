"""Jobs of the signals: reading again after a new entry, and the sweep."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onestory.oversee.signals import actions, anew
from onestory.oversee.signals.escalating import take_further

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name="signals.reread", queue="signals", retry=AGAIN, pass_context=False)
def reread(child_ids: list[str]) -> None:
    """Read the stories of the children whom a new entry touches."""
    actions.read_again(child_ids=[UUID(child) for child in child_ids], today=timezone.localdate(), at=timezone.now())


@app.task(name="signals.read_anew", queue="signals", retry=AGAIN, pass_context=False)
def read_anew(child_ids: list[str], since: str) -> None:
    """Read the stories of two people who were held to be one since a day, and are not."""
    anew.read_anew(
        child_ids=[UUID(child) for child in child_ids],
        since=dt.date.fromisoformat(since),
        today=timezone.localdate(),
        at=timezone.now(),
    )


@app.task(name="signals.sweep", queue="signals", queueing_lock="signals.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Visit the circles whose next day to look has come."""
    actions.sweep(today=timezone.localdate(), at=timezone.now())


@app.task(name="signals.take_further", queue="signals", queueing_lock="signals.take_further", pass_context=False)
def take_unanswered_further(timestamp: int) -> None:
    """Questions that nobody answered by their day go to the next who is named."""
    take_further(today=timezone.localdate(), at=timezone.now())
