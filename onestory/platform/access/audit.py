"""Who looked at what: rows that the program can only add, and the chain that a sealer lays over them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id


class Act(models.TextChoices):
    """What was done with what was shown."""

    LOOK = "look", "Looked at"
    SEARCH = "search", "Searched"
    PRINT = "print", "Printed"
    EXPORT = "export", "Exported"
    SEND = "send", "Sent"
    DENIED = "denied", "Refused"
    BREAK_GLASS = "break_glass", "Break-glass"
    WRITE = "write", "Recorded or changed"


class AccessRecord(models.Model):
    """One access, written in the transaction of the request that it tells of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=12, choices=Act.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accesses")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200, help_text="The page, export or message, by its name in the program.")
    people = ArrayField(models.UUIDField(), default=list, blank=True, help_text="Whose record it was.")
    tie = models.CharField(max_length=12, blank=True, help_text="The tie that explains the access; empty: none does.")
    policy_version = models.CharField(max_length=60)
    shown = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="As in chronology:F.")
    purpose = models.CharField(max_length=200, blank=True)
    search_tokens = ArrayField(models.CharField(max_length=64), default=list, blank=True, help_text="Hashed.")
    result_count = models.PositiveIntegerField(null=True)
    denials = models.PositiveIntegerField(default=0)
    recipient = models.CharField(max_length=300, blank=True)
    request_id = models.UUIDField(null=True)

    class Meta:
        triggers = append_only()
        indexes = [
            GinIndex(fields=["people"], name="access_by_person"),
            models.Index(fields=["actor", "at"], name="access_by_actor"),
            models.Index(fields=["at"], name="access_in_order"),
        ]


class AuditSeal(models.Model):
    """One link of the chain: the digest of a row of accesses together with the digest before it."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    record = models.OneToOneField(AccessRecord, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
