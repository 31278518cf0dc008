"""Agencies, their teams with a shared inbox, and who works in which team."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5

from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id

A_DAY = dt.timedelta(days=1)


class Agency(models.Model):
    """An agency of the partnership, or a neighbouring area's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=500)
    sector = models.CharField(max_length=60)
    area = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            # By digest: two long names would not fit into a row of the index.
            models.UniqueConstraint(MD5("name"), "sector", MD5("area"), name="agency_known_once"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an agency. Messages go to its inbox, never to one person alone (F5.36)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    inbox_label = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True, help_text="Of the team, never of one person alone.")
    answers_for_agency = models.BooleanField(
        default=False, help_text="Whether what is asked of the agency comes to this team when no other is named."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="team_named_once_in_its_agency"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(answers_for_agency=True), name="one_team_answers_for_an_agency"
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"


class Membership(models.Model):
    """That somebody works in a team in a role, from a day until a day. One that ended as it began ends the day before.

    So ``until_on`` is always a day that was worked, and whoever leaves now is out with the next request.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=60)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on") - A_DAY),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role}, {self.team}"


class Change(models.Model):
    """What somebody changed about agencies, teams and who works in them, in a sentence. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="changes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="changes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="changes")
    words = models.CharField(max_length=1500)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["-at"], name="change_newest_first")]

    def __str__(self) -> str:
        return f"{self.words} {self.by}, {self.at}"
