"""What somebody proposed to set of a rule, and what a second person decided on it. Rows are never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id


class Sort(models.TextChoices):
    """What of a rule is set."""

    PARAMETER = "parameter", "A parameter"
    LEVEL = "level", "The level of its question"
    OWNER = "owner", "Who is asked"


class Proposal(models.Model):
    """One thing to be set of one rule from a day on. An empty ``value`` means: as it is shipped."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.CharField(max_length=80)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    name = models.CharField(max_length=80, blank=True, help_text="The parameter, where one is set.")
    value = models.CharField(max_length=80, blank=True)
    why = models.TextField()
    from_on = models.DateField(help_text="The first day on which it counts, once it is approved.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=(Q(sort="parameter") & ~Q(name="")) | (~Q(sort="parameter") & Q(name="")),
                name="parameter_is_named",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="proposal_says_why"),
        ]


class Ruling(models.Model):
    """That a second person approved or declined a proposal, in their words."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, primary_key=True, related_name="ruling")
    is_approved = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="ruling_says_why")]
