"""The job of after-care."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.help.aftercare.asking import ask_what_was_missed, end_duties_that_are_over


@app.task(name="aftercare.ask", queue="notices", queueing_lock="aftercare.ask")
def ask(timestamp: int) -> None:
    """Ask about what was missed, and end the ties of what is over."""
    ask_what_was_missed(at=timezone.now())
    end_duties_that_are_over(at=timezone.now())
