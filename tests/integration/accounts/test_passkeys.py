"""Passkeys: made, used, and every forged answer refused."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from onestory.platform.access.models import User
from onestory.platform.accounts.passkeys import possible_at
from onestory.platform.accounts.queries import factors_of
from tests.integration.accounts.place import (
    SECOND_PROOF,
    earlier,
    gives_password,
    is_signed_in,
    phone_of,
    signed_in,
    somebody,
)
from tests.integration.accounts.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
SET_UP = "/account/set-up/passkey"


@pytest.fixture(autouse=True)
def at_a_host_with_a_name(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "evil.example"]


def browser() -> Client:
    return Client(HTTP_HOST="localhost")


def asked(client: Client, path: str) -> dict:
    """What the page asks of the browser."""
    page = client.get(path).content.decode()
    found = re.search(r"data-onestory-passkey-options[^>]*>(.*?)</script>", page, re.S)
    assert found, page
    return json.loads(unescape(found[1]))


def sends(client: Client, path: str, credential: object, **more: str):
    return client.post(path, {"credential": json.dumps(credential), **more})


def with_passkey(user: User) -> SoftPasskey:
    """Set one up on the way in."""
    client, passkey = browser(), SoftPasskey()
    gives_password(client, user.username)
    answer = sends(client, SET_UP, passkey.made(asked(client, SET_UP)), name="work phone")
    assert answer["Location"].startswith("/account/recovery-codes"), answer.content.decode()
    assert is_signed_in(client)
    return passkey


def test_a_passkey_is_set_up_and_signs_in():
    rosa = somebody()
    passkey = with_passkey(rosa)
    assert [one.name for one in factors_of(rosa).passkeys] == ["work phone"]
    assert len(factors_of(rosa).recovery_codes) == 10
    client = browser()
    gives_password(client, "rosa.worker", next="/rules")
    answer = sends(client, SECOND_PROOF, passkey.used(asked(client, SECOND_PROOF)))
    assert answer["Location"] == "/rules"
    assert is_signed_in(client)
    assert factors_of(rosa).passkeys[0].used_at is not None


def test_a_challenge_counts_once_and_belongs_to_its_session():
    rosa = somebody()
    passkey = with_passkey(rosa)
    client, other = browser(), browser()
    for one in (client, other):
        gives_password(one, "rosa.worker")
    answer = passkey.used(asked(client, SECOND_PROOF))
    assert sends(other, SECOND_PROOF, answer).status_code == 200
    assert sends(client, SECOND_PROOF, answer).status_code == 302
    client.post("/sign-out")
    gives_password(client, "rosa.worker")
    client.get(SECOND_PROOF)
    assert sends(client, SECOND_PROOF, answer).status_code == 200
    assert not is_signed_in(client)


def test_a_failed_answer_uses_its_challenge_up():
    passkey = with_passkey(somebody())
    client = browser()
    gives_password(client, "rosa.worker")
    options = asked(client, SECOND_PROOF)
    sends(client, SECOND_PROOF, passkey.used(options, key=ec.generate_private_key(ec.SECP256R1())))
    assert sends(client, SECOND_PROOF, passkey.used(options)).status_code == 200
    assert not is_signed_in(client)


FORGED = [
    {"key": ec.generate_private_key(ec.SECP256R1())},
    {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    {"origin": "https://evil.example"},
    {"origin": "http://localhost.evil.example"},
    {"host": "evil.example"},
    {"flags_off": 0x01},
]


@pytest.mark.parametrize("wrong", FORGED, ids=lambda one: next(iter(one)))
def test_a_forged_answer_is_refused_in_words(wrong):
    passkey = with_passkey(somebody())
    client = browser()
    gives_password(client, "rosa.worker")
    answer = sends(client, SECOND_PROOF, passkey.used(asked(client, SECOND_PROOF), **wrong))
    assert answer.status_code == 200
    assert "The passkey was not accepted" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_passkey_of_somebody_else_is_refused():
    somebody()
    phone_of(somebody("other.worker"))
    passkey = with_passkey(User.objects.get(username="rosa.worker"))
    other = with_passkey(somebody("third.worker"))
    client = browser()
    gives_password(client, "rosa.worker")
    assert sends(client, SECOND_PROOF, other.used(asked(client, SECOND_PROOF))).status_code == 200
    assert sends(client, SECOND_PROOF, passkey.used(asked(client, SECOND_PROOF))).status_code == 302


def answer_with(**response: str) -> dict:
    return {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": response}


NOT_ANSWERS: list[object] = [
    None,
    1,
    "x",
    [],
    {},
    {"id": 1},
    answer_with(),
    answer_with(clientDataJSON="!", attestationObject="!"),
    answer_with(clientDataJSON="YQ", attestationObject="YQ", authenticatorData="YQ", signature="YQ"),
]


@pytest.mark.parametrize("credential", NOT_ANSWERS, ids=str)
def test_what_is_no_answer_at_all_is_refused_in_words(credential):
    with_passkey(somebody())
    for path in (SECOND_PROOF, "/account/confirm", SET_UP):
        client = signed_in(User.objects.get(), HTTP_HOST="localhost") if path != SECOND_PROOF else browser()
        if path == SECOND_PROOF:
            gives_password(client, "rosa.worker")
        client.get(path)
        answer = sends(client, path, credential, name="x")
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    assert client.post(SET_UP, {"credential": "{not json", "name": "x"}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.parametrize("wrong", FORGED[1:], ids=lambda one: next(iter(one)))
def test_a_forged_registration_is_refused(wrong):
    rosa = somebody()
    client = browser()
    gives_password(client, "rosa.worker")
    answer = sends(client, SET_UP, SoftPasskey().made(asked(client, SET_UP), **wrong), name="x")
    assert answer.status_code == 200
    assert not factors_of(rosa).any
    assert not is_signed_in(client)


def test_a_passkey_needs_a_name():
    somebody()
    client = browser()
    gives_password(client, "rosa.worker")
    page = sends(client, SET_UP, SoftPasskey().made(asked(client, SET_UP)), name="").content.decode()
    assert 'href="#id_name"' in page
    assert 'id="id_name"' in page


def test_the_only_second_factor_cannot_be_removed_another_can():
    rosa = somebody()
    with_passkey(rosa)
    client = signed_in(rosa, HTTP_HOST="localhost")
    number = factors_of(rosa).passkeys[0].id
    assert "cannot be removed" in client.get(f"/account/passkeys/{number}/remove").content.decode()
    client.post(f"/account/passkeys/{number}/remove")
    assert len(factors_of(rosa).passkeys) == 1
    sends(client, SET_UP, SoftPasskey().made(asked(client, SET_UP)), name="key ring")
    assert client.post(f"/account/passkeys/{number}/remove")["Location"] == "/account/"
    assert [one.name for one in factors_of(rosa).passkeys] == ["key ring"]


def test_nobody_removes_the_passkey_of_somebody_else():
    rosa = somebody()
    with_passkey(rosa)
    other = somebody("other.worker")
    phone_of(other)
    with_two = signed_in(other, HTTP_HOST="localhost")
    sends(with_two, SET_UP, SoftPasskey().made(asked(with_two, SET_UP)), name="mine")
    number = factors_of(rosa).passkeys[0].id
    assert with_two.get(f"/account/passkeys/{number}/remove")["Location"] == "/account/"
    with_two.post(f"/account/passkeys/{number}/remove")
    assert len(factors_of(rosa).passkeys) == 1


def test_a_passkey_confirms_changes_too():
    rosa = somebody()
    passkey = with_passkey(rosa)
    client = signed_in(rosa, HTTP_HOST="localhost")
    earlier(client, proof=10)
    answer = sends(
        client, "/account/confirm", passkey.used(asked(client, "/account/confirm")), next="/account/password"
    )
    assert answer["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_at_an_address_that_is_a_number_passkeys_are_not_offered():
    assert all(map(possible_at, ["localhost:8000", "onestory.example", "10.example"]))
    assert not any(map(possible_at, ["127.0.0.1:8000", "[::1]:8000", "[::1]"]))
    with_passkey(somebody())
    client = Client(HTTP_HOST="127.0.0.1:8000")
    gives_password(client, "rosa.worker")
    page = client.get(SECOND_PROOF).content.decode()
    assert "Your passkey cannot be used at this address" in page
    assert "data-onestory-passkey-options" not in page


def test_what_a_browser_keeps_of_a_person_says_nothing():
    rosa = somebody(email="rosa@harbour.example")
    client = browser()
    gives_password(client, "rosa.worker")
    entity = asked(client, SET_UP)["publicKey"]["user"]
    assert "harbour" not in json.dumps(entity)
    assert entity["name"] == "rosa.worker"
    assert rosa.username not in entity["id"]
