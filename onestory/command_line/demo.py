"""`onestory demo`: everything up with invented families, for a look round."""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import click

from config.environment import data_folder
from onestory.command_line.assets import build_assets
from onestory.command_line.children import Children
from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import database_running, set_up_django
from onestory.platform.demonstration.guard import mark_as_demonstration, may_become_demonstration

HOST = "127.0.0.1"
USUAL_PORT = 8000
PORTS_TO_TRY = 50
PATIENCE = 60.0


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(1, 65535), help=f"The port to serve on.  [default: {USUAL_PORT}, or the next]"
)
@click.option("--once", is_flag=True, help="Prepare everything, then end.")
@click.option(
    "--partnership",
    is_flag=False,
    flag_value=7_000,
    type=click.IntRange(10, 1_000_000),
    metavar="[CHILDREN]",
    help="Load an invented partnership too, of 7,000 children or as many as are given.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="With --partnership: which families.")
def demo_command(port: int | None, once: bool, partnership: int | None, seed: int) -> None:
    """Start the database, load the demonstration, serve the pages; Ctrl-C stops it all. May be run again.

    Everyone in it is invented, or stands in a published review under a letter. Anyone at this machine may sign in.
    """
    os.environ |= {"ONESTORY_DEMO": "1", "ONESTORY_LISTEN_ON": HOST}
    data = _own_folder()
    with _only_one(data):
        children = Children(data / "demonstration-processes.json")
        children.end_left_over()
        port = _free_port(port)
        build_assets()
        with database_running():
            _prepare(children, partnership, seed)
            if not once:
                _run(children, port)


def _own_folder() -> Path:
    if os.environ.get("DATABASE_URL"):
        raise Plainly("The demonstration uses a database of its own. Unset DATABASE_URL and run this again.")
    data = data_folder()
    if not may_become_demonstration(data):
        data = data.with_name(f"{data.name}-demonstration")
        os.environ["ONESTORY_DATA"] = str(data)
        click.echo(f"demo: there is other data here already; the demonstration keeps its own in {data.name}")
    try:
        mark_as_demonstration(data)
    except FileExistsError as problem:
        raise Plainly(str(problem)) from problem
    return data


@contextlib.contextmanager
def _only_one(data: Path) -> Iterator[None]:
    with open(data / "demonstration-lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Plainly(f"A demonstration is already running from {data}.") from problem
        yield


def _prepare(children: Children, partnership: int | None, seed: int) -> None:
    """Tables, families, the people who can sign in, and everything that the import queued done."""
    set_up_django()
    from django.core.management import call_command

    from onestory.command_line.demonstration_data import load_demonstration, load_partnership
    from onestory.command_line.readiness import refuse_unready

    click.echo("demo: bringing the tables up to date")
    call_command("migrate", interactive=False, verbosity=0)
    refuse_unready()
    load_demonstration()
    if partnership is not None:
        load_partnership(data_folder() / "partnership", children=partnership, seed=seed)
    click.echo("demo: reading the stories (the work that the import queued)")
    children.run("worker", "worker", "--once")


def _run(children: Children, port: int) -> None:
    try:
        children.start("worker", "worker")
        children.start("web server", "serve", "--host", HOST, "--port", str(port))
        _wait_until_answering(children, port)
        _say_where(port)
        ended = children.wait()
        raise Plainly(f"The {ended} ended by itself; its last words are above. Everything else is stopped.")
    except KeyboardInterrupt:
        click.echo("\ndemo: stopping")
    finally:
        children.stop()


def _wait_until_answering(children: Children, port: int) -> None:
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        if name := children.ended():
            raise Plainly(f"The {name} did not start; its last words are above.")
        connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/sign-in")
            connection.getresponse()
            return
        time.sleep(0.2)
    raise Plainly(f"The web server did not answer within {PATIENCE:.0f} seconds.")


def _say_where(port: int) -> None:
    from onestory.command_line.demonstration_data import sign_in_names

    click.echo(f"\nOnestory is at http://{HOST}:{port}/\n\nSign in as any of:")
    for line in sign_in_names():
        click.echo(f"  {line}")
    click.echo("\nCtrl-C stops everything. What you enter is kept for the next time.")


def _free_port(wanted: int | None) -> int:
    """The wanted port; without a wish the usual one or the next that is free."""
    for port in [wanted] if wanted else range(USUAL_PORT, USUAL_PORT + PORTS_TO_TRY):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                attempt.bind((HOST, port))
                return port
    raise Plainly(f"Port {wanted or USUAL_PORT} is used by another program. Choose one with --port.")
