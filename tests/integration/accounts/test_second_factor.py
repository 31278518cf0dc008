"""Codes of an app count once, recovery codes count once, and changes ask for a code again."""

from __future__ import annotations

import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.utils import timezone

from onestory.platform.accounts import actions
from onestory.platform.accounts.queries import factors_of
from tests.integration.accounts.place import (
    SECOND_PROOF,
    Phone,
    earlier,
    gives_password,
    is_signed_in,
    phone_of,
    signed_in,
    signs_in,
    somebody,
)


def proves(username: str, code: str) -> bool:
    client = Client()
    gives_password(client, username)
    return client.post(SECOND_PROOF, {"code": code}).status_code == 302


@pytest.mark.django_db
def test_a_code_counts_once_and_so_does_every_older_one():
    rosa = somebody()
    phone = phone_of(rosa)
    now, before, next_one = phone.code(), phone.code(-1), phone.code(1)
    assert proves("rosa.worker", now)
    assert not proves("rosa.worker", now)
    assert not proves("rosa.worker", before)
    assert proves("rosa.worker", next_one)


@pytest.mark.django_db
@pytest.mark.parametrize("half_minutes", [-3, -2, 2, 3])
def test_a_code_of_another_time_does_not_count(half_minutes):
    rosa = somebody()
    phone = phone_of(rosa)
    assert not proves("rosa.worker", phone.code(half_minutes))


@pytest.mark.django_db
def test_the_code_of_somebody_else_does_not_count():
    somebody()
    phone_of(somebody("other.worker"))
    rosa = somebody("third.worker")
    phone_of(rosa)
    assert not proves("third.worker", phone_of(somebody("fourth.worker")).code())


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_code_at_once_are_not_both_let_in():
    rosa = somebody()
    code, at = phone_of(rosa).code(), timezone.now()
    taken: list[str | None] = []
    start = threading.Barrier(6)

    def use() -> None:
        start.wait()
        taken.append(actions.use_code(rosa, typed=code, by=rosa, at=at))
        connection.close()

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=str) == [None] * 5 + ["totp"]


@pytest.mark.django_db
def test_a_recovery_code_counts_once():
    rosa = somebody()
    phone_of(rosa)
    code = factors_of(rosa).recovery_codes[3]
    assert proves("rosa.worker", f"{code[:4]} {code[4:]}")
    assert not proves("rosa.worker", code)
    assert len(factors_of(rosa).recovery_codes) == 9
    assert code not in factors_of(rosa).recovery_codes


@pytest.mark.django_db
def test_new_recovery_codes_end_the_old_ones():
    rosa = somebody()
    client = signs_in(rosa, phone_of(rosa))
    old = factors_of(rosa).recovery_codes
    client.post("/account/recovery-codes")
    assert not set(old) & set(factors_of(rosa).recovery_codes)
    assert not proves("rosa.worker", old[0])
    assert proves("rosa.worker", factors_of(rosa).recovery_codes[0])


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abcdef", "１２３４５６", "'; --", "0" * 40, "\x00"])
def test_what_is_no_code_is_refused_in_words(typed):
    rosa = somebody()
    phone_of(rosa)
    client = Client()
    gives_password(client, "rosa.worker")
    answer = client.post(SECOND_PROOF, {"code": typed})
    assert answer.status_code == 200
    assert 'href="#id_code"' in answer.content.decode()
    assert not is_signed_in(client)


CHANGES = [
    "/account/password",
    "/account/recovery-codes",
    "/account/set-up",
    "/account/set-up/app",
    "/account/set-up/passkey",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", CHANGES)
def test_changes_ask_for_a_code_again_after_ten_minutes(path):
    rosa = somebody()
    phone, client = phone_of(rosa), signed_in(rosa)
    assert client.get(path, headers={"host": "localhost"}).status_code == 200
    earlier(client, proof=10)
    answer = client.get(path)
    assert answer["Location"] == f"/account/confirm?next={path.replace('/', '%2F')}"
    answer = client.post("/account/confirm", {"code": phone.code(), "next": path})
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert client.get(path, headers={"host": "localhost"}).status_code == 200


@pytest.mark.django_db
def test_sending_a_change_without_a_code_changes_nothing():
    rosa = somebody()
    phone_of(rosa)
    client = signed_in(rosa)
    earlier(client, proof=10)
    before = (factors_of(rosa), rosa.password)
    client.post("/account/recovery-codes")
    client.post("/account/password", {"password": "another set of words"})
    client.post("/account/set-up/app", {"code": "123456"})
    rosa.refresh_from_db()
    assert (factors_of(rosa), rosa.password) == before


@pytest.mark.django_db
def test_replacing_the_app_ends_the_old_one():
    rosa = somebody()
    old, client = phone_of(rosa), signed_in(rosa)
    page = client.get("/account/set-up/app").content.decode()
    new = Phone(page.split('onestory-secret">')[1].split("<")[0].replace(" ", ""))
    assert client.post("/account/set-up/app", {"code": new.code()})["Location"] == "/account/"
    assert not proves("rosa.worker", old.code())
    assert proves("rosa.worker", new.code(1))
    assert Authenticator.objects.filter(user=rosa, type="totp").count() == 1


@pytest.mark.django_db
def test_starting_over_ends_everything_and_begins_with_a_link():
    rosa = somebody()
    phone = phone_of(rosa)
    client = signs_in(rosa, phone)
    token = actions.start_over(rosa, by=None, at=timezone.now())
    assert not is_signed_in(client)
    assert not factors_of(rosa).any
    fresh = Client()
    assert gives_password(fresh, "rosa.worker").status_code == 200
    fresh.post("/account/first-time", {"key": token, "password": "another set of words"})
    assert fresh.get(SECOND_PROOF)["Location"] == "/account/set-up"


@pytest.mark.django_db
def test_the_own_page_says_what_is_set_up():
    rosa = somebody()
    client = signs_in(rosa, phone_of(rosa))
    page = client.get("/account/").content.decode()
    assert "10 codes left" in page
    assert "Replace" in page


@pytest.mark.django_db
def test_a_changed_secret_key_keeps_second_factors_as_long_as_the_former_one_is_named(settings, caplog):
    rosa = somebody()
    phone = phone_of(rosa)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret key"
    assert not proves("rosa.worker", phone.code())
    assert not proves("rosa.worker", "12345678")
    assert "a secret key that the program does not have" in caplog.text
    assert Client().get("/account/sign-in").status_code == 200
    settings.SECRET_KEY_FALLBACKS = [former]
    assert proves("rosa.worker", phone.code())
