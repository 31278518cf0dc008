"""Demonstration sign-in anywhere else: the check is an error, the web process does not load, callers are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from onestory.platform.demonstration.guard import mark_as_demonstration
from onestory.platform.demonstration.middleware import AnswerThisMachineOnly


def errors() -> list[str]:
    return [str(message.msg) for message in run_checks() if message.id == "demonstration.E001"]


def test_the_check_is_silent_without_demonstration_sign_in(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA, settings.LISTEN_ON = False, tmp_path, "0.0.0.0"
    assert errors() == []


def test_the_check_is_silent_in_a_demonstration(settings: Settings, tmp_path: Path) -> None:
    mark_as_demonstration(tmp_path)
    settings.DEMO, settings.DATA, settings.LISTEN_ON = True, tmp_path, "127.0.0.1"
    assert errors() == []


def test_the_check_names_every_reason(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA, settings.LISTEN_ON = True, tmp_path, "0.0.0.0"
    assert len(errors()) == 2


@pytest.mark.parametrize(("marked", "listen_on"), [(False, "127.0.0.1"), (True, "0.0.0.0")])
def test_no_server_of_any_make_can_load_the_program(tmp_path: Path, marked: bool, listen_on: str) -> None:
    if marked:
        mark_as_demonstration(tmp_path)
    environment = os.environ | {
        "ONESTORY_DEMO": "1",
        "ONESTORY_DATA": str(tmp_path),
        "ONESTORY_LISTEN_ON": listen_on,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    answer = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"], env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert "Demonstration sign-in is switched on, but" in answer.stderr


@pytest.mark.parametrize(
    ("demo", "caller", "answered"),
    [
        (True, "127.0.0.1", True),
        (True, "::1", True),
        (True, "192.0.2.7", False),
        (True, "", False),
        (False, "192.0.2.7", True),
    ],
)
def test_a_demonstration_answers_this_machine_only(settings: Settings, demo: bool, caller: str, answered: bool) -> None:
    settings.DEMO = demo
    answer = AnswerThisMachineOnly(lambda _: HttpResponse("page"))(RequestFactory().get("/", REMOTE_ADDR=caller))
    assert (answer.status_code == 200) is answered
