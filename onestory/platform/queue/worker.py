"""The worker: takes jobs from the queue and does them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import Error, connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

PAUSE = 1.0
"""Seconds until a worker whose database went away looks for it again."""
GONE = (ConnectorException, psycopg.Error, Error)
TOLD_TO_STOP = (signal.SIGINT, signal.SIGTERM)
log = logging.getLogger(__name__)


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
    """Do jobs until told to stop by SIGINT or SIGTERM; with `wait=False` until none is waiting.

    A worker that waits outlives its database: where that restarts, the worker looks for it until it is back.
    """
    if not wait:
        with worker_app() as running:
            running.run_worker(concurrency=concurrency, wait=False, listen_notify=False, install_signal_handlers=False)
        return
    while not asyncio.run(_work(concurrency)):
        log.warning("The database went away. The worker looks for it again.")
        time.sleep(PAUSE)


async def _work(concurrency: int) -> bool:
    """Do jobs until told to stop (True), or until the database went away (False).

    The library ends a worker in good order where one of its own tasks lost the database, so that ending alone does not
    say why: whether a signal came does.
    """
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in TOLD_TO_STOP:
        loop.add_signal_handler(one, told.set)
    with contextlib.suppress(*GONE):
        async with worker_app().open_async() as running:
            await _until(told, running.run_worker_async(concurrency=concurrency, **HOW))
    await sync_to_async(connections.close_all)()  # of the thread in which the clock's jobs are queued
    return told.is_set()


async def _until(told: asyncio.Event, work: Any) -> None:
    """Work until told to stop; jobs that are under way are finished."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(told.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if told.is_set():
        working.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


def over_a_connection_that_lives(job: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Before each job: a thread whose connection died with the database gets another, or all its jobs would fail."""
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
        if connection.connection is not None and not connection.in_atomic_block and not connection.is_usable():
            connection.close()
    return job()


HOW: dict[str, Any] = {
    "wait": True,
    "listen_notify": True,
    "install_signal_handlers": False,
    "task_middleware": [over_a_connection_that_lives],
}
