"""A link with which somebody chooses a password: once, for three days, and never in place of the second factor."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from onestory.platform.accounts import actions
from onestory.platform.accounts.models import Invitation
from onestory.platform.accounts.policies import LinkNotValid
from onestory.platform.agencies.models import Membership
from tests.integration.accounts.place import (
    SECOND_PROOF,
    gives_password,
    is_signed_in,
    phone_of,
    signed_in,
    somebody,
    without_what_always_differs,
)

NEW = "another set of words"


def link_for(user, ago: dt.timedelta = dt.timedelta()) -> str:
    return actions.invite(user, by=None, at=timezone.now() - ago)


def looks_at(token: str) -> tuple[int, str]:
    answer = Client().get(f"/account/first-time?key={token}")
    return answer.status_code, without_what_always_differs(answer.content)


def chooses(client: Client, token: str, password: str = NEW):
    return client.post("/account/first-time", {"key": token, "password": password})


@pytest.mark.django_db
def test_a_link_sets_a_password_and_leads_to_the_second_factor():
    rosa = somebody()
    token, client = link_for(rosa), Client()
    assert looks_at(token)[0] == looks_at(token)[0] == 200  # looking at it does not use it up
    assert chooses(client, token)["Location"] == SECOND_PROOF
    assert client.get(SECOND_PROOF)["Location"] == "/account/set-up"
    assert not is_signed_in(client)
    assert gives_password(Client(), "rosa.worker", NEW).status_code == 302


@pytest.mark.django_db
def test_a_link_does_not_replace_the_second_factor():
    rosa = somebody()
    phone_of(rosa)
    client = Client()
    chooses(client, link_for(rosa))
    assert client.get(SECOND_PROOF).status_code == 200
    assert client.get("/account/set-up/app")["Location"] == SECOND_PROOF


@pytest.mark.django_db
def test_links_that_do_not_work_all_look_alike():
    rosa = somebody()
    used = link_for(rosa)
    chooses(Client(), used)
    replaced = link_for(rosa)
    old = link_for(rosa, ago=dt.timedelta(days=3))
    left = somebody("left.long.ago")
    of_leaver = link_for(left)
    Membership.objects.filter(user=left).update(until_on=dt.date(2021, 1, 1))
    told = {looks_at(token) for token in (used, replaced, old, of_leaver, "", "x", "\x00", "é" * 300)}
    assert len(told) == 1
    assert told.pop()[0] == 404


@pytest.mark.django_db
def test_trying_links_is_counted():
    for _ in range(30):
        looks_at("x")
    assert "too many tries" in looks_at("x")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["short", "password1234", "rosa.worker1", "123456789012", ""])
def test_weak_passwords_are_refused_and_the_link_stays(weak):
    rosa = somebody()
    token = link_for(rosa)
    answer = chooses(Client(), token, weak)
    assert answer.status_code == 200
    assert 'href="#id_password"' in answer.content.decode()
    assert Invitation.objects.get().used_at is None
    with pytest.raises(ValidationError):
        actions.accept_invitation(token, password=weak or "x", by=None, at=timezone.now())
    assert Invitation.objects.get().used_at is None


@pytest.mark.django_db
def test_only_the_links_digest_is_kept():
    token = link_for(somebody())
    assert token not in str(list(Invitation.objects.values()))


@pytest.mark.django_db
def test_who_is_signed_in_in_the_same_browser_is_signed_out():
    admin, rosa = somebody("gwen.admin"), somebody()
    client = signed_in(admin)
    chooses(client, link_for(rosa))
    assert "_auth_user_id" not in client.session
    assert client.get(SECOND_PROOF)["Location"] == "/account/set-up"


@pytest.mark.django_db(transaction=True)
def test_two_who_use_a_link_at_once_do_not_both_set_a_password():
    rosa = somebody()
    token, start, outcomes = link_for(rosa), threading.Barrier(2), []

    def use(password: str) -> None:
        start.wait()
        try:
            actions.accept_invitation(token, password=password, by=None, at=timezone.now())
            outcomes.append("set")
        except LinkNotValid:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=use, args=[f"{NEW} {number}"]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "set"]
