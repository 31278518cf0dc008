"""A decision while it is written, and until it is approved. Taken, it is an entry of the chronology."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from onestory.arrive.concerns.models import Concern
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id


class Decision(AboutPeople):
    """What is written for one concern: who wrote last, who proposed it, and what a manager said who sent it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="decision")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="decision_on_it")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back = models.TextField(blank=True)
