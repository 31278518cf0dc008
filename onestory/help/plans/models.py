"""A plan for one family: its children, why it was opened, what is wanted, who does what, who is in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onestory.help.plans.states import ActionState, Kind, PlanState, ProposalState
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.models import Entry
from onestory.platform.history.vocabulary import FACTORS
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord

USER = settings.AUTH_USER_MODEL
FACTOR_CHOICES = [(one.code, one.label) for one in FACTORS.values()]


class Plan(AboutPeople):
    """One plan. ``teams`` are those in it, who see it whatever their tie; ``lead`` leads for the child."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="plans")
    lead = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="plans_led")
    lead_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="plans_led")
    lead_tied = ArrayField(models.UUIDField(), default=list, help_text="To whom the lead's tie rests on this plan.")
    teams = ArrayField(models.UUIDField(), default=list, help_text="The teams in it.")
    agreement = models.TextField(blank=True, help_text="Early help: who in the family agreed to it, and how.")
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    opened_on = models.DateField(null=True)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    review_due = models.DateField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="plan_opened")
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    closed_in = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="plan_closed")

    class Meta:
        indexes = [
            models.Index(fields=["owner_team", "review_due"], condition=Q(state="open"), name="open_plan_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="open") | Q(lead__isnull=False, entry__isnull=False, opened_on__isnull=False),
                name="open_plan_has_a_lead_and_its_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_in__isnull=False, closed_on__isnull=False),
                name="closed_plan_has_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display().lower()}"


class PlanChild(models.Model):
    """A child of the plan, by the record of the agency that owns it, and what the child says of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="children")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=500, help_text="As it is told to the teams in the plan.")
    born = models.CharField(max_length=40, blank=True)
    known_as = models.UUIDField(help_text="The person whom the record was of when the plan was drawn up.")
    words = models.TextField(blank=True, help_text="What the child says, or what was seen of a child who cannot.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "record"], name="child_once_in_a_plan")]


class PlanReason(models.Model):
    """One reason for which the plan was opened. The plan ends when each has been answered (F5.39)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reasons")
    number = models.PositiveSmallIntegerField(default=1)
    words = models.TextField()
    factors = ArrayField(models.CharField(max_length=40, choices=FACTOR_CHOICES), default=list, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plan_reason_has_words")]


class PlanOutcome(models.Model):
    """What is wanted for one child in one domain of their life, and how we will know that it is so (L1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+", help_text="The child's.")
    domain = models.CharField(max_length=40)
    worry = models.TextField()
    wanted = models.TextField()
    how_known = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]


class PlanAction(models.Model):
    """Who does what for an outcome, by when, how it is measured, and what happens if the risk does not fall (F5.38)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    outcome = models.ForeignKey(PlanOutcome, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_actions")
    owner_person = models.ForeignKey(
        AgencyRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_actions"
    )
    due_on = models.DateField(null=True, blank=True)
    measure = models.TextField(blank=True)
    if_not = models.TextField(blank=True, help_text="What happens if the risk does not fall.")
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.DRAFT)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="plan_action")
    evidence = models.TextField(blank=True, help_text="How one knows that it was done; or why it was given up.")
    evidence_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="plan_actions_ended")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="required"), name="plan_action_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="dropped", entry__isnull=True)
                | (Q(due_on__isnull=False) & ~Q(measure="") & ~Q(if_not="")),
                name="agreed_action_has_day_and_measure",
            ),
            models.CheckConstraint(
                condition=Q(owner_team__isnull=True) | Q(owner_person__isnull=True), name="action_has_one_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "dropped"]) | ~Q(evidence=""), name="ended_action_says_how_or_why"
            ),
        ]


class PlanAgency(models.Model):
    """That a team is in the plan, or was left out of it and why. ``because``: why it has to be there (L2, F5.37)."""

    class How(models.TextChoices):
        MEMBER = "member", "In the plan"
        LEFT_OUT = "left_out", "Left out, with a reason"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="plans_in")
    how = models.CharField(max_length=10, choices=How.choices, default=How.MEMBER)
    because = models.CharField(max_length=500, blank=True, help_text="Why it is to be there.")
    reason = models.TextField(blank=True, help_text="Why it was left out.")
    invited_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When it was told that it was left out.")
    tied = ArrayField(models.UUIDField(), default=list, help_text="To whom the team's tie rests on this plan.")
    objection = models.TextField(blank=True, help_text="What a team that was left out says to it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "agency", "team"], nulls_distinct=False, name="team_once_in_a_plan"
            ),
            models.CheckConstraint(condition=~Q(how="left_out") | ~Q(reason=""), name="left_out_says_why"),
        ]


class PlanRelative(models.Model):
    """A parent or somebody else of the family: invited, seen, in their own words; or why not (P7, F5.30)."""

    class How(models.TextChoices):
        UNANSWERED = "unanswered", "Not answered yet"
        INVITED = "invited", "Invited"
        NOT_INVITED = "not_invited", "Not invited, with a reason"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="relatives")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=500)
    relation = models.CharField(max_length=200, blank=True)
    is_parent = models.BooleanField(default=False)
    how = models.CharField(max_length=12, choices=How.choices, default=How.UNANSWERED)
    reason = models.TextField(blank=True, help_text="Why they were not invited.")
    seen_on = models.DateField(null=True)
    not_seen_because = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="What they say of the plan.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "record"], name="relative_once_in_a_plan"),
            models.CheckConstraint(condition=~Q(how="not_invited") | ~Q(reason=""), name="not_invited_says_why"),
        ]


class PlanProposal(models.Model):
    """A change that a team in the plan proposes, and what the lead professional answered (L2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    words = models.TextField()
    why = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(why=""), name="proposal_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(state="proposed") | ~Q(reason=""), name="answered_proposal_has_its_reason"
            ),
        ]


class Agreement(models.Model):
    """A written agreement or a safety plan: what is agreed, until when, what a breach leads to (L3, F5.8)."""

    class Sort(models.TextChoices):
        AGREEMENT = "agreement", "Written agreement"
        SAFETY_PLAN = "safety_plan", "Safety plan"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    terms = models.TextField()
    breach_leads_to = models.TextField()
    forbids = models.JSONField(default=list, blank=True, help_text="Records of people who must not be together.")
    agreed_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="plan_agreement")
    condition = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="agreement_watched")
    ended_on = models.DateField(null=True, help_text="Ended before its day, with a reason; else it stands until then.")
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-agreed_on", "-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(terms="") & ~Q(breach_leads_to=""), name="agreement_says_what_a_breach_leads_to"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because="") & Q(ended_by__isnull=False),
                name="ended_agreement_says_why_and_who",
            ),
        ]


class AgreementSignature(models.Model):
    """That somebody signed an agreement, or was asked and did not, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=500)
    signed = models.BooleanField()
    refused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(signed=True) | ~Q(refused_because=""), name="not_signed_says_why")
        ]
