"""Feeds that agencies send, their mappings and who approved them, what was brought in, what waits to be settled."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.identifiers import new_id


class Feed(models.Model):
    """One extract that an agency sends again and again, and the team that brings it in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.SlugField(max_length=60, unique=True, help_text="As the command is told: school-absence.")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="feeds")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="feeds")
    set_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    set_up_at = models.DateTimeField()

    class Meta:
        app_label = "feeds"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FeedMapping(models.Model):
    """One version of what the columns of a feed mean. Nothing comes in by it before a second person has approved it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="mappings")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "feeds"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "version"], name="mapping_version_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="mapping_has_two_people",
            ),
        ]


class FeedRun(AboutPeople):
    """One file of a feed: what checking it found, and what became of it. Seen by the feed's team alone.

    The file's name and the rows in error may name people: both are sealed, and the file is kept only until it is
    brought in or thrown away.
    """

    class State(models.TextChoices):
        REFUSED = "refused", "Not taken: rows are wrong"
        CHECKED = "checked", "Checked, waits for you"
        DONE = "done", "Brought in"
        DISCARDED = "discarded", "Thrown away"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    mapping = models.ForeignKey(FeedMapping, on_delete=models.PROTECT, related_name="runs")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    counts = models.JSONField(default=dict)
    sealed_name = models.TextField()
    sealed_problems = models.TextField(blank=True)
    sealed_file = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField()
    brought_in_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "feeds"
        indexes = [models.Index(fields=["feed", "checked_at"], name="runs_of_a_feed")]


class FeedRow(models.Model):
    """What a source's row became here. Key and digest tell nothing; only the program itself reads them."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=64, help_text="Digest of the source's own id.")
    digest = models.CharField(max_length=64, help_text="Of what the row said when it was taken last; empty: gone.")
    entry_id = models.UUIDField()

    class Meta:
        app_label = "feeds"
        indexes = [models.Index(fields=["entry_id"], name="feed_row_of_entry")]
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="feed_row_once")]


class WaitingPerson(AboutPeople):
    """Somebody in an extract who cannot be told apart, until a person of the feed's team says who it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=64, help_text="Digest of all that the extract tells of them.")
    told = models.JSONField(help_text="What the extract tells of them.")
    candidates = ArrayField(models.UUIDField(), help_text="The agency's records that it may be.")
    since_at = models.DateTimeField()

    class Meta:
        app_label = "feeds"
        constraints = [models.UniqueConstraint(fields=["agency", "likeness"], name="person_waits_once")]


class SettledPerson(models.Model):
    """Who somebody in an extract is, as a person of the team said; the next extract asks no more."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=64)
    record = models.ForeignKey("people.AgencyRecord", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    class Meta:
        app_label = "feeds"
        constraints = [models.UniqueConstraint(fields=["agency", "likeness"], name="person_settled_once")]


class WaitingRow(models.Model):
    """A row that waits until everybody in it is settled. It is sealed, and only the program itself reads it."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="waiting")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed = models.TextField()
    likenesses = ArrayField(models.CharField(max_length=64))
    since_at = models.DateTimeField()

    class Meta:
        app_label = "feeds"
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="waiting_row_once")]
