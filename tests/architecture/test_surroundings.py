"""What every test can rely on, itself tried."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings

from tests.before_django import FOLDER


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "8.8.8.8"])
def test_no_test_reaches_another_machine(address: str) -> None:
    with pytest.raises(PermissionError, match="this machine only"):
        socket.create_connection((address, 80), timeout=1)


def test_no_test_looks_another_machine_up() -> None:
    with pytest.raises(PermissionError, match="this machine only"):
        socket.getaddrinfo("example.org", 80)


def test_a_test_may_talk_to_itself() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        socket.create_connection(listening.getsockname(), timeout=5).close()


def test_nothing_is_kept_in_the_developers_own_data_folder() -> None:
    assert Path(os.environ["ONESTORY_DATA"]).is_relative_to(FOLDER)
    assert settings.DATA.is_relative_to(FOLDER)
    assert not settings.DEMO
