"""A question to one team about one child or several: who asks, why, by which right, until when, and the answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.decide.checks.states import Sort, State
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord


class Check(AboutPeople):
    """One check or welfare check. The agency that asks holds it. It is asked once and answered once (F5.18, F5.19).

    ``concern``: the entry on which somebody has to decide, so that it can be seen whether checks were made *this* time.
    """

    class Outcome(models.TextChoices):
        SEEN_WELL = "seen_well", "The child was seen and is safe"
        SEEN_WORRY = "seen_worry", "The child was seen, and there is a worry"
        NO_ACCESS = "no_access", "Nobody let us in"
        WRONG_ADDRESS = "wrong_address", "The child does not live there"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.CHECK)
    state = models.CharField(max_length=14, choices=State.choices, default=State.ASKED)
    concern = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="checks")
    request = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="check_asked")
    asking_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="checks_asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="checks")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    band = models.CharField(max_length=10)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=60, help_text="Code of a lawful basis.")
    question = models.TextField()
    grounds = models.TextField(blank=True, help_text="Of a welfare check: why the child may not be safe.")
    who = models.JSONField(default=list, help_text="Name and birth date of each person, as they were told.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="check_answered")
    searched = models.CharField(max_length=500, blank=True)
    relevance = models.TextField(blank=True, help_text="What bears on the child; or why it was declined.")
    parent_told = models.CharField(max_length=500, blank=True, help_text="What the parent was told, or why not.")
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["concern"], name="check_by_concern"),
            models.Index(fields=["asked_team", "due_at"], condition=Q(state="asked"), name="check_to_answer"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(purpose=""), name="check_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(sort="check") | ~Q(grounds=""), name="welfare_check_says_on_which_grounds"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["nothing_held", "held", "declined", "done"]) | Q(answer__isnull=False),
                name="answered_check_has_its_entry",
            ),
        ]


class CheckPerson(models.Model):
    """Whom a check is about, by the asking agency's record."""

    id = models.BigAutoField(primary_key=True)
    check_asked = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="people")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_asked", "record"], name="check_names_a_person_once")]
