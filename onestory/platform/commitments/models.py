"""What somebody promised for a child: by a day, every so often, or *if* something happens."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onestory.platform.access.guarding import AboutEntry
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord


class Sort(models.TextChoices):
    """What sort of promise it is."""

    CONDITION = "condition", "Standing condition"
    ACTION = "action", "Action of a plan"
    REQUEST = "request", "Request"
    HAND_OVER = "hand_over", "Hand-over to be acknowledged"
    AFTERCARE = "aftercare", "After-care"


class State(models.TextChoices):
    """Where a promise stands. Being overdue is read from the day that is due, not kept."""

    OPEN = "open", "Open"
    KEPT = "kept", "Kept"
    DROPPED = "dropped", "Dropped"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"


class Commitment(AboutEntry):
    """One promise. The entry that made it and the entry that closed it tell when, by whom and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(max_length=12, choices=Sort.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_in = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="commitments_made")
    closed_in = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments_closed"
    )
    code = models.CharField(max_length=500, blank=True, help_text="The source's own id of an action or a request.")
    what = models.TextField(blank=True)
    owner_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="owes")
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="owes")
    owner_person = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="owes")
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    every = models.CharField(max_length=30, blank=True, help_text="ISO 8601 duration, such as P1M.")
    until_on = models.DateField(null=True, blank=True)
    test = models.JSONField(null=True, blank=True, help_text="When a standing condition fires.")
    unless = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="open_commitment_by_due_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["made_in", "owner_agency"], nulls_distinct=False, name="entry_promises_once_for_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_in__isnull=True) | ~Q(state="open"),
                name="open_commitment_is_not_closed",
            ),
        ]


class CommitmentPerson(AboutEntry):
    """For whom a promise was made."""

    id = models.BigAutoField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="people")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="commitments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "record"], name="commitment_names_a_person_once")]
