"""That somebody applied for a home or has one from a housing team, and whether it lies inside the area."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord


class Home(AboutPeople):
    """One application or tenancy of one person (T4.7). Where they live is not here: it stays with the move's entry."""

    class Sort(models.TextChoices):
        APPLICANT = "applicant", "Has applied"
        TENANT = "tenant", "Tenant"

    class Placed(models.TextChoices):
        NOT_YET = "", "Not placed"
        INSIDE = "inside", "Placed inside the area"
        OUTSIDE = "outside", "Placed outside the area"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    placed = models.CharField(max_length=8, choices=Placed.choices, blank=True)
    placed_on = models.DateField(null=True)
    for_the_child = models.TextField(help_text="What this home, or having none, means for the child.")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team", "since_on"], condition=Q(until_on=None), name="home_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(for_the_child=""), name="home_says_what_it_means_for_the_child"),
            models.UniqueConstraint(
                fields=["record", "team"], condition=Q(until_on=None), name="home_of_a_person_once_in_a_team"
            ),
        ]
