"""Signing in with two proofs, in a real browser: from the link to the passkey, by keyboard, without scripts."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onestory.platform.access.models import User
from onestory.platform.accounts import actions
from onestory.platform.accounts.queries import factors_of
from tests.integration.accounts.place import PASSWORD, Phone, phone_of, somebody
from tests.integration.accounts.providers import PROCESS, SECRET, Provider
from tests.journeys.test_by_keyboard import tabs_to
from tests.journeys.visitor import Visitor

NEW_PASSWORD = "another set of words"
IN_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_localhost(arrive: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Somebody arrives at the same server by a name: at a number browsers offer no passkeys."""

    def come(**options: bool | int) -> Visitor:
        visitor = arrive(**options)
        visitor.address = visitor.address.replace("127.0.0.1", "localhost")
        return visitor

    return come


def given_a_passkey_can_be_made(visitor: Visitor) -> None:
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": IN_A_PHONE})


def test_a_newcomer_comes_in_by_a_link_and_from_then_on_by_passkey(
    at_localhost: Callable[..., Visitor], served: LiveServer
) -> None:
    rosa, visitor = somebody("rosa.journey"), at_localhost()
    given_a_passkey_can_be_made(visitor)
    when_she_follows_her_link(visitor, actions.invite(rosa, by=None, at=timezone.now()))
    when_she_sets_up_an_app(visitor)
    then_she_keeps_her_recovery_codes(visitor, rosa)
    when_she_adds_a_passkey(visitor)
    when_she_signs_out(visitor)
    when_she_gives_her_password(visitor, "rosa.journey", NEW_PASSWORD)
    visitor.presses_and_is_led_on("Use your passkey")
    then_she_is_in(visitor)
    assert len(factors_of(rosa).recovery_codes) == 10


def when_she_follows_her_link(visitor: Visitor, key: str) -> None:
    visitor.goes_to(f"/account/first-time?key={key}")
    visitor.sees_heading("Choose a password")
    visitor.writes("Password", "password1234")
    visitor.presses("Continue")
    visitor.sees("This password is too common")
    visitor.writes("Password", NEW_PASSWORD)
    visitor.presses("Continue")
    visitor.sees_heading("Set up a second proof that it is you")


