"""Protocols, what each admits, and decisions to tell or not to tell."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.platform.access.guarding import AboutEntry
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.ties import only_ended
from onestory.platform.agencies.models import Agency
from onestory.platform.append_only import append_only
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.duty import Branch

CLASSES = [(info.number, info.value) for info in InfoClass]


class Protocol(models.Model):
    """That an agency's information is admitted: why, on which basis, between which days, and who stands behind it.

    ``law`` and ``edition`` are copied from the list of bases on the day on which it was drafted. Until a second person
    has approved it nothing is admitted. A change is another protocol that ``replaces`` this one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="protocols")
    purpose = models.TextField()
    basis = models.CharField(max_length=20)
    law = models.TextField()
    edition = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until it is ended.")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True, help_text="The first day on which it no longer counts.")
    ended_because = models.TextField(blank=True)

    class Meta:
        triggers = only_ended("approved_by", "approved_at", "ended_by", "ended_at", "ended_on", "ended_because")
        indexes = [models.Index(fields=["agency", "from_on"], name="protocol_of_agency")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="protocol_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="protocol_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="protocol_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="protocol_says_what_for"),
        ]


class Admits(models.Model):
    """That a protocol admits a kind of entry in a class of information."""

    id = models.BigAutoField(primary_key=True)
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="admits")
    kind = models.CharField(max_length=20)
    info = models.PositiveSmallIntegerField(choices=CLASSES)

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["protocol", "kind", "info"], name="protocol_admits_once")]


class Disclosure(AboutEntry):
    """That somebody decided to tell, or not to tell, what an entry holds beyond its summary; and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="disclosures")
    share_decision = models.OneToOneField("access.ShareDecision", on_delete=models.PROTECT, related_name="disclosure")
    branch = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Branch])
    duty = models.BooleanField(help_text="Whether the duty to disclose was in force.")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="disclosure_says_why")]


class Handing(AboutEntry):
    """That a person of the family was given what an entry tells: their own cut of it, by whom, and what was withheld.

    ``withheld`` counts what was left out, by reason; on ``review_on`` somebody looks whether it still has to be.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="handings")
    to = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    withheld = models.JSONField(default=dict)
    review_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="handing_says_what")]
