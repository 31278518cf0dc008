"""By the clock: sessions that are over and tries that no longer count are removed."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.platform.accounts.actions import clear_old_attempts


@app.task(name="accounts.clear_what_is_over", queueing_lock="accounts.clear_what_is_over", pass_context=False)
def clear_what_is_over(timestamp: int) -> None:
    """Text that waited for somebody who never came back goes with its session."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    clear_old_attempts(by=None, at=timezone.now())
