"""People who can sign in, their phones, and browsers, for the tests of signing in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.accounts.actions import add_app
from onestory.platform.accounts.doorway import PROOF
from onestory.platform.accounts.one_time_codes import code_of, counter_at
from onestory.platform.agencies.actions import add_member, ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency

PASSWORD = "meadow kettle sixpence"
LONG_AGO = dt.date(2020, 1, 1)
SECOND_PROOF = "/account/second-proof"


@cache
def encoded_password() -> str:
    """The password as it is kept; made once, because making it is slow on purpose."""
    return make_password(PASSWORD)


def agency_called(name: str) -> Agency:
    """An agency of the partnership."""
    return ensure_agency(name=name, sector="education", area="", by=None, at=timezone.now())


def somebody(username: str = "rosa.worker", *, agency: str = "Harbour School", email: str = "") -> User:
    """Somebody who works in a team of the agency and has a password."""
    user = User.objects.create(
        username=username, display_name=f"Name of {username}", email=email, password=encoded_password()
    )
    team = ensure_team(agency=agency_called(agency), name="Pastoral", by=None, at=timezone.now())
    add_member(user=user, team=team, role="teacher", since_on=LONG_AGO, by=None, at=timezone.now())
    return user


@dataclass
class Phone:
    """An authenticator app that shares a secret with the program."""

    secret: str

    def code(self, half_minutes: int = 0) -> str:
        """The code that it shows now, or that many half minutes later."""
        return code_of(self.secret, counter_at(timezone.now()) + half_minutes)


def phone_of(user: User) -> Phone:
    """Set an app up for somebody, some while ago."""
    phone, earlier = Phone(generate_totp_secret()), timezone.now() - dt.timedelta(hours=1)
    assert add_app(user, secret=phone.secret, code=code_of(phone.secret, counter_at(earlier)), by=user, at=earlier)
    return phone


def gives_password(client: Client, username: str, password: str = PASSWORD, **more: str):
    """The first proof."""
    return client.post("/account/sign-in", {"username": username, "password": password, **more})


def signs_in(user: User, phone: Phone) -> Client:
    """Sign in with password and code, as a person does."""
    client = Client()
    gives_password(client, user.username)
    assert client.post(SECOND_PROOF, {"code": phone.code()}).status_code == 302
    assert is_signed_in(client)
    return client


def signed_in(user: User, **options: Any) -> Client:
    """A browser in which somebody is signed in with two proofs, without the steps."""
    client = Client(**options)
    client.force_login(user)
    session = client.session
    now = timezone.now().timestamp()
    session[PROOF] = {"first": "password", "second": "totp", "confirmed": now}
    session.save()
    return client


def is_signed_in(client: Client) -> bool:
    """Whether the browser gets a page that only those who are signed in get."""
    return client.get("/families").status_code == 200


def without_what_always_differs(page: bytes) -> str:
    """A page without nonce and form token."""
    text = re.sub(r'nonce="[^"]*"', "", page.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def earlier(client: Client, **minutes: float) -> None:
    """Let time pass: move moments that the browser's session remembers into the past."""
    session = client.session
    for key, by in minutes.items():
        name = f"accounts-{key}"
        if isinstance(session[name], dict):
            part = "since" if "since" in session[name] else "confirmed"
            session[name] = {**session[name], part: session[name][part] - by * 60}
        else:
            session[name] -= by * 60
    session.save()
