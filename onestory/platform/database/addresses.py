"""How Django reaches the database: a server named by the environment, or the one that we start ourselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onestory.platform.database import roles
from onestory.platform.database.problems import DatabaseProblem
from onestory.platform.database.server import LOOPBACK, Address, DatabaseServer

DJANGO_NAMES = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
DATABASE_FOLDER = "database"
EXAMPLE = "postgresql://user:password@host:5432/name"
SIGNS_IN_AS_WORKER = "ONESTORY_SIGNS_IN_AS_WORKER"
"""Set by a process that does the queued work, before the settings are read."""


def server_of(data: Path, environment: Mapping[str, str]) -> DatabaseServer | None:
    """The server that we start ourselves in the data folder; None when DATABASE_URL names another one."""
    if environment.get("DATABASE_URL"):
        return None
    return DatabaseServer(data / DATABASE_FOLDER, engine=environment.get("ONESTORY_POSTGRES") or "embedded")


def django_databases(data: Path, environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` under the application's or the worker's role, `owner` for migrations.

    `owner` is absent when DATABASE_URL is given without DATABASE_OWNER_URL: such a program can run and not migrate.
    """
    server = server_of(data, environment)
    role = roles.WORKER if environment.get(SIGNS_IN_AS_WORKER) else roles.APPLICATION
    if server is not None:
        return {
            "default": _pooled(_from_address(server.address(role), role), environment),
            "owner": _without_requests(_from_address(server.address(roles.OWNER), roles.OWNER)),
        }
    own = role == roles.WORKER and environment.get("DATABASE_WORKER_URL")
    databases = {
        "default": _pooled(_from_url("DATABASE_WORKER_URL" if own else "DATABASE_URL", environment), environment)
    }
    if environment.get("DATABASE_OWNER_URL"):
        databases["owner"] = _without_requests(_from_url("DATABASE_OWNER_URL", environment))
    return databases


def as_django(address: Address) -> dict[str, Any]:
    """The part of Django's settings that says where the database is."""
    return {
        "HOST": address.host,
        "PORT": address.port,
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
    }


def _from_address(address: Address | None, user: str) -> dict[str, Any]:
    # Before the first start nothing is known. At port 1 a connection fails at once and reaches nobody else's server.
    known = address or Address(LOOPBACK, 1, roles.DATABASE, user, "")
    return {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": True, "OPTIONS": {}} | as_django(known)


def _from_url(variable: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """Read `postgresql://user:password@host:port/name?option=value`; every option of libpq is let through."""
    try:
        parts = conninfo_to_dict(environment[variable])
    except psycopg.Error:
        # The address is not shown: it holds a password.
        raise DatabaseProblem(f"{variable} is no address. It looks like {EXAMPLE}.") from None
    if not parts.get("dbname") or not parts.get("user"):
        raise DatabaseProblem(f"{variable} must name a database and a user: {EXAMPLE}.")
    known = {django: str(parts.pop(libpq)) for libpq, django in DJANGO_NAMES.items() if libpq in parts}
    return {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": True, "OPTIONS": dict(parts)} | known


def _without_requests(database: dict[str, Any]) -> dict[str, Any]:
    """Django opens every database with ATOMIC_REQUESTS for each page. No page ever speaks as the owner."""
    return database | {"ATOMIC_REQUESTS": False}


def _pooled(database: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """With a pool of as many connections as ONESTORY_DATABASE_POOL says: for a server's threads, not for a command."""
    size = int(environment.get("ONESTORY_DATABASE_POOL") or 0)
    if size == 0:
        return database
    pool = {"min_size": 1, "max_size": size, "timeout": 10}
    return database | {"OPTIONS": database["OPTIONS"] | {"pool": pool}}
