"""Between the family, those who write and those who disagree: agreement, documents given, comments, challenge."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.decide.assessments.states import Agrees
from onestory.platform.agencies.models import Team
from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord

USER = settings.AUTH_USER_MODEL


class Agreement(models.Model):
    """That the family was asked whether they agree, and what they said. The last one counts (T3.4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="agreements")
    answer = models.CharField(max_length=10, choices=Agrees.choices)
    who = models.CharField(max_length=500, help_text="Who was asked, and how.")
    words = models.TextField(blank=True, help_text="What they do not agree to, or why not, as they put it.")
    asked_on = models.DateField()
    again_on = models.DateField(null=True, help_text="When they are asked again.")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer__in=["yes", "part"]) | Q(again_on__isnull=False), name="agreement_is_asked_again"
            ),
            models.CheckConstraint(condition=~Q(who=""), name="agreement_says_who"),
        ]


class Challenge(models.Model):
    """That somebody who sees the assessment disagrees with it, and what the team that leads answered (L9)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="challenges")
    words = models.TextField(help_text="What is disagreed with, and why.")
    effect = models.TextField(help_text="What it means for the child.")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(effect=""), name="challenge_says_what_and_for_whom"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="challenge_answered_by_somebody",
            ),
        ]


class DocumentGiven(models.Model):
    """The document that one person of the family was given: their own cut of the assessment, and what it leaves out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="documents")
    recipient = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    recipient_label = models.CharField(max_length=500)
    plain = models.TextField(help_text="What it means for this person, in plain English.")
    lines = models.JSONField(help_text="The document as it was given.")
    withheld = models.JSONField(default=dict, help_text="How much was left out, by reason.")
    review_on = models.DateField(help_text="When what was left out is looked at again.")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(plain=""), name="document_given_is_explained")]


class Comment(models.Model):
    """What somebody of the family said about the assessment, in their words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="comments")
    document = models.ForeignKey(DocumentGiven, on_delete=models.PROTECT, null=True, related_name="comments")
    who = models.CharField(max_length=500)
    words = models.TextField()
    said_on = models.DateField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(words="") & ~Q(who=""), name="comment_says_who_and_what")]
