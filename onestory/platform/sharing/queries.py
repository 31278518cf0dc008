"""Reading protocols."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from onestory.platform.agencies.models import Agency
from onestory.platform.sharing.models import Admits, Protocol


def in_force(on: dt.date) -> Q:
    """Protocols that count on the day: approved, begun, not ended."""
    return (
        Q(approved_at__isnull=False, from_on__lte=on)
        & (Q(until_on=None) | Q(until_on__gte=on))
        & (Q(ended_on=None) | Q(ended_on__gt=on))
    )


def admits_of(agency_id: UUID, on: dt.date) -> set[tuple[str, int]]:
    """What the agency's protocols admit on the day: kinds of entry, each with a class by number."""
    rows = Admits.objects.filter(protocol__in=Protocol.objects.filter(in_force(on), agency=agency_id))
    return set(rows.values_list("kind", "info"))


def protocols() -> QuerySet[Protocol]:
    """Every protocol, agency by agency, the newest first."""
    found = Protocol.objects.select_related("agency", "drafted_by", "approved_by", "ended_by", "replaces")
    return found.order_by("agency__name", "-drafted_at", "-id")


def protocol_numbered(protocol_id: UUID) -> Protocol | None:
    """One protocol with what it admits."""
    return protocols().prefetch_related("admits").filter(pk=protocol_id).first()


def agencies_without(on: dt.date) -> QuerySet[Agency]:
    """Agencies of which nothing is admitted on the day, by name."""
    return Agency.objects.exclude(protocols__in=Protocol.objects.filter(in_force(on))).order_by("name", "area")
