"""Accounts with password and second factor included: in a demonstration, and nowhere else."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from onestory.command_line.demo_code import demo_code_command
from onestory.command_line.errors import Plainly
from onestory.platform.access.models import User
from onestory.platform.accounts.demonstration import PASSWORD, code_now, prepare_account
from onestory.platform.demonstration.guard import mark_as_demonstration
from tests.integration.accounts.place import SECOND_PROOF, gives_password, is_signed_in, phone_of, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    """This is a demonstration."""
    settings.DEMO, settings.DATA, settings.LISTEN_ON = True, tmp_path / "demo", "127.0.0.1"
    mark_as_demonstration(settings.DATA)


def newcomer() -> User:
    user = somebody()
    User.objects.update(password="!")
    user.refresh_from_db()
    return user


def test_a_prepared_account_signs_in_with_what_is_printed_and_shown(demonstration):
    rosa, client = newcomer(), Client()
    prepare_account(rosa, by=None, at=timezone.now())
    assert PASSWORD in client.get("/account/sign-in").content.decode()
    gives_password(client, "rosa.worker", PASSWORD)
    page = client.get(SECOND_PROOF).content.decode()
    code = code_now(rosa, timezone.now())
    assert f"The code for this person is {code} now" in page
    client.post(SECOND_PROOF, {"code": code})
    assert is_signed_in(client)


def test_somebody_can_come_back_at_once(demonstration):
    rosa = newcomer()
    prepare_account(rosa, by=None, at=timezone.now())
    for _ in range(2):
        client = Client()
        gives_password(client, "rosa.worker", PASSWORD)
        client.post(SECOND_PROOF, {"code": code_now(rosa, timezone.now())})
        assert is_signed_in(client)


def test_preparing_twice_changes_nothing(demonstration):
    rosa = newcomer()
    prepare_account(rosa, by=None, at=timezone.now())
    before = (rosa.password, list(Authenticator.objects.values_list("pk", "data")))
    prepare_account(rosa, by=None, at=timezone.now())
    assert (rosa.password, list(Authenticator.objects.values_list("pk", "data"))) == before


@pytest.mark.parametrize("missing", ["switch", "mark", "loopback", "own database"])
def test_elsewhere_nothing_is_prepared_and_no_code_is_told(demonstration, settings, tmp_path, monkeypatch, missing):
    rosa = newcomer()
    phone = phone_of(rosa)
    if missing == "switch":
        settings.DEMO = False
    elif missing == "mark":
        settings.DATA = tmp_path / "another"
    elif missing == "loopback":
        settings.LISTEN_ON = "0.0.0.0"
    else:
        monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/real")
    with pytest.raises(RuntimeError, match="in a demonstration only"):
        prepare_account(rosa, by=None, at=timezone.now())
    assert code_now(rosa, timezone.now()) is None
    assert PASSWORD not in Client().get("/account/sign-in").content.decode()
    rosa.set_password("another set of words")
    rosa.save()
    client = Client()
    gives_password(client, "rosa.worker", "another set of words")
    page = client.get(SECOND_PROOF).content.decode()
    assert "In this demonstration" not in page
    assert phone.code() not in page


def test_the_command_tells_no_code_where_there_is_no_demonstration(tmp_path, monkeypatch):
    monkeypatch.setenv("ONESTORY_DATA", str(tmp_path))
    answer = CliRunner().invoke(demo_code_command, ["rosa.worker"])
    assert isinstance(answer.exception, Plainly)
    assert "There is no demonstration here" in str(answer.exception)


def test_nor_over_a_database_that_may_hold_real_people(tmp_path, monkeypatch):
    mark_as_demonstration(tmp_path / "demo")
    monkeypatch.setenv("ONESTORY_DATA", str(tmp_path / "demo"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/real")
    answer = CliRunner().invoke(demo_code_command, ["rosa.worker"])
    assert isinstance(answer.exception, Plainly)
    assert "DATABASE_URL" in str(answer.exception)
