"""Reading who works where."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership


def posts_of(user: User, today: dt.date) -> QuerySet[Membership]:
    """Where the user works today, with team and agency; the longest-standing post first."""
    held = user.memberships.filter(since_on__lte=today).exclude(until_on__lt=today)
    return held.select_related("team__agency").order_by("since_on", "id")


def everybody_who_works_here(today: dt.date) -> QuerySet[Membership]:
    """Every post held today, agency by agency in the order in which they were written down."""
    held = Membership.objects.filter(since_on__lte=today, user__is_active=True).exclude(until_on__lt=today)
    return held.select_related("user", "team__agency").order_by("id")
