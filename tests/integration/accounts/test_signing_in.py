"""Password, then code: who gets in, who does not, and that the page does not tell why."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.accounts import actions
from onestory.platform.accounts.queries import factors_of
from onestory.platform.agencies.models import Membership
from tests.integration.accounts.place import (
    PASSWORD,
    SECOND_PROOF,
    Phone,
    earlier,
    gives_password,
    is_signed_in,
    phone_of,
    signed_in,
    signs_in,
    somebody,
    without_what_always_differs,
)

pytestmark = pytest.mark.django_db


def test_password_and_code_sign_in_and_lead_to_where_one_wanted_to_go():
    rosa = somebody()
    phone, client = phone_of(rosa), Client()
    answer = gives_password(client, "rosa.worker", next="/rules")
    assert (answer.status_code, answer["Location"]) == (302, SECOND_PROOF)
    answer = client.post(SECOND_PROOF, {"code": f" {phone.code()[:3]} {phone.code()[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, "/rules")
    assert is_signed_in(client)


def test_passwords_are_kept_under_argon2():
    rosa = somebody()
    actions.change_password(rosa, password="another set of words", by=rosa, at=timezone.now())
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_after_the_password_alone_nobody_is_signed_in():
    rosa = somebody()
    phone_of(rosa)
    client = Client()
    gives_password(client, "rosa.worker")
    assert "_auth_user_id" not in client.session
    for pattern in every_page():
        answer = client.get(pattern)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in"), pattern


def test_somebody_without_a_second_factor_can_do_nothing_but_set_one_up():
    somebody()
    client = Client()
    assert gives_password(client, "rosa.worker")["Location"] == SECOND_PROOF
    assert client.get(SECOND_PROOF)["Location"] == "/account/set-up"
    assert client.get("/account/set-up").status_code == 200
    for pattern in every_page():
        answer = client.get(pattern)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in"), pattern


def every_page() -> list[str]:
    """Every address of the program that needs nothing filled in, but those of signing in."""
    pages = [
        reverse(name)
        for name, ways in get_resolver().reverse_dict.items()
        if isinstance(name, str) and "%" not in str(ways) and name != "sign_in"
    ]
    assert len(pages) > 3
    return [*pages, "/account/", "/account/password", "/account/recovery-codes", "/account/confirm"]


def test_setting_up_an_app_signs_in_and_gives_recovery_codes():
    rosa = somebody()
    client = Client()
    gives_password(client, "rosa.worker", next="/rules")
    page = client.get("/account/set-up/app").content.decode()
    assert page.count("<svg") == 1
    letters = page.split('onestory-secret">')[1].split("<")[0].replace(" ", "")
    wrong = client.post("/account/set-up/app", {"code": "000000"}).content.decode()
    assert 'href="#id_code"' in wrong
    assert letters[:4] in wrong  # the same secret, so that the phone need not be pointed at it again

    answer = client.post("/account/set-up/app", {"code": Phone(letters).code()})
    assert answer["Location"] == "/account/recovery-codes?next=%2Frules"
    codes = client.get(answer["Location"]).content.decode()
    assert len(factors_of(rosa).recovery_codes) == 10
    assert all(code in codes for code in factors_of(rosa).recovery_codes)
    assert is_signed_in(client)


def test_a_password_alone_does_not_add_a_second_factor():
    rosa = somebody()
    phone_of(rosa)
    client = Client()
    gives_password(client, "rosa.worker")
    for path in ("/account/set-up", "/account/set-up/app", "/account/set-up/passkey"):
        assert client.get(path)["Location"] == SECOND_PROOF
        assert client.post(path, {"code": "123456"}).status_code in (302, 405)
    assert Authenticator.objects.filter(user=rosa, type="totp").count() == 1


def test_secrets_are_sealed_in_the_table():
    rosa = somebody()
    phone = phone_of(rosa)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert phone.secret not in kept
    assert not any(code in kept for code in factors_of(rosa).recovery_codes)


def refused(username: str, password: str) -> str:
    answer = gives_password(Client(), username, password)
    assert answer.status_code == 200
    return without_what_always_differs(answer.content).replace(username, "NAME")


def test_the_same_page_for_a_wrong_password_an_unknown_name_a_leaver_and_a_closed_account():
    somebody()
    somebody("left.long.ago")
    Membership.objects.filter(user__username="left.long.ago").update(until_on=dt.date(2021, 1, 1))
    somebody("closed.account")
    User.objects.filter(username="closed.account").update(is_active=False)
    somebody("no.password")
    User.objects.filter(username="no.password").update(password="!")
    told = {
        refused("rosa.worker", "wrong words here"),
        refused("nobody.at.all", PASSWORD),
        refused("left.long.ago", PASSWORD),
        refused("closed.account", PASSWORD),
        refused("no.password", PASSWORD),
    }
    assert len(told) == 1
    assert "Your user name or password is not right" in told.pop()


def test_nobody_can_make_an_account():
    addresses = {str(pattern.pattern) for pattern in _patterns(get_resolver())}
    assert not [one for one in addresses if "signup" in one or "sign-up" in one or "register" in one]


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        yield from _patterns(pattern) if hasattr(pattern, "url_patterns") else [pattern]


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(wanted):
    rosa = somebody()
    phone, client = phone_of(rosa), Client()
    gives_password(client, "rosa.worker", next=wanted)
    assert client.post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/"


def test_the_sessions_key_is_new_after_each_proof():
    rosa = somebody()
    phone, client = phone_of(rosa), Client()
    keys = []
    client.get("/families")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    for step in (
        lambda: None,
        lambda: gives_password(client, "rosa.worker"),
        lambda: client.post(SECOND_PROOF, {"code": phone.code()}),
    ):
        step()
        keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert list(Session.objects.filter(session_key__in=keys[:2])) == []


def test_the_first_proof_counts_for_ten_minutes():
    rosa = somebody()
    phone, client = phone_of(rosa), Client()
    gives_password(client, "rosa.worker")
    earlier(client, pending=10)
    assert client.post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/account/sign-in"
    assert not is_signed_in(client)


def test_a_new_password_or_leaving_ends_the_first_proof():
    rosa = somebody()
    phone, clients = phone_of(rosa), [Client(), Client()]
    for client in clients:
        gives_password(client, "rosa.worker")
    actions.change_password(rosa, password="another set of words", by=rosa, at=timezone.now())
    assert clients[0].post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/account/sign-in"
    gives_password(clients[1], "rosa.worker", "another set of words")
    Membership.objects.update(until_on=dt.date(2021, 1, 1))
    assert clients[1].post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/account/sign-in"


def test_starting_again_forgets_the_first_proof():
    rosa = somebody()
    phone, client = phone_of(rosa), Client()
    gives_password(client, "rosa.worker")
    client.post("/account/start-again")
    assert client.post(SECOND_PROOF, {"code": phone.code()})["Location"] == "/account/sign-in"


def test_what_is_missing_is_said_at_its_field():
    page = Client().post("/account/sign-in", {"username": "", "password": ""}).content.decode()
    for name in ("username", "password"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}"' in page
    assert "<title>Error: Sign in" in page


def test_nothing_of_it_is_written_into_the_log(caplog):
    rosa = somebody(email="rosa@harbour.example")
    phone = phone_of(rosa)
    caplog.set_level("DEBUG")
    caplog.clear()
    gives_password(Client(), "rosa.worker", "wrong words here")
    gives_password(Client(), "nobody.at.all")
    client = signs_in(rosa, phone)
    client.post("/account/password", {"password": "another set of words"})
    client.get("/account/recovery-codes")
    client.get("/account/no-such-page")
    client.post("/sign-out")
    token = actions.invite(rosa, by=None, at=timezone.now())
    Client().get(f"/account/first-time?key={token}")
    Client().get(f"/account/no-such-page?key={token}")
    ours = [record for record in caplog.records if not record.name.startswith(("django.db", "django.template"))]
    written = " ".join(record.getMessage() for record in ours)
    assert "Signing in: done by password and totp" in written
    secret = [
        PASSWORD,
        "wrong words",
        "another set",
        phone.secret,
        phone.code(),
        token,
        *factors_of(rosa).recovery_codes,
    ]
    personal = ["rosa", "Name of", "nobody.at.all", "127.0.0.1", str(rosa.pk), "harbour"]
    assert [word for word in (*secret, *personal) if word.lower() in written.lower()] == []


def test_somebody_who_is_signed_in_already_goes_on():
    client = signed_in(somebody())
    assert client.get("/account/sign-in?next=/rules")["Location"] == "/rules"