def when_she_sets_up_an_app(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Use an app").click()
    visitor.looks()
    visitor.writes("Code", "000000")
    visitor.presses("Continue")
    visitor.sees("This code is not right")
    letters = visitor.page.locator(".onestory-secret").inner_text().replace(" ", "")
    visitor.writes("Code", Phone(letters).code())
    visitor.presses("Continue")
    visitor.sees_heading("Your recovery codes")


def then_she_keeps_her_recovery_codes(visitor: Visitor, rosa: User) -> None:
    shown = visitor.page.locator(".onestory-codes li").all_inner_texts()
    assert tuple(shown) == factors_of(rosa).recovery_codes
    visitor.page.get_by_role("button", name="Continue").click()
    then_she_is_in(visitor)


def then_she_is_in(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My work")
    visitor.looks()


def when_she_adds_a_passkey(visitor: Visitor) -> None:
    visitor.goes_to("/account/")
    visitor.follows("Add a passkey")
    visitor.presses("Set up the passkey")  # without a name
    visitor.sees("Give the passkey a name")
    visitor.writes("Name of the passkey", "work phone")
    visitor.presses_and_is_led_on("Set up the passkey")
    visitor.sees_heading("How you sign in")
    visitor.sees("work phone, added")
    visitor.follows("Remove")
    visitor.sees("You cannot sign in with it afterwards")


def when_she_signs_out(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.looks()
    visitor.goes_to("/account/sign-in")


def when_she_gives_her_password(visitor: Visitor, name: str, password: str) -> None:
    visitor.goes_to("/account/sign-in")
    visitor.writes("User name", name)
    visitor.writes("Password", "wrong words here")
    visitor.presses("Continue")
    visitor.sees("Your user name or password is not right")
    visitor.writes("Password", password)
    visitor.presses("Continue")
    visitor.sees_heading("Show that it is you")


def test_everything_but_passkeys_works_without_scripts_on_a_narrow_screen(
    at_localhost: Callable[..., Visitor], served: LiveServer
) -> None:
    rosa, visitor = somebody("rosa.plain"), at_localhost(scripts=False, width=320)
    phone_of(rosa)
    when_she_gives_her_password(visitor, "rosa.plain", PASSWORD)
    visitor.writes("Code", factors_of(rosa).recovery_codes[0])
    visitor.presses("Continue")
    then_she_is_in(visitor)


def test_every_page_of_it_fits_a_narrow_screen(at_localhost: Callable[..., Visitor], served: LiveServer) -> None:
    rosa, visitor = somebody("rosa.narrow"), at_localhost(width=320)
    phone = phone_of(rosa)
    when_she_gives_her_password(visitor, "rosa.narrow", PASSWORD)
    visitor.writes("Code", phone.code())
    visitor.presses("Continue")
    for page in ("", "set-up", "set-up/app", "set-up/passkey", "recovery-codes", "password", "confirm"):
        visitor.goes_to(f"/account/{page}")


def test_signing_in_with_the_keyboard_alone(arrive: Callable[..., Visitor], served: LiveServer) -> None:
    rosa, visitor = somebody("rosa.keyboard"), arrive()
    phone = phone_of(rosa)
    visitor.goes_to("/account/sign-in")
    tabs_to(visitor, name="username")
    visitor.page.keyboard.type("rosa.keyboard")
    tabs_to(visitor, name="password")
    visitor.page.keyboard.type("wrong words here")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".govuk-error-summary")).to_be_focused()
    visitor.looks()
    visitor.page.locator(".govuk-error-summary").focus()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")  # the summary's link leads to the field
    expect(visitor.page.get_by_label("User name")).to_be_focused()
    tabs_to(visitor, name="password")
    visitor.page.keyboard.type(PASSWORD)
    visitor.page.keyboard.press("Enter")
    visitor.sees_heading("Show that it is you")
    tabs_to(visitor, name="code")
    visitor.page.keyboard.type(phone.code())
    visitor.page.keyboard.press("Enter")
    then_she_is_in(visitor)


def test_somebody_who_is_still_reading_is_asked_in_time_and_stays(
    arrive: Callable[..., Visitor], served: LiveServer
) -> None:
    rosa, visitor = somebody("rosa.reads"), arrive()
    phone = phone_of(rosa)
    when_she_gives_her_password(visitor, "rosa.reads", PASSWORD)
    visitor.writes("Code", phone.code())
    with override_settings(SESSION_IDLE_LIMIT=dt.timedelta(seconds=122)):
        visitor.presses("Continue")
        question = visitor.page.get_by_role("dialog", name="Are you still there?")
        expect(question).to_be_visible()
        visitor.looks()
        visitor.page.keyboard.press("Enter")  # the button has the focus
        expect(question).to_be_hidden()
        expect(question).to_be_visible()  # and after a while once more
    visitor.page.context.clear_cookies()
    visitor.page.get_by_role("button", name="Stay signed in").click()
    visitor.sees("You have been signed out")


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider in a process of its own."""
    monkeypatch.setenv("ONESTORY_PROVIDER_OF_TESTS", SECRET)
    with subprocess.Popen(
        [sys.executable, str(PROCESS)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield Provider(int(process.stdout.readline()))
        process.terminate()


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_through_ones_own_organisation(
    arrive: Callable[..., Visitor], served: LiveServer, provider: Provider, scripts: bool
) -> None:
    rosa, visitor = somebody(f"rosa.harbour{scripts}", email=f"rosa{scripts}@harbour.example"), arrive(scripts=scripts)
    row = provider.row()
    # Another provider of the same agency: the two must be told apart.
    other = provider.row(issuer="https://login.other.example")
    provider.knows(f"subject-{scripts}", email=rosa.email, email_verified=True, amr=["mfa"])
    visitor.goes_to("/account/sign-in")
    visitor.follows("Sign in with your organisation")
    visitor.presses("Continue")
    visitor.sees("Choose your organisation")
    visitor.chooses("Harbour School (127.0.0.1)")
    visitor.page.get_by_role("button", name="Continue").click()
    then_she_is_in(visitor)
    for one in (row, other):
        one.delete()
