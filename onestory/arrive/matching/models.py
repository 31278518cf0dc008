"""By what people are found, which records may be one person's, what was decided on them, and what was joined."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.arrive.matching.states import Decision, State
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.append_only import append_only
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord, Person, RecordMove


class SearchKey(models.Model):
    """One key under which a record is found (searching/keys.py). Nobody reads this table but `matching_find`."""

    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField(help_text="Negative where it tells a location.")
    # Records are never removed; some twenty checks for each would double the time of adding one.
    record = models.ForeignKey(
        AgencyRecord, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.PositiveSmallIntegerField()


class RecordInSearch(AboutPeople):
    """That a record has its keys, of which version, and whether it was compared with the others since."""

    record = models.OneToOneField(AgencyRecord, on_delete=models.PROTECT, primary_key=True, related_name="in_search")
    version = models.PositiveSmallIntegerField()
    keyed_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["keyed_at"], condition=Q(matched_at__isnull=True), name="record_to_be_matched"),
        ]


class FormerName(AboutPeople):
    """Another name that an agency has of somebody: before a marriage, an alias, how the family writes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="former_names")
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class RecordContact(AboutPeople):
    """Where somebody lives or lived and can be called, as one agency has it (class 7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="contacts")
    address_line = models.CharField(max_length=300, blank=True)
    locality = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Candidate(AboutPeople):
    """Two records that may be one person's, why, and what was decided last. The same two are one row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="candidates")
    other = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="candidates_of_others")
    evidence = models.FloatField(help_text="In bits: only to show the clearest first.")
    reasons = models.JSONField(help_text="Each: aspect, level, words, agrees.")
    veto = models.TextField(blank=True, help_text="Why only a person may decide.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    new_evidence = models.TextField(blank=True, help_text="What has been added since it was decided on.")
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(record=F("other")), name="candidate_is_two_records"),
            models.UniqueConstraint(fields=["record", "other"], name="candidate_once"),
        ]
        indexes = [
            models.Index(fields=["-evidence"], condition=Q(state="waiting"), name="candidates_waiting"),
        ]


class CandidateDecision(AboutPeople):
    """What somebody decided on a candidate and why, on which evidence. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField()
    reasons = models.JSONField(help_text="The evidence as it was shown.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Join(AboutPeople):
    """That all records of one person were moved to another, why, who confirmed it, and whether it was undone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joins_away")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joins_here")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, null=True, related_name="joins")
    reason = models.TextField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    why_undone = models.TextField(blank=True)
    carried = models.JSONField(
        default=list, help_text="Ties and protections that came along, to end when it is undone."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_person=F("to_person")), name="nobody_is_joined_with_themselves"),
        ]
        indexes = [models.Index(fields=["to_person", "joined_at"], name="joins_of_a_person")]


class JoinedRecord(models.Model):
    """A record that a join moved, and the move; so that undoing it moves exactly these back."""

    join = models.ForeignKey(Join, on_delete=models.PROTECT, related_name="records")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    move = models.OneToOneField(RecordMove, on_delete=models.PROTECT, related_name="joined")

    class Meta:
        triggers = append_only()


class TaughtWeights(models.Model):
    """Weights that a bulk linking taught and that the partnership adopted: records are compared by the newest ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table = models.JSONField(help_text="As `onestory link --weights` writes it.")
    note = models.TextField(blank=True)
    adopted_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        get_latest_by = "adopted_at"
