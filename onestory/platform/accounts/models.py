"""What signing in has to remember. Second factors themselves are django-allauth's ``Authenticator`` rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from onestory.platform.agencies.models import Agency
from onestory.platform.identifiers import new_id


class Attempts(models.Model):
    """How often signing in was tried for one account, or from one address, since a moment.

    ``key`` is a keyed digest: the row does not tell whose name was typed, nor from where.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    since_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since_at}"


class Invitation(models.Model):
    """A link with which somebody chooses a password, once and for a time. Only the link's digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Invitation of {self.made_at}"


class OrganisationSignIn(models.Model):
    """How the people of one agency sign in through their own organisation, by OpenID Connect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sign_ins")
    issuer = models.URLField(max_length=500, help_text="As the provider writes it in its tokens, letter by letter.")
    client_id = models.CharField(max_length=255)
    secret_reference = models.CharField(
        max_length=255,
        blank=True,
        help_text="env:ONESTORY_PROVIDER_… or file:name. Where the secret is, never the secret itself.",
    )
    acr_values = models.CharField(
        max_length=500, blank=True, help_text="Asked of the provider; an answer with one of them had a second factor."
    )
    amr_values = models.CharField(
        max_length=500, blank=True, default="mfa", help_text="An answer with one of them had a second factor."
    )
    is_open = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who wrote it down last. Somebody else opens it: whoever runs a provider can be anybody there.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "issuer"], name="agency_names_a_provider_once"),
        ]
        ordering = ["agency__name", "id"]

    def __str__(self) -> str:
        return f"{self.agency}, {self.issuer}"


class OrganisationIdentity(models.Model):
    """That a subject of an organisation's provider is somebody who works here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sign_in = models.ForeignKey(OrganisationSignIn, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_in", "subject"], name="subject_is_one_person"),
            models.UniqueConstraint(fields=["sign_in", "user"], name="person_has_one_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.user} through {self.sign_in}"
