"""What a command needs around it: the database running, Django set up."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from config.environment import data_folder
from onestory.platform.database.addresses import server_of


@contextlib.contextmanager
def database_running() -> Iterator[None]:
    """Have a database while the block runs: the one that DATABASE_URL names, or our own, started if need be."""
    server = server_of(data_folder(), os.environ)
    with contextlib.nullcontext() if server is None else server.in_use():
        yield


def set_up_django() -> None:
    """Load settings and models. Call it when the database is running: its port is read from the data folder."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@contextlib.contextmanager
def django_running() -> Iterator[None]:
    """Database and Django, as most commands need them; leaves no connection behind."""
    with database_running():
        set_up_django()
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()


def bring_own_tables_up_to_date() -> None:
    """Migrate our own database; a server that DATABASE_URL names is its administrator's to migrate."""
    if server_of(data_folder(), os.environ) is None:
        return
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
