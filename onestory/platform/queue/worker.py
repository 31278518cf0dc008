"""The worker: takes jobs from the queue and does them."""

from __future__ import annotations

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def worker_app() -> App:
    """The app that a worker runs: the same jobs, taken from the queue over a connection of the worker's own.

    The jobs themselves still belong to Django's app. What a job queues is therefore queued in the job's own
    transaction, and a job that fails half-way leaves nothing behind; with the library's `replace_connector` it would.
    """
    assert isinstance(app.connector, DjangoConnector)
    made = App(connector=app.connector.get_worker_connector(), worker_defaults=app.worker_defaults)
    made.tasks = app.tasks
    made.periodic_registry = app.periodic_registry
    return made


def run_worker(*, concurrency: int, wait: bool = True) -> None:
    """Do jobs until told to stop by SIGINT or SIGTERM; with `wait=False` until none is waiting."""
    with worker_app() as running:
        running.run_worker(concurrency=concurrency, wait=wait, listen_notify=wait, install_signal_handlers=wait)
