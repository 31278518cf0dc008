"""People as thin anchors, what each agency holds about them, relationships and households over time."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onestory.platform.access.guarding import CLASSES, AboutEntry
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.append_only import append_only
from onestory.platform.history.fields import WhenField
from onestory.platform.history.vocabulary import RELATIONS, STATUSES
from onestory.platform.identifiers import new_id


class Person(models.Model):
    """One human being. All that is known about them lies in the agencies' records that point here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_child = models.BooleanField(help_text="Whether a story is kept for this person.")
    since_at = models.DateTimeField()


class AgencyRecord(models.Model):
    """What one agency holds about a person. It stays that agency's; joining people moves only ``person``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="records")
    number = models.CharField(max_length=60, blank=True, help_text="The agency's own number for the person.")
    label = models.CharField(max_length=500)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    born = WhenField(blank=True)
    sex = models.CharField(max_length=20, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    recorded_at = models.DateTimeField()
    # Filled in by the database (migration 0004); who sees what an agency holds is in platform/access.
    info = models.PositiveSmallIntegerField(choices=CLASSES, default=InfoClass.INDEX.number, editable=False)
    keys = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        indexes = [models.Index(fields=["agency", "number"], condition=~Q(number=""), name="record_by_agency_number")]

    def __str__(self) -> str:
        return f"{self.label}, as held by {self.agency}"


class RecordMove(models.Model):
    """That a record was moved from one person to another, by whom and why. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="moves")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    moved_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        triggers = append_only()


class Relationship(AboutEntry):
    """That one person is another's mother, father, partner …, as one source recorded it (F3.3, F5.3, F5.6).

    Append-only: what was believed when stays on record, several rows tell how it changed. It lies
    between agency records, so that joining and un-joining people carries it along.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="relationships")
    relation = models.CharField(max_length=30, choices=list(RELATIONS.items()))
    of = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="relationships_of")
    status = models.CharField(max_length=10, choices=[(status, status) for status in STATUSES])
    known = WhenField(blank=True, help_text="When it was recorded; empty: from the start.")
    since = WhenField(blank=True)
    until = WhenField(blank=True)
    by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True)
    ref = models.TextField(blank=True)
    position = models.BigIntegerField(help_text="Order among rows that became known on the same day.")
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    withdrawn = models.BooleanField(default=False, help_text="Takes back the row that it supersedes.")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("of")), name="nobody_is_related_to_themselves"),
        ]


class Household(models.Model):
    """People who live together. Where they live is protected and kept apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField()


class HouseholdMember(AboutEntry):
    """That an entry says somebody joined a household (``since``) or left it (``until``), and from when that was known.

    Joining and leaving are rows of their own, so that a leaving that became known later changes nothing of what was
    known before it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="households")
    since = WhenField(blank=True)
    until = WhenField(blank=True)
    known_on = models.DateField(null=True)
    entry_id = models.UUIDField(db_index=True, help_text="The entry that says so; history lies above people.")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "record", "since"], name="entry_places_a_person_once"),
        ]
