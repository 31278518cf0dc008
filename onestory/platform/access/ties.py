"""What ties people who work with the program to the people in it, and what stands against a tie."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.platform.access import policy
from onestory.platform.identifiers import new_id

EXACTLY_ONE_HOLDER = (
    Q(user__isnull=False, team__isnull=True, agency__isnull=True)
    | Q(user__isnull=True, team__isnull=False, agency__isnull=True)
    | Q(user__isnull=True, team__isnull=True, agency__isnull=False)
)


def only_ended(*changing: str) -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are ended, never rewritten and never removed."""
    return [
        pgtrigger.ReadOnly(name="only_ended", exclude=list(changing)),
        pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
    ]


class Kind(models.TextChoices):
    """The ties that are kept as rows. That a tie is adverse follows from who is threatened by whom."""

    AGENCY = policy.Tie.AGENCY.value, "The agency knows the person"
    TEAM = policy.Tie.TEAM.value, "The team is on duty for the person"
    FRONT_DOOR = policy.Tie.FRONT_DOOR.value, "Deciding an open concern"
    WORKER = policy.Tie.WORKER.value, "Named worker, or holding a live after-care duty"
    LEAD = policy.Tie.LEAD.value, "Lead professional or manager"
    BREAK_GLASS = policy.Tie.BREAK_GLASS.value, "Break-glass"


class Because(models.TextChoices):
    """The fact that a tie rests on."""

    KNOWN = "known", "The agency holds a record"
    DUTY = "duty", "The team answers for the person"
    OPEN_CONCERN = "open_concern", "On the front door's rota while a concern is open"
    NAMED = "named", "Named worker"
    AFTERCARE = "aftercare", "After-care duty"
    LEAD = "lead", "Lead professional"
    MANAGES = "manages", "Manages the lead professional or the named worker"
    BREAK_GLASS = "break_glass", "Break-glass"


class Tie(models.Model):
    """That a user, a team or an agency is tied to one person, from when until when, and on which fact it rests."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="ties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="ties")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, related_name="ties")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="ties")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    because = models.CharField(max_length=12, choices=Because.choices)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    second_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = only_ended("until_at", "second_person")
        indexes = [
            models.Index(fields=["user", "person"], name="tie_of_user"),
            models.Index(fields=["team", "person"], name="tie_of_team"),
            models.Index(fields=["agency", "kind", "person"], name="tie_of_agency"),
            # Beside the many people of whom an agency holds a record there are few to whom it is tied otherwise.
            models.Index(fields=["agency", "person"], condition=~Q(kind="agency"), name="tie_of_agency_but_knowing"),
            models.Index(fields=["person"], name="tie_to_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=EXACTLY_ONE_HOLDER, name="tie_has_one_holder"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("since_at")), name="tie_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(kind="break_glass") | Q(until_at__isnull=False, user__isnull=False),
                name="break_glass_is_one_persons_and_ends",
            ),
            models.UniqueConstraint(
                fields=["person", "user", "team", "agency", "kind", "because"],
                condition=Q(until_at__isnull=True),
                nulls_distinct=False,
                name="open_tie_once",
            ),
        ]


class Conflict(models.Model):
    """That somebody has an interest of their own in a person's record. It closes the record to them."""

    class Nature(models.TextChoices):
        SELF = "self", "It is their own record"
        RELATIVE = "relative", "A relative"
        COLLEAGUE = "colleague", "A colleague, or a colleague's relative"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=10, choices=Nature.choices)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = only_ended("ended_at", "ended_by")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], condition=Q(ended_at__isnull=True), name="conflict_declared_once"
            )
        ]


class BreakGlass(models.Model):
    """That somebody opened a record without a tie, for one hour, with a reason, and what came of looking into it."""

    class Outcome(models.TextChoices):
        JUSTIFIED = "justified", "Justified"
        NOT_JUSTIFIED = "not_justified", "Not justified"
        UNCLEAR = "unclear", "Not clear, taken further"

    tie = models.OneToOneField(Tie, on_delete=models.PROTECT, primary_key=True, related_name="break_glass")
    reason = models.TextField()
    scope = models.TextField(help_text="What was needed, in the words of whoever opened it.")
    due_on = models.DateField(help_text="By when somebody else looks into it: the next working day.")
    reconciled_at = models.DateTimeField(null=True)
    reconciled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        triggers = only_ended("reconciled_at", "reconciled_by", "outcome", "remark")
        indexes = [
            models.Index(fields=["due_on"], condition=Q(reconciled_at__isnull=True), name="break_glass_to_reconcile")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(scope=""), name="break_glass_says_why"),
        ]
