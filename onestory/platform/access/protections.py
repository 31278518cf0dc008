"""What closes a record, or a part of it, to those whose tie would open it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.platform.access.policy import Level
from onestory.platform.access.ties import only_ended
from onestory.platform.identifiers import new_id

LEVELS = [(level.value, level.name.title()) for level in Level]
ENDED = ("ended_at", "ended_by")


class Protection(models.Model):
    """Base of what somebody puts in force and somebody ends again; it is never rewritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        triggers = only_ended(*ENDED)


class Named(Protection):
    """Base of a list: it names a reader or a whole team."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Protection.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, team__isnull=False) | Q(user__isnull=False, team__isnull=True),
                name="%(class)s_names_a_user_or_a_team",
            )
        ]


class Threat(Protection):
    """That somebody is alleged to be dangerous to a person: ties to the one hide where the other is."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="threats")
    alleged = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="alleged_threats")
    reason = models.TextField()

    class Meta(Protection.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("alleged")), name="nobody_threatens_themselves"),
            models.UniqueConstraint(
                fields=["alleged", "person"], condition=Q(ended_at__isnull=True), name="threat_in_force_once"
            ),
        ]


class LocationProtection(Protection):
    """That where a person lives or goes is protected: shown to nobody but whom their lead lists."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="location_protections")
    reason = models.TextField()

    class Meta(Protection.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="protected_once"),
        ]


class Listing(Named):
    """Whom a protected person's lead lists: they may know where the person is, whoever else they are tied to."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="listings")


class Seal(Protection):
    """That a person's whole record is sealed: adoption, witness protection, own household of staff."""

    class Ground(models.TextChoices):
        ADOPTION = "adoption", "Adoption"
        WITNESS = "witness", "Witness protection"
        STAFF = "staff", "Own household of staff"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="seals")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    opening_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opening_asked_at = models.DateTimeField(null=True)

    class Meta(Protection.Meta):
        triggers = only_ended(*ENDED, "opening_asked_by", "opening_asked_at")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="sealed_once"),
            models.CheckConstraint(
                condition=Q(opening_asked_by__isnull=True)
                | Q(ended_by__isnull=True)
                | ~Q(opening_asked_by=F("ended_by")),
                name="seal_is_opened_by_two",
            ),
        ]


class SealName(Named):
    """Whom a seal's own list names."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="names")


class AdviceName(Named):
    """Whom the list of a piece of legal advice names."""

    entry = models.ForeignKey("history.Entry", on_delete=models.PROTECT, related_name="advice_names")


class ShareDecision(Protection):
    """The most that a source agency lets another agency see of one entry; to nobody in particular: any other."""

    entry = models.ForeignKey("history.Entry", on_delete=models.PROTECT, related_name="share_decisions")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    at_most = models.PositiveSmallIntegerField(choices=LEVELS)
    reason = models.TextField()

    class Meta(Protection.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "to_agency"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="share_decision_in_force_once",
            ),
        ]


class CareHistoryWish(Protection):
    """That a person does not want an agency, or any other agency, to know of their care history (T4.5)."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="care_history_wishes")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")


class CareHistoryBasis(Protection):
    """The basis on which an agency may know of a person's care history, also against their wish (T4.5)."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="care_history_bases")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    basis = models.TextField()


class AddressHeld(Protection):
    """That police hold an address since they were asked for a welfare check; it ends when they have answered."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
