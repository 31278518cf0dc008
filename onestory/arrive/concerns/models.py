"""What somebody is writing, what waits at the front door, and advice that was asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.arrive.concerns.questionnaires import ALL
from onestory.arrive.concerns.states import FINAL, State
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import Person

FORMS = [(one.code, one.title) for one in ALL.values()]


class Draft(models.Model):
    """What somebody is writing and has not sent. Its writer's alone, and gone once it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.CharField(max_length=20, choices=FORMS)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_form_display()}, being written"


class Concern(AboutPeople):
    """One concern at the front door: where it stands, by when, who told and who decided. What was told is its entry.

    Seen by the team that sent it, the team that decides, and the team of the manager who approves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    form = models.CharField(max_length=20, choices=FORMS)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="concern")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns_sent")
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="concerns")
    approval_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unsafe = models.BooleanField(default=False, help_text="Whoever told did not say that the child is safe now.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_in = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True, help_text="What whoever told is told of the outcome.")

    class Meta:
        indexes = [
            models.Index(
                fields=["to_team", "due_at"],
                condition=~Q(state__in=sorted(FINAL, reverse=True)),  # in the order of its migration
                name="concern_to_decide",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[str(one) for one in sorted(FINAL)])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="final_concern_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED) | Q(decided_in__isnull=False),
                name="decided_concern_has_its_decision_on_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.reference}"


class Consultation(models.Model):
    """A question for advice, and the advice. The family need not be named: it stands outside any chronology (T4.2)."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, primary_key=True, related_name="consultation")
    words = models.TextField()
    advice = models.TextField(blank=True)
