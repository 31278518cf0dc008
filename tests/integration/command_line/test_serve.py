"""`onestory serve` in several processes, while many ask at once: no process goes on in another's transaction.

Behind a proxy all take from one queue; otherwise each has its own, in which browsers may leave connections open.
"""

from __future__ import annotations

import http.client
import os
import select
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from onestory.command_line.serve import THREADS
from onestory.platform.access.models import User
from onestory.platform.database import roles

PEOPLE, TIMES, PROCESSES = 12, 10, 2


@pytest.fixture
def port(request: pytest.FixtureRequest, transactional_db: None, own_database: Any, tmp_path: Path) -> Iterator[int]:
    """Where the program answers, on this test's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    address = own_database.address(roles.APPLICATION)
    surroundings = {
        "DATABASE_URL": f"postgresql://{address.user}:{address.password}@{address.host}:{address.port}/{address.name}",
        "ONESTORY_DATA": str(tmp_path),
        "ONESTORY_SECRET_KEY": settings.SECRET_KEY,
        "ONESTORY_BEHIND_PROXY": getattr(request, "param", "0"),
    }
    command = [sys.executable, "-m", "onestory", "serve", "--port", str(port), "--processes", str(PROCESSES)]
    served = subprocess.Popen(command, env=os.environ | surroundings, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 180
    while not _listens(port):
        assert time.monotonic() < end, "The program does not listen."
        time.sleep(0.1)
    yield port
    served.terminate()
    served.wait(60)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def test_everybody_who_asks_at_once_is_answered(port: int) -> None:
    """Nobody has given a second proof: each request looks who asks, and leads to signing in."""
    people = [User.objects.create(username=f"person-{one}", display_name=f"Person {one}") for one in range(PEOPLE)]
    sessions = [_session(one) for one in people]
    with ThreadPoolExecutor(PEOPLE) as at_once:
        answers = list(at_once.map(lambda session: [_asks(port, session) for _ in range(TIMES)], sessions))
    assert Counter(one for given in answers for one in given) == {(302, "/sign-in?next=/"): PEOPLE * TIMES}


@pytest.mark.parametrize("port", ["1"], indirect=True)
def test_behind_a_proxy_every_process_takes_from_one_queue(port: int) -> None:
    """One socket listens, and no process takes more connections than it can answer: the others stay in the queue."""
    assert _sockets_that_listen(port) == 1
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(PROCESSES * THREADS)]
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=180)) as line:
        line.request("GET", "/")
        readable, _, _ = select.select([line.sock], [], [], 2)
        assert not readable  # every place is held
        idle.pop().close()
        assert line.getresponse().status == 302  # to signing in
    for one in idle:
        one.close()


def _sockets_that_listen(port: int) -> int:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(state == "0A" and int(local.rpartition(":")[2], 16) == port for _, local, _, state, *_ in lines)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _asks(port: int, session: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=180)) as line:
        line.request("GET", "/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers["Location"]
