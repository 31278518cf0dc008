"""The request of somebody who is signed in, for the types of views."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest

from onestory.platform.access.models import User
from onestory.platform.access.sight import Sight
from onestory.platform.agencies.models import Membership


class SignedInRequest(HttpRequest):
    """A request that SignInFirst let through and ReadAsMember (onestory/web/middleware.py) set up.

    ``membership`` is the post that the user works in now, with team and agency; ``posts`` are all that they hold.
    ``sight`` is what that post may see: hand it to ``visible_to``. The database reads as the same post until the
    request ends. ``denied`` collects the people whom the user asked for and may not know of, for the audit.
    """

    user: User
    membership: Membership
    posts: Sequence[Membership]
    sight: Sight
    denied: list[UUID]
