"""`onestory serve`: the pages, over HTTP."""

from __future__ import annotations

import os
import socket
from typing import Any

import click

from onestory.command_line.surroundings import database_running, set_up_django

THREADS = 4
SECONDS_TO_ASK = 10
"""How long a connection from the proxy may hold a place in one of several processes before its request is there."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="How many processes answer.")
def serve_command(host: str, port: int, processes: int) -> None:
    """Serve the pages until Ctrl-C. Listens on this machine only unless told otherwise."""
    os.environ["ONESTORY_LISTEN_ON"] = host
    os.environ.setdefault("ONESTORY_DATABASE_POOL", str(THREADS))
    with database_running():
        set_up_django()
        from onestory.command_line.readiness import refuse_unready

        refuse_unready()
        _serve(host, port, processes)


def _serve(host: str, port: int, processes: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from config.environment import flag

    one_queue = processes > 1 and flag("ONESTORY_BEHIND_PROXY")
    (_first_come_first_served() if one_queue else Server)(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        # An address line may hold what somebody searched for.
        log_access=False,
        **(_taking_what_can_be_answered() if one_queue else {}),
    ).serve()


def _first_come_first_served() -> Any:
    """A server whose processes take from one listening socket.

    As shipped each listens on a socket of its own, and the system deals connections out by chance: under load some
    wait behind a long queue while another process has a short one, and one in twenty waits twice as long as the others.
    """
    from granian.server import Server

    class OneQueue(Server):  # type: ignore[valid-type, misc]
        _shd: Any
        _ssp: Any

        def _init_shared_socket(self) -> None:
            super()._init_shared_socket()
            if self._shd is None:
                self._shd, self._ssp = self._ssp.build(), None
                self._sfd = self._shd.get_fd()
                self._sso = socket.socket(fileno=self._sfd)
                self._sso.set_inheritable(True)

    return OneQueue


def _taking_what_can_be_answered() -> dict[str, Any]:
    """Each process takes a connection when it has somebody to answer it, and one request with each.

    Only behind a proxy: it hands on whole requests. Browsers open connections that they do not use yet, and each would
    hold a place.
    """
    from granian.http import HTTP1Settings

    once = HTTP1Settings(keep_alive=False, header_read_timeout=SECONDS_TO_ASK * 1000)
    return {"backpressure": THREADS, "http1_settings": once}
