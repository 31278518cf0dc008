"""How long one stays signed in, what is left in the browser, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onestory.oversee.signals.models import Alert
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.accounts import actions
from onestory.platform.accounts.jobs import clear_what_is_over
from onestory.platform.accounts.queries import factors_of
from onestory.platform.agencies.models import Membership
from tests.integration.accounts.place import (
    SECOND_PROOF,
    earlier,
    encoded_password,
    gives_password,
    is_signed_in,
    phone_of,
    signed_in,
    signs_in,
    somebody,
)
from tests.integration.web.partnership import load

pytestmark = pytest.mark.django_db


def test_fifteen_minutes_without_a_request_end_a_session():
    client = signed_in(somebody())
    assert is_signed_in(client)
    earlier(client, seen=14)
    assert is_signed_in(client)
    earlier(client, seen=14)
    assert is_signed_in(client)  # each request begins the minutes anew
    earlier(client, seen=15.1)
    answer = client.get("/families")
    assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in?next=/families")
    assert "nothing had happened for a while" in client.get(answer["Location"]).content.decode()


def test_staying_is_a_request_too():
    client = signed_in(somebody())
    is_signed_in(client)
    earlier(client, seen=14)
    assert client.post("/account/stay").status_code == 204
    earlier(client, seen=14)
    assert is_signed_in(client)
    earlier(client, seen=15.1)
    assert client.post("/account/stay").status_code == 302


def test_twelve_hours_end_a_session_however_much_happens():
    client = signed_in(somebody())
    is_signed_in(client)
    earlier(client, opened=11 * 60 + 59)
    assert is_signed_in(client)
    earlier(client, opened=1.1)
    answer = client.get("/families")
    assert answer.status_code == 302
    assert "a whole day" in client.get(answer["Location"]).content.decode()


def test_the_end_is_on_the_server():
    client = signed_in(somebody())
    is_signed_in(client)
    cookie = client.cookies["onestory-session"].value
    earlier(client, seen=20)
    client.get("/families")
    client.cookies["onestory-session"] = cookie
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=cookie).exists()


def test_somebody_who_leaves_is_out_with_the_next_request():
    client = signed_in(somebody())
    assert is_signed_in(client)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.update(until_on=yesterday)
    answer = client.get("/families")
    assert answer.status_code == 302
    assert "do not hold a post" in client.get(answer["Location"]).content.decode()


def test_an_account_that_is_closed_is_out_with_the_next_request():
    client = signed_in(somebody())
    assert is_signed_in(client)
    User.objects.update(is_active=False)
    assert not is_signed_in(client)


def test_a_new_password_ends_every_other_session():
    rosa = somebody()
    here, elsewhere = signed_in(rosa), signed_in(rosa)
    assert here.post("/account/password", {"password": "another set of words"})["Location"] == "/account/"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_a_session_without_two_proofs_exists_in_a_demonstration_alone(settings):
    rosa, client = somebody(), Client()
    client.force_login(rosa)
    assert not is_signed_in(client)
    settings.DEMO = True
    client.force_login(rosa)
    assert is_signed_in(client)


PAGES = [
    "/",
    "/families",
    "/rules",
    "/account/",
    "/account/recovery-codes",
    "/no-such-page",
    "/sign-out",
    "/account/stay",
]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_somebody_signed_in_is_stored_by_the_browser(page):
    client = signed_in(somebody())
    for answer in (client.get(page), signed_in(User.objects.get()).post(page)):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_the_pages_of_signing_in_are_not_stored_either():
    for page in ("/account/sign-in", "/account/second-proof", "/account/first-time?key=x", "/account/organisation"):
        assert "no-store" in Client().get(page)["Cache-Control"]


def test_signing_out_clears_the_browser_and_ends_the_session():
    client = signed_in(somebody())
    is_signed_in(client)
    key = client.session.session_key
    answer = client.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert "Clear-Site-Data" not in Client().get("/account/sign-in")


def test_a_session_that_ends_by_itself_clears_the_browser_too():
    client = signed_in(somebody())
    is_signed_in(client)
    earlier(client, seen=20)
    assert client.get("/families")["Clear-Site-Data"] == '"cache", "storage"'


WORDS = "Seen at school today, <b>she</b> said she was hungry."


def an_alert_and_who_may_answer(settings) -> tuple[str, User]:
    settings.DEMO = True
    load("abbott")
    settings.DEMO = False
    with keeping():
        alert = Alert.objects.filter(state="waiting", team__name="Front Door").first()
    assert alert
    User.objects.update(password=encoded_password())
    who = User.objects.get(username="amina.duty")
    return reverse("alert", kwargs={"alert_id": alert.pk}), who


def writes_too_late(settings) -> tuple[Client, str, User]:
    """Somebody writes an answer for twenty minutes, then sends it."""
    path, who = an_alert_and_who_may_answer(settings)
    phone_of(who)
    client = signed_in(who)
    page = client.get(path).content.decode()
    mark = page.split('name="written_by" value="')[1].split('"')[0]
    earlier(client, seen=20)
    answer = client.post(path, {"written_by": mark, "words": WORDS, "sort": "acting"})
    assert answer["Location"] == f"/account/sign-in?next={path}"
    return client, path, who


def comes_back(client: Client, who: User, path: str) -> str:
    """Sign in with password and a recovery code, and go on."""
    gives_password(client, who.username, next=path)

    answer = client.post(SECOND_PROOF, {"code": factors_of(who).recovery_codes[0]})
    assert answer["Location"] == path
    return client.get(path).content.decode()


def test_what_was_typed_is_kept_over_signing_in_again(settings):
    client, path, who = writes_too_late(settings)
    page = comes_back(client, who, path)
    assert "Nothing was sent." in page
    assert "Seen at school today, &lt;b&gt;she&lt;/b&gt; said she was hungry." in page
    assert "hungry" not in client.get(path).content.decode()  # once


def test_what_was_typed_is_offered_to_nobody_else(settings):
    client, path, who = writes_too_late(settings)
    colleague = somebody("rosa.worker")
    for post in who.memberships.all():
        Membership.objects.create(user=colleague, team=post.team, role=post.role, since_on=post.since_on)
    phone_of(colleague)
    assert "hungry" not in comes_back(client, colleague, path)
    client.post("/sign-out")
    assert "hungry" not in comes_back(client, who, path)  # gone, since somebody else sat there


def test_what_was_typed_lies_open_nowhere(settings):
    client, _, _ = writes_too_late(settings)
    assert "hungry" not in str(client.session.items())
    assert "typed-text" in client.session


def test_what_waits_too_long_is_removed(settings):
    client, _, _ = writes_too_late(settings)
    clear_what_is_over(0)
    assert Session.objects.filter(session_key=client.session.session_key).exists()
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(minutes=1))
    clear_what_is_over(0)
    assert not Session.objects.exists()


def test_a_session_lasts_no_longer_than_the_browser_is_open():
    rosa = somebody()
    client = signs_in(rosa, phone_of(rosa))
    cookie = client.cookies["onestory-session"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_the_policy_of_what_a_browser_may_do_stays_strict():
    rosa = somebody()
    phone_of(rosa)
    client = Client()
    gives_password(client, "rosa.worker")
    for page in ("/account/sign-in", SECOND_PROOF, "/account/organisation"):
        policy = client.get(page)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert "default-src 'self'" in policy


def test_starting_over_ends_sessions(settings):
    rosa = somebody()
    client = signed_in(rosa)
    assert is_signed_in(client)
    actions.start_over(rosa, by=None, at=timezone.now())
    assert not is_signed_in(client)
