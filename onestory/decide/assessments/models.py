"""An assessment, its answers as they were given one after another, and who was asked to add to it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onestory.decide.assessments.brought import ToolBrought, ToolRuling
from onestory.decide.assessments.states import Given, State, Taken
from onestory.decide.assessments.with_family import Agreement, Challenge, Comment, DocumentGiven
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord

USER = settings.AUTH_USER_MODEL
__all__ = [
    "Agreement",
    "AnswerGiven",
    "Assessment",
    "AssessmentPerson",
    "Challenge",
    "Comment",
    "Contribution",
    "DocumentGiven",
    "Review",
    "ToolBrought",
    "ToolRuling",
]


class Assessment(AboutPeople):
    """One tool, answered for one family by the agencies together. The team that leads holds it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tool = models.CharField(max_length=80, help_text="Name of the tool.")
    tool_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assessments")
    lead_professional = models.CharField(max_length=200, blank=True)
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    started_in = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="assessment_started")
    completed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    completed_in = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="assessment_completed")
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    reflection = models.TextField(blank=True, help_text="What the manager and the writer thought over together.")
    why_ended = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["team", "due_on"], condition=Q(state="open"), name="open_assessment_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "signed"]) | Q(completed_by__isnull=False),
                name="completed_assessment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(signed_by__isnull=False) & ~Q(reflection="")),
                name="signed_assessment_has_its_reflection",
            ),
        ]


class AssessmentPerson(models.Model):
    """Whom an assessment is about, by the leading agency's record; each child is answered for apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="people")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=500, help_text="As it was told to whoever is asked to add to it.")
    born = models.CharField(max_length=40, blank=True)
    known_as = models.UUIDField(help_text="The person whom the record was of when it began.")
    is_child = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "record"], name="assessed_once")]


class AnswerGiven(models.Model):
    """One answer as somebody saved it. The last of a path counts; none is overwritten, so nothing typed is lost."""

    number = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    path = models.CharField(max_length=300)
    value = models.JSONField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    taken = models.CharField(
        max_length=10, choices=Taken.choices, blank=True, help_text="Whether it confirms or corrects what was known."
    )
    origin = models.CharField(max_length=300, blank=True, help_text="Where that was known from, and of which day.")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["assessment", "path", "-number"], name="last_answer_of_a_path")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken="", origin="") | (~Q(taken="") & ~Q(origin="")), name="what_was_known_has_its_origin"
            )
        ]


class Contribution(models.Model):
    """That a team was asked to answer some sections, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="contributions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    asking_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    sections = ArrayField(models.CharField(max_length=80))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=Given.choices, default=Given.ASKED)
    reason = models.TextField(blank=True, help_text="Why it was declined.")
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "team"], condition=Q(state="asked"), name="team_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="declined_says_why"),
        ]


class Review(models.Model):
    """What a manager decided on a completed assessment, and why it went back where it did."""

    class Decision(models.TextChoices):
        SIGNED = "signed", "Signed"
        RETURNED = "returned", "Returned"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    words = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="review_says_why")]
