"""Which attendances have been told."""

from __future__ import annotations

from django.db import models

from onestory.platform.history.models import Entry


class AttendanceTold(models.Model):
    """That an attendance was handed to its teams, so that it is done once."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="attendance_told")
    told_at = models.DateTimeField()
