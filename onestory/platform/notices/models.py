"""Notices, what happened to each, the letters that point to them, and who covers for whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.notices.kinds import kinds
from onestory.platform.notices.states import State


def _kinds() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in kinds().values()]


class Notice(AboutPeople):
    """One message to a team, for nobody but that team, whom it was taken further to, and who sent it.

    ``who`` keeps the names as they were told: a team that was asked need not otherwise know the child.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=30, choices=_kinds)
    words = models.TextField()
    who = models.JSONField(default=list, blank=True, help_text="Name and birth date of each person it is about.")
    address = models.CharField(max_length=500, help_text="The path of the page on which it is answered.")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="notices_sent")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="notices")
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    once = models.CharField(max_length=200, null=True, blank=True, unique=True, help_text="Sent once under this name.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, help_text="When it is taken further if nobody acknowledges.")
    step = models.PositiveSmallIntegerField(default=0)
    with_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="notices_taken")
    with_words = models.CharField(max_length=200, blank=True, help_text="To whom it was taken further, in words.")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_team", "state"], name="notice_by_team"),
            models.Index(fields=["next_at"], condition=~Q(state="acknowledged"), name="notice_to_take_further"),
            models.Index(fields=["sent_at"], condition=Q(state="queued"), name="notice_to_deliver"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="acknowledged", acknowledged_at__isnull=False)
                | (~Q(state="acknowledged") & Q(acknowledged_at__isnull=True)),
                name="acknowledged_notice_says_when",
            ),
        ]


class NoticeEvent(models.Model):
    """One thing that happened to a notice: sent, delivered, taken further, acknowledged, parked."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = append_only()
        ordering = ["id"]


class Letter(models.Model):
    """One e-mail that points to a notice: to whom, whether it went out, how often that was tried."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        POSTED = "posted", "Posted"
        PARKED = "parked", "Given up"
        NOT_NEEDED = "not_needed", "Not needed: acknowledged before"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="letters")
    step = models.PositiveSmallIntegerField(default=0)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(help_text="When it is tried next if it still waits.")
    posted_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True, help_text="The kind of error, without its words.")

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(state="queued"), name="letter_to_post")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "to", "step"], name="one_letter_to_a_person_for_a_step")
        ]


class Absence(models.Model):
    """That somebody is away from a day until a day, and who looks after what is addressed to them meanwhile."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    since_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="covers")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("since_on")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("user")), name="nobody_covers_for_themselves"
            ),
        ]


class ParkedWork(models.Model):
    """That a job of the queue failed for good, was put aside, and its owner told."""

    job_id = models.BigIntegerField(primary_key=True)
    task = models.CharField(max_length=200)
    parked_at = models.DateTimeField()
    tried_again_at = models.DateTimeField(null=True)
