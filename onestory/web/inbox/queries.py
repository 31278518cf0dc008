"""Who could cover for somebody."""

from __future__ import annotations

import datetime as dt

from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Membership


def colleagues_of(sight: Sight, today: dt.date) -> dict[str, User]:
    """Who else works in the reader's team today, by id."""
    posts = Membership.objects.filter(team=sight.team_id, since_on__lte=today, user__is_active=True)
    there = posts.exclude(until_on__lt=today).exclude(user=sight.user_id).select_related("user")
    return {str(post.user_id): post.user for post in there.order_by("user__display_name")}
