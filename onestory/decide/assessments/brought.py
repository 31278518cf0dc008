"""Tools that a partnership brought in: each version as it came, and what a second person decided on it.

Rows are never changed. A tool says nothing of any person.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id


class ToolBrought(models.Model):
    """One version of one tool, as FHIR, as somebody proposed it. It is used once a second person has approved it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    file = models.CharField(max_length=200, help_text="Name of the file that it came in.")
    content = models.TextField(help_text="The Questionnaire as JSON, unchanged.")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["name", "version"], name="tool_brought_by_name")]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="tool_brought_says_why")]


class ToolRuling(models.Model):
    """That a second person approved or declined a version, in their words."""

    brought = models.OneToOneField(ToolBrought, on_delete=models.PROTECT, primary_key=True, related_name="ruling")
    is_approved = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="tool_ruling_says_why")]
