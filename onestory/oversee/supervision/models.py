"""Who works for a child in a team, from when until when; and what was said in supervision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.platform.access.guarding import AboutPeople
from onestory.platform.access.ties import only_ended
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord

USER = settings.AUTH_USER_MODEL


class Allocation(AboutPeople):
    """That a child was given to a worker of a team, or to somebody who covers. Ended, never rewritten (F5.10)."""

    class Sort(models.TextChoices):
        WORKER = "worker", "Named worker"
        COVER = "cover", "Covers"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = only_ended("until_at", "ended_by")
        indexes = [models.Index(fields=["team", "worker"], condition=Q(until_at=None), name="allocation_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "team", "sort"], condition=Q(until_at=None), name="one_worker_and_one_cover_in_a_team"
            )
        ]


class Supervision(AboutPeople):
    """What a manager and a worker thought about together, and what was decided (LP8). Rows are only added.

    ``entry`` tells the decision; the reflection stays here, with the agency.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    reflection = models.TextField()
    decision = models.TextField()
    next_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="supervision")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=~Q(reflection="") & ~Q(decision=""), name="supervision_thinks_and_decides")
        ]
