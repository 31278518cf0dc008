"""`onestory worker`: the queued work."""

from __future__ import annotations

import os

import click

from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import django_running
from onestory.platform.database.addresses import SIGNS_IN_AS_WORKER


@click.command("worker")
@click.option("--concurrency", default=1, show_default=True, type=click.IntRange(1), help="How many jobs at once.")
@click.option("--once", is_flag=True, help="Do what is waiting, then end.")
def worker_command(concurrency: int, once: bool) -> None:
    """Do the queued work, and what config/schedule.py lists by the clock, until Ctrl-C."""
    os.environ[SIGNS_IN_AS_WORKER] = "1"
    with django_running():
        from onestory.command_line.readiness import refuse_unready
        from onestory.platform.queue.worker import run_worker

        refuse_unready()
        _refuse_without_own_login()
        run_worker(concurrency=concurrency, wait=not once)


def _refuse_without_own_login() -> None:
    """Only the worker's own role may take the sealer's, so the audit would go unsealed under another."""
    if os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_WORKER_URL"):
        raise Plainly("Set DATABASE_WORKER_URL: the worker signs in to the database under a role of its own.")
