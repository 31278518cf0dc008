"""`onestory serve`: the pages, over HTTP."""

from __future__ import annotations

import os

import click

from onestory.command_line.surroundings import database_running, set_up_django

THREADS = 4


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

    Server(
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
    ).serve()
