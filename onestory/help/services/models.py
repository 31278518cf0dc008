"""The directory of services, what was asked of them, and help that was not to be had.

The directory's tables and fields have the names of Open Referral UK version 3, so that it can be exchanged as it is.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onestory.help.services.states import State
from onestory.platform.access.guarding import AboutPeople
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.history.models import Entry
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord


class Organization(models.Model):
    """Who offers services. ``member``: the agency of the partnership that it is, where it is one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=300, unique=True)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    member = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service: what it is, for whom, how one comes to it.

    ``taxonomy_term`` is the code in types.csv by which entries and rules know it. ``team``: who answers a request
    within the program; none: the service has no team there, and whoever asks writes its answer down.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Open"
        INACTIVE = "inactive", "Not offered now"
        DEFUNCT = "defunct", "Given up"
        TEMPORARILY_CLOSED = "temporarily closed", "Closed for a time"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    application_process = models.TextField(blank=True, help_text="How one comes to it.")
    fees_description = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True, help_text="Who may have it.")
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True, help_text="When somebody last made sure that this is so.")
    alert = models.TextField(blank=True, help_text="What whoever asks must know just now.")
    last_modified = models.DateTimeField()
    taxonomy_term = models.CharField(max_length=60)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="services")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="service_named_once_in_its_organization"),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(maximum_age__gte=F("minimum_age")),
                name="service_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organization}"


class CostOption(models.Model):
    """What a service costs, in one of several ways."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    option = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(blank=True)


class Schedule(models.Model):
    """When a service is open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    byday = models.CharField(max_length=30, blank=True, help_text="Days as MO,TU,WE,TH,FR,SA,SU.")
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.TextField(blank=True)


class Contact(models.Model):
    """Whom to speak to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)


class Phone(models.Model):
    """A number to ring."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=60)


class ServiceArea(models.Model):
    """Where somebody has to live to have it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_areas")
    name = models.CharField(max_length=200)


class ServiceRequest(AboutPeople):
    """That a service was asked for, what it answered and what came of it (L4; F3.3, F5.22, F5.39).

    ``entry`` is the request in the chronology, ``action`` the code of the plan's action that it is for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="requests")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="service_request")
    asking_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    asked_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField()
    action = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(help_text="Since when it stands where it stands.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    expected_on = models.DateField(null=True, help_text="Of a waiting list: about when there is a place.")
    reason = models.TextField(blank=True, help_text="Why it was declined or has to wait.")
    result = models.CharField(max_length=20, blank=True, help_text="Code in results.csv.")
    result_words = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_team", "asked_at"], name="request_of_team"),
            models.Index(fields=["service", "state"], name="request_by_service"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="service_request_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "waiting", "withdrawn"]) | ~Q(reason=""),
                name="service_declined_or_waiting_says_why",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(result=""), name="service_ended_has_a_result"),
        ]


class RequestPerson(models.Model):
    """For whom a service was asked, by the asking agency's record."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="people")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "record"], name="request_names_a_person_once")]


class Attendance(models.Model):
    """That somebody came to the service, or did not; the entry tells it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="attendances")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    outcome = models.CharField(max_length=20)
    words = models.TextField(blank=True)


class Gap(AboutPeople):
    """That help was needed and not to be had, and why (H5; F5.39, T4.3, T4.7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(max_length=30, help_text="Code in gap_sorts.csv.")
    taxonomy_term = models.CharField(max_length=60, help_text="What was needed: code in types.csv.")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
