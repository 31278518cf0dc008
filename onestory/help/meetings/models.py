"""A meeting on a plan: who was invited and came, what each said, what changed, when next."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.help.meetings.states import Came, Kind, MeetingState
from onestory.help.plans.models import Plan, PlanChild, PlanRelative
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """One meeting. Seen by whoever sees its plan. A review without the family's experience says why (I7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_review = models.BooleanField()
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    meets_at = models.DateTimeField()
    purpose = models.TextField(blank=True)
    called_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    held_on = models.DateField(null=True)
    what_changed = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    experience = models.TextField(blank=True, help_text="How the family finds the help, in their words.")
    not_asked_because = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    later_because = models.TextField(blank=True)
    cancelled_because = models.TextField(blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="plan_meeting")
    review_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="plan_review")

    class Meta:
        ordering = ["-meets_at", "id"]
        indexes = [models.Index(fields=["plan", "meets_at"], name="meetings_of_a_plan")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | (~Q(minutes="") & Q(entry__isnull=False, held_on__isnull=False)),
                name="held_meeting_has_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state="held", is_review=True) | ~Q(experience="") | ~Q(not_asked_because=""),
                name="review_asks_the_family_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="cancelled_meeting_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Invitation(models.Model):
    """That a team, somebody of the family or a child was invited, whether they came, and what they said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    relative = models.ForeignKey(PlanRelative, on_delete=models.PROTECT, null=True, related_name="+")
    child = models.ForeignKey(PlanChild, on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=500)
    came = models.CharField(max_length=10, choices=Came.choices, default=Came.INVITED)
    views = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "team", "relative", "child"], nulls_distinct=False, name="invited_once"
            )
        ]
