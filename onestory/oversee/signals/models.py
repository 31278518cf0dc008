"""Alerts: a pattern that was found, what was asked on it and when, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.oversee.signals.rule import Level
from onestory.oversee.signals.states import State
from onestory.platform.access.guarding import AboutEntry, AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import Person

LEVELS = [(level.value, level.name.lower()) for level in Level]


class Circle(models.Model):
    """Children whose stories are read together, what was asked about them so far, and when to look again.

    ``memory`` is asking.Memory as plain data; ``notes`` are findings that nobody is asked about, shown on the page.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    memory = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    read_on = models.DateField(null=True, help_text="The last day for which the stories were read.")
    next_check_on = models.DateField(null=True, help_text="The next day on which time alone could change something.")
    is_over = models.BooleanField(default=False, help_text="A history that a review published: nobody owes an answer.")

    class Meta:
        indexes = [models.Index(fields=["next_check_on"], name="circle_by_next_check")]


class CircleChild(models.Model):
    """That a child belongs to a circle; to one only."""

    child = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="circle_of_stories")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="children")


class Alert(AboutPeople):
    """One pattern in one circle, however often it was asked about. A team owns it.

    ``info`` is the strictest class of what the last ask rests on, so that only those hear of the alert who may know
    that such a thing is on record (guarding.py).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="alerts")
    signal = models.CharField(max_length=80)
    key = models.CharField(max_length=400)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="alerts")
    first_asked_on = models.DateField()
    last_asked_on = models.DateField()
    due_on = models.DateField(help_text="By when an answer is owed.")
    ended_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=500, blank=True)
    is_over = models.BooleanField(default=False, help_text="Its circle's history is over: nobody owes an answer.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "signal", "key"], name="one_alert_for_a_pattern"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="ended_alert_says_when",
            ),
        ]
        indexes = [models.Index(fields=["team", "due_on"], condition=Q(state="waiting"), name="waiting_alert_by_team")]


class AlertChild(AboutEntry):
    """A child whom an alert is about."""

    id = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "alert"], name="alert_names_a_child_once")]


class Asking(AboutEntry):
    """One time that somebody was asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="askings")
    asked_on = models.DateField()
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class AskingReason(AboutEntry):
    """What one rule saw and asks to consider; reasons that come on the same evidence join the ask."""

    id = models.BigAutoField(primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="reasons")
    signal = models.CharField(max_length=80)
    key = models.CharField(max_length=400)
    says = models.TextField()
    consider = models.TextField()
    ref = models.CharField(max_length=200, blank=True)
    added_on = models.DateField()

    class Meta:
        triggers = append_only()
        ordering = ["id"]


class AskingEntry(AboutEntry):
    """An entry that an ask rests on, newest first."""

    id = models.BigAutoField(primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="entries")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()
        ordering = ["id"]


class Sort(models.TextChoices):
    """How an alert was answered."""

    ACT = "act", "We are acting on it"
    NOT_NOW = "not_now", "Not now"
    NO = "no", "No action, and why"


class Answer(AboutEntry):
    """What somebody answered for the team. The answer is an entry too; no rule reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="answers")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    words = models.TextField()
    until_on = models.DateField(null=True, blank=True, help_text="Not now: the day on which it is asked again.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="not_now", until_on__isnull=False) | (~Q(sort="not_now") & Q(until_on__isnull=True)),
                name="not_now_says_until_when",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="answer_says_why"),
        ]
