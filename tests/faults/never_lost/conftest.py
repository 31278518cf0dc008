"""Real processes that die, a real mail server on loopback, and time that passes for dead workers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from procrastinate.exceptions import AlreadyEnqueued

from onestory.platform.queue.jobs import SILENT_FOR, retry_jobs_of_dead_workers
from onestory.platform.queue.worker import run_worker

HOUSE = Path(__file__).resolve().parents[3]
CRASHES = int(os.environ.get("ONESTORY_TEST_CRASHES", "5"))
"""How often each failpoint is met; `make soak` asks for fifty."""


class Postbox:
    """The mail server's end: keeps what it was handed."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (the server calls it so)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 Kept"


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A mail server, and the program told of it."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.MAIL_IS_SET_UP = True
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 20},
        }
    }
    yield box
    server.stop()


class Nursery:
    """Where processes begin that will die."""

    def __init__(self, mail: dict[str, Any] | None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.never_lost.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOUSE,
        )
        keys = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
        database = {key: settings.DATABASES["default"][key] for key in keys}
        self.tell({"database": database, "mail": mail, "secret": settings.SECRET_KEY})
        assert "ready" in self.hear()

    def tell(self, what: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        heard: dict[str, Any] = json.loads(self.process.stdout.readline())
        return heard

    def dies(self, do: str, failpoint: str, **what: Any) -> None:
        """A process does it and is killed at the failpoint."""
        self.tell({"do": do, "failpoint": failpoint, **what})
        self.hear()
        assert self.hear()["signal"] == signal.SIGKILL, f"{do} did not come to “{failpoint}”"

    def is_killed_after(self, seconds: float, do: str) -> bool:
        """A process does it and is killed from outside, wherever it is by then; False: it was done before."""
        self.tell({"do": do})
        child = self.hear()["pid"]
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return bool(self.hear()["signal"])

    def begins(self, do: str, **what: Any) -> int:
        """A process begins to do it and goes on; its number. End it with `ends`."""
        self.tell({"do": do, **what})
        return int(self.hear()["pid"])

    def ends(self, child: int, by: signal.Signals) -> dict[str, Any]:
        """Send it a signal and see how it ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, by)
        return self.hear()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def nursery(transactional_db: None) -> Iterator[Nursery]:
    """Processes without a mail server."""
    made = Nursery(None)
    yield made
    made.close()


@pytest.fixture
def posting_nursery(transactional_db: None, postbox: Postbox) -> Iterator[Nursery]:
    """Processes that post to the mail server."""
    made = Nursery(settings.MAILERS["default"])
    yield made
    made.close()


@pytest.fixture
def recover(owner_connection: psycopg.Connection) -> Any:
    """Time passes, the sweep for dead workers runs, and a worker that lives does what there is."""

    def later() -> None:
        owner_connection.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)",
            [SILENT_FOR + 1],
        )
        with contextlib.suppress(AlreadyEnqueued):
            retry_jobs_of_dead_workers.defer(timestamp=0)
        run_worker(concurrency=1, wait=False)

    return later
