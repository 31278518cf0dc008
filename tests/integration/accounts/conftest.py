from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.integration.accounts.providers import PROCESS, Provider


@pytest.fixture(autouse=True)
def in_earnest(settings):
    """No test here runs in demonstration mode unless it switches it on; signing in is this folder's."""
    settings.DEMO = False
    settings.LOGIN_URL = "/account/sign-in"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider in a process of its own."""
    with subprocess.Popen(
        [sys.executable, str(PROCESS)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield Provider(int(process.stdout.readline()))
        process.terminate()
