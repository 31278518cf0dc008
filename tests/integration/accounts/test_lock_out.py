"""How often one may try: for an account, whether or not it exists, and from an address."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from onestory.platform.accounts import actions
from onestory.platform.accounts.attempts import ADDRESS, CODE, WINDOW
from onestory.platform.accounts.attempts import PASSWORD as PASSWORDS
from onestory.platform.accounts.jobs import clear_what_is_over
from onestory.platform.accounts.models import Attempts
from onestory.platform.accounts.policies import TooOften
from tests.integration.accounts.place import (
    PASSWORD,
    SECOND_PROOF,
    gives_password,
    is_signed_in,
    phone_of,
    somebody,
    without_what_always_differs,
)

TOO_OFTEN = "There have been too many tries. Wait 15 minutes, then try again"


def tries(username: str, times: int, password: str = "wrong words here") -> list[str]:
    """What the page says each time."""
    return [
        without_what_always_differs(gives_password(Client(), username, password).content).replace(username, "NAME")
        for _ in range(times)
    ]


@pytest.mark.django_db
def test_an_account_and_a_name_that_nobody_has_are_locked_alike():
    somebody()
    known, unknown = tries("rosa.worker", 12), tries("nobody.at.all", 12)
    assert known == unknown
    assert [TOO_OFTEN in page for page in known] == [False] * PASSWORDS.at_most + [True] * 2


@pytest.mark.django_db
def test_the_right_password_does_not_open_a_locked_account_until_it_is_unlocked():
    rosa = somebody()
    phone = phone_of(rosa)
    tries("rosa.worker", PASSWORDS.at_most)
    client = Client()
    assert TOO_OFTEN in gives_password(client, "rosa.worker").content.decode()
    time_passes(WINDOW)
    assert gives_password(client, "rosa.worker")["Location"] == SECOND_PROOF
    client.post(SECOND_PROOF, {"code": phone.code()})
    assert is_signed_in(client)


def time_passes(by: dt.timedelta) -> None:
    for row in Attempts.objects.all():
        Attempts.objects.filter(pk=row.pk).update(since_at=row.since_at - by)


@pytest.mark.django_db
def test_spelling_a_name_differently_gives_no_more_tries():
    somebody()
    for spelling in ("rosa.worker", "ROSA.worker", " rosa.worker ", "ｒosa.worker", "Rosa.Worker"):
        tries(spelling, 2)
    assert TOO_OFTEN in tries("rosa.worker", 1)[0]


@pytest.mark.django_db
def test_somebody_elses_tries_do_not_lock_out():
    somebody()
    tries("other.worker", 12)
    assert TOO_OFTEN not in tries("rosa.worker", 1)[0]


@pytest.mark.django_db
def test_an_address_is_locked_after_many_wrong_tries_under_many_names():
    at = timezone.now()
    for number in range(ADDRESS.at_most):
        actions.count_attempt(ADDRESS, name="127.0.0.1", by=None, at=at + dt.timedelta(seconds=number))
    assert TOO_OFTEN in tries("rosa.worker", 1)[0]
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert TOO_OFTEN not in gives_password(elsewhere, "rosa.worker", "wrong words here").content.decode()


@pytest.mark.django_db
def test_those_who_get_it_right_do_not_count_against_their_address():
    somebody()
    for _ in range(3):
        gives_password(Client(), "rosa.worker")
    counts = sorted(Attempts.objects.values_list("count", flat=True))
    assert counts == [0, 3]  # the address; the account, until the second proof is given


@pytest.mark.django_db
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    at = timezone.now()
    for _ in range(ADDRESS.at_most):
        actions.count_attempt(ADDRESS, name="192.0.2.9", by=None, at=at)
    forged: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": "203.0.113.5, 192.0.2.9", "REMOTE_ADDR": "10.0.0.1"}
    assert TOO_OFTEN in gives_password(Client(**forged), "rosa.worker", "x").content.decode()
    other: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": "192.0.2.9, 203.0.113.5", "REMOTE_ADDR": "10.0.0.1"}
    assert TOO_OFTEN not in gives_password(Client(**other), "rosa.worker", "x").content.decode()


@pytest.mark.django_db
def test_codes_are_guessed_five_times_at_most_in_however_many_browsers():
    rosa = somebody()
    phone = phone_of(rosa)
    for _ in range(CODE.at_most):
        client = Client()
        gives_password(client, "rosa.worker")
        assert TOO_OFTEN not in client.post(SECOND_PROOF, {"code": "000000"}).content.decode()
    client = Client()
    gives_password(client, "rosa.worker")
    assert TOO_OFTEN in client.post(SECOND_PROOF, {"code": phone.code()}).content.decode()
    assert not is_signed_in(client)


@pytest.mark.django_db
def test_signing_in_wholly_begins_counting_anew():
    rosa = somebody()
    phone = phone_of(rosa)
    tries("rosa.worker", PASSWORDS.at_most - 2)
    client = Client()
    gives_password(client, "rosa.worker")
    client.post(SECOND_PROOF, {"code": "000000"})
    assert Attempts.objects.filter(count__gte=PASSWORDS.at_most - 1).exists()
    client.post(SECOND_PROOF, {"code": phone.code()})
    assert [row.count for row in Attempts.objects.exclude(count=8)] == []


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_not_more_than_one_by_one():
    at, start, let_through = timezone.now(), threading.Barrier(16), []

    def try_once() -> None:
        start.wait()
        try:
            actions.count_attempt(CODE, name="somebody", by=None, at=at)
            let_through.append(1)
        except TooOften:
            pass
        connection.close()

    threads = [threading.Thread(target=try_once) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_through) == CODE.at_most


@pytest.mark.django_db
def test_nothing_tells_who_tried_and_old_tries_are_removed():
    tries("rosa.worker", 1)
    gives_password(Client(), "", PASSWORD)
    rows = list(Attempts.objects.all())
    assert len(rows) == 2
    assert not any("rosa" in row.key or "127" in row.key[:4] for row in rows)
    time_passes(WINDOW)
    clear_what_is_over(0)
    assert not Attempts.objects.exists()
