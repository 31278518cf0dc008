"""Jobs of access: the chain over the audit grows, and its head goes outside the database."""

from __future__ import annotations

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.platform.access.audit import AccessRecord
from onestory.platform.access.auditing import anchor_head, seal_accesses
from onestory.platform.access.keeping import sealing


@app.task(name="access.seal", queue="access", queueing_lock="access.seal", lock="access.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal what was looked at since the last time, and write the chain's head to the file outside."""
    at = timezone.now()
    if not AccessRecord.objects.filter(seal=None).exists():
        return
    with sealing():  # only the worker's own login may
        sealed = seal_accesses(using=DEFAULT_DB_ALIAS, at=at)
    if sealed:  # only what is committed is said outside
        with sealing():
            anchor_head(settings.AUDIT_HEADS, using=DEFAULT_DB_ALIAS, at=at)
