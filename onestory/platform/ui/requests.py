"""The request of somebody who is signed in, for the types of views."""

from __future__ import annotations

from django.http import HttpRequest

from onestory.platform.access.models import User


class SignedInRequest(HttpRequest):
    """A request that SignInFirst let through: its user is one of ours."""

    user: User
