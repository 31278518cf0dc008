"""Where imported rows come from, so that importing again changes nothing and a correction supersedes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from onestory.arrive.feeds.incoming.models import (
    Feed,
    FeedMapping,
    FeedRow,
    FeedRun,
    SettledPerson,
    WaitingPerson,
    WaitingRow,
)
from onestory.platform.identifiers import new_id

__all__ = [
    "CaseHistorySource",
    "Feed",
    "FeedMapping",
    "FeedRow",
    "FeedRun",
    "SettledPerson",
    "Sort",
    "SourceRow",
    "WaitingPerson",
    "WaitingRow",
]


class CaseHistorySource(models.Model):
    """One family's case history file. Its title and area tell which history it is, whatever the file is called."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.CharField(
        max_length=64, unique=True, help_text="Digest of title and area as a reader compares them."
    )
    title = models.CharField(max_length=500)
    area = models.CharField(max_length=500)
    is_published = models.BooleanField(default=False, help_text="Taken from a published review: the history is over.")
    digest = models.CharField(max_length=64, help_text="Of the file that was imported last.")
    until_on = models.DateField(null=True, help_text="Only what was known by this day was imported; empty: everything.")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    imported_at = models.DateTimeField()
    first_imported_at = models.DateTimeField(help_text="Where the file's rows begin in the order of all rows.")

    def __str__(self) -> str:
        return f"{self.title} ({self.area})"


class Sort(models.TextChoices):
    """What sort of row a source's record became."""

    PERSON = "person", "Person"
    RECORD = "record", "Agency's record of a person"
    RELATIONSHIP = "relationship", "Relationship"
    AGENCY = "agency", "Agency"
    ENTRY = "entry", "Entry"


class SourceRow(models.Model):
    """What a source's record became here: the source's own key and the row that now stands for it."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(CaseHistorySource, on_delete=models.PROTECT, related_name="rows")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    key = models.CharField(max_length=400)
    digest = models.CharField(max_length=64, blank=True, help_text="Empty: only its id is given out as yet.")
    object_id = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "sort", "key"], name="source_row_once")]
