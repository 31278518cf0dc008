"""What was decided about an access that somebody looked into."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.platform.access.audit import AccessRecord
from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id


class Why(models.TextChoices):
    """Why an access is looked into."""

    UNEXPLAINED = "unexplained", "No tie explains it"
    TRAWL = "trawl", "Searches that trawl"
    SAMPLE = "sample", "One in a hundred, drawn by chance"


class Outcome(models.TextChoices):
    """What came of looking into it."""

    IN_ORDER = "in_order", "In order"
    NOT_IN_ORDER = "not_in_order", "Not in order"
    TAKEN_FURTHER = "taken_further", "Not clear: taken further"


class Judgement(models.Model):
    """What a privacy officer decided about one access. A later one counts before an earlier one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    access = models.ForeignKey(AccessRecord, on_delete=models.PROTECT, related_name="judgements")
    why = models.CharField(max_length=12, choices=Why.choices)
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    remark = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["-at"], name="judgement_newest_first")]
        constraints = [models.CheckConstraint(condition=~Q(remark=""), name="judgement_says_why")]
