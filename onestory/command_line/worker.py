"""`onestory worker`: the queued work."""

from __future__ import annotations

import click

from onestory.command_line.surroundings import django_running


@click.command("worker")
@click.option("--concurrency", default=1, show_default=True, type=click.IntRange(1), help="How many jobs at once.")
@click.option("--once", is_flag=True, help="Do what is waiting, then end.")
def worker_command(concurrency: int, once: bool) -> None:
    """Do the queued work, and what config/schedule.py lists by the clock, until Ctrl-C."""
    with django_running():
        from onestory.command_line.readiness import refuse_unready
        from onestory.platform.queue.worker import run_worker

        refuse_unready()
        run_worker(concurrency=concurrency, wait=not once)
