"""The ending of a plan: one record for all, who receives it, what was answered at the gate, what a manager overrode."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onestory.help.closure.gate import Part
from onestory.help.closure.states import LIVE, Answer, State
from onestory.help.plans.models import Plan
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.notices.models import Notice

USER = settings.AUTH_USER_MODEL
PARTS = [(one.value, one.value) for one in Part]


class Closure(AboutPeople):
    """One attempt to end a plan. Its texts are the closure record: the same for everybody (F5.34, F5.35, L6).

    ``version`` grows with each sending; an answer counts for the text to which it was given. ``receiving``: the teams
    to which it was sent, who see it whatever their tie. ``sent_in``: the entry of the last sending.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="closures")
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="closures")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    receiving = ArrayField(models.UUIDField(), default=list)
    who = models.JSONField(default=list, help_text="Name and birth date of each child, as they are told.")
    plan_words = models.CharField(max_length=200, help_text="Which plan it is, as it is told.")
    summary = models.TextField(blank=True, help_text="Why it is safe to stop.")
    parents_will = models.TextField(blank=True)
    if_not = models.TextField(blank=True)
    who_to_call = models.TextField(blank=True)
    would_reopen = models.TextField(blank=True)
    analysis = models.TextField(blank=True, help_text="What the chronology shows.")
    condition = models.JSONField(default=dict, help_text="A standing condition that is set with the end of the plan.")
    begun_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    reopened_because = models.TextField(blank=True, help_text="Why the record is being agreed again.")
    sent_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_in = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="closure_sent")
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    next_plan = models.OneToOneField(Plan, on_delete=models.PROTECT, null=True, related_name="came_back_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(state__in=LIVE), name="one_closure_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "closed", "came_back"]) | Q(sent_in__isnull=False),
                name="sent_closure_has_its_entry",
            ),
        ]


class ClosureReceiver(models.Model):
    """A team that goes on, with its own task; or that is only to know that the plan has ended (F5.36)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="receivers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="closures_received")
    watches = models.TextField(blank=True, help_text="What it does and watches; nothing: it is to know.")
    every = models.CharField(max_length=10, blank=True, help_text="ISO 8601 duration, such as P1M.")
    until_on = models.DateField(null=True, blank=True)
    children = ArrayField(models.UUIDField(), default=list, help_text="Records of the children whom it watches.")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    to_version = models.PositiveIntegerField(default=0, help_text="The text to which it was given.")
    words = models.TextField(blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    promised_in = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["team__agency__name", "team__name"]
        constraints = [
            models.UniqueConstraint(fields=["closure", "team"], name="closure_sent_once_to_a_team"),
            models.CheckConstraint(condition=Q(watches="") | ~Q(every=""), name="what_is_watched_says_how_often"),
            models.CheckConstraint(
                condition=~Q(answer__in=["declined", "differs"]) | ~Q(words=""), name="who_does_not_accept_says_why"
            ),
        ]


class ClosureAnswer(AboutPeople):
    """What was answered at the gate to one reason: met, by an entry or by words with a day and a source; or not met."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="answers")
    part = models.CharField(max_length=12, choices=PARTS)
    of = models.CharField(max_length=60, blank=True)
    met = models.BooleanField()
    words = models.TextField()
    source = models.CharField(max_length=500, blank=True)
    on = models.DateField(null=True)
    evidence = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closure", "part", "of"], name="point_answered_once"),
            models.CheckConstraint(
                condition=Q(met=False)
                | Q(evidence__isnull=False)
                | (~Q(words="") & ~Q(source="") & Q(on__isnull=False)),
                name="met_point_says_how_one_knows",
            ),
        ]


class Override(AboutPeople):
    """That a manager let a plan end although a point was not answered, and why. Rows are only added.

    For a receiver's answer it holds for the text of one version. ``left``: what was open, in words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="overrides")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Whose plan it was.")
    part = models.CharField(max_length=12, choices=PARTS)
    of = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    left = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        ordering = ["-at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["closure", "part", "of", "version"], name="point_overridden_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]
