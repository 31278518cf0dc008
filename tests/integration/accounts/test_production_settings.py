"""The settings as they are in earnest: Django's own check for deployment finds nothing, cookies stay with the host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EARNEST = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ONESTORY_HTTPS": "1",
    "ONESTORY_BEHIND_PROXY": "1",
    "ONESTORY_HOSTS": "onestory.example",
    "DATABASE_URL": "postgresql://onestory_app@db.example/onestory",
    "ONESTORY_MAIL": "smtp://mail.example",
}
ONE_REQUEST = """
import json, django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.middleware.security import SecurityMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import RequestFactory
settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

def page(request):
    request.session["something"] = 1
    get_token(request)
    return HttpResponse("page")

chain = SecurityMiddleware(SessionMiddleware(CsrfViewMiddleware(page)))
secure = chain(RequestFactory().get("/", HTTP_HOST="onestory.example", HTTP_X_FORWARDED_PROTO="https"))
plain = chain(RequestFactory().get("/", HTTP_HOST="onestory.example"))
print(json.dumps({
    "cookies": {name: dict(one.items()) for name, one in secure.cookies.items()},
    "headers": dict(secure.items()), "plain": [plain.status_code, plain["Location"]],
}))
"""


def in_earnest(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **EARNEST, "ONESTORY_DATA": str(tmp_path)}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_the_check_for_deployment_finds_nothing(tmp_path):
    answer = in_earnest(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
    assert "System check identified no issues (0 silenced)." in answer.stdout


def test_the_check_can_fail(tmp_path):
    environment = {**os.environ, **EARNEST, "ONESTORY_DATA": str(tmp_path), "ONESTORY_HTTPS": "0"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "SESSION_COOKIE_SECURE" in answer.stderr


@pytest.fixture(scope="module")
def answered(tmp_path_factory) -> dict:
    answer = in_earnest(tmp_path_factory.mktemp("earnest"), "-c", ONE_REQUEST)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize("name", ["__Host-session", "__Host-csrf"])
def test_cookies_are_tied_to_the_host_and_to_https(answered, name):
    cookie = answered["cookies"][name]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_there_are_no_other_cookies(answered):
    assert set(answered["cookies"]) == {"__Host-session", "__Host-csrf"}


def test_plain_http_is_sent_to_https_for_good(answered):
    assert answered["plain"] == [301, "https://onestory.example/"]
    assert answered["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
