"""What may happen when somebody signs in. Each refusal carries words that can be shown."""

from __future__ import annotations

import datetime as dt

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.agencies.queries import posts_of


class CannotSignIn(Exception):
    """Signing in is refused. ``reason`` goes into the log, the words are the same for every reason of a kind."""

    words = "We could not sign you in."

    def __init__(self, reason: str) -> None:
        super().__init__(self.words)
        self.reason = reason


class WrongDetails(CannotSignIn):
    """The same for a wrong password, an unknown name and somebody who has left."""

    words = "Your user name or password is not right"


class TooOften(CannotSignIn):
    """The same whether or not there is such an account."""

    words = "There have been too many tries. Wait 15 minutes, then try again"


class WrongCode(CannotSignIn):
    """A second factor that was not accepted."""

    words = "This code is not right, or it was used already. Wait for the next one in your app, then try again"


class NotThroughOrganisation(CannotSignIn):
    """The same whatever was wrong with the organisation's answer, or with who it was about."""

    words = "Your organisation’s sign-in did not work here"


class LinkNotValid(CannotSignIn):
    """The same for a link that was used, has run out, or never was one."""

    words = "This link does not work any more"


def same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are one. Case counts nothing in plain letters alone.

    Some letters of other alphabets become plain ones when their case is changed: nobody may become somebody by that.
    """
    if one.isascii() and other.isascii():
        one, other = one.lower(), other.lower()
    return bool(one) and one == other


def works_here(user: User, today: dt.date, agency: Agency | None = None) -> bool:
    """Whether the person holds a post today; with an agency, a post in that agency."""
    posts = posts_of(user, today)
    return user.is_active and (posts.filter(team__agency=agency) if agency else posts).exists()
