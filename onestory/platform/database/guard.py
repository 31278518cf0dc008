"""The program does not run under a role that could get round its own rules."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

POWERS_OF_ROLE = """
    SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
           pg_has_role(current_user, d.datdba, 'MEMBER'),
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER')),
           has_schema_privilege(current_user, 'public', 'CREATE'),
           current_user
    FROM pg_roles r, pg_database d
    WHERE r.rolname = current_user AND d.datname = current_database()
"""
# In the order of the query's columns; a superuser has every power, and the first one says it best.
WORDS = (
    "it is a superuser",
    "it may bypass row-level security",
    "it may create roles",
    "it may create databases",
    "it owns the database",
    "it owns tables",
    "it may create tables",
)

_found_plain: set[tuple[Any, ...]] = set()


def reason_against(connection: psycopg.Connection) -> str | None:
    """Why the program must not run under this connection's role; None when it may."""
    row = connection.execute(POWERS_OF_ROLE).fetchone()
    if row is None:
        return None
    powers = [word for word, has in zip(WORDS, row, strict=False) if has]
    if not powers:
        return None
    return (
        f"The program does not start as the database role {row[-1]}, because {powers[0]}. "
        "Use the role onestory_app in DATABASE_URL, onestory_worker in DATABASE_WORKER_URL, "
        "and the owner in DATABASE_OWNER_URL for migrations only."
    )


def refuse_powerful_role(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Called for each new connection of Django's; asks the server once for each role and database in this process.

    Raises ImproperlyConfigured. Only the connection that the program works with is asked: migrations run as owner.
    """
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    settings = connection.settings_dict
    key = (settings["HOST"], settings["PORT"], settings["NAME"], settings["USER"])
    if key in _found_plain:
        return
    # Asked of the driver and not through Django: this is no query of the page that opened the connection.
    reason = reason_against(connection.connection)
    if reason:
        connection.close()
        raise ImproperlyConfigured(reason)
    _found_plain.add(key)
