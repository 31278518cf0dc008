"""Make the roles and the database on a server of one's own. The embedded server does the same at each start."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from onestory.platform.database import roles

ADDRESSES = {
    roles.APPLICATION: "DATABASE_URL",
    roles.OWNER: "DATABASE_OWNER_URL",
    roles.WORKER: "DATABASE_WORKER_URL",
}


class Command(BaseCommand):
    help = (
        "Make the roles onestory_owner, onestory_app and onestory_worker and the database on your own PostgreSQL "
        "server, with names and passwords as DATABASE_URL, DATABASE_WORKER_URL and DATABASE_OWNER_URL give them. "
        "May be run again; needs a superuser once."
    )
    # The application's role may not exist yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """How to reach the server as somebody who may create roles."""
        parser.add_argument("superuser_address", help="postgresql://postgres:password@host:5432/postgres")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare roles, database and schema, or say what is missing."""
        given = {role: _address(role, variable) for role, variable in ADDRESSES.items()}
        passwords = {role: str(address["password"]) for role, address in given.items() if address.get("password")}
        names = {str(address["dbname"]) for address in given.values()}
        if len(names) != 1:
            raise CommandError("DATABASE_URL, DATABASE_WORKER_URL and DATABASE_OWNER_URL must name the same database.")
        name = names.pop()
        superuser = options["superuser_address"]
        with psycopg.connect(superuser, autocommit=True) as connection:
            roles.prepare_roles(connection, passwords)
            roles.prepare_database(connection, name)
        with psycopg.connect(make_conninfo(superuser, dbname=name), autocommit=True) as connection:
            roles.prepare_schema(connection)
        self.stdout.write(f"The database {name} and its roles are ready. Next: onestory manage migrate")


def _address(role: str, variable: str) -> dict[str, Any]:
    address = conninfo_to_dict(os.environ.get(variable, ""))
    if address.get("user") != role or not address.get("dbname"):
        raise CommandError(f"Set {variable} to postgresql://{role}:password@host:5432/name.")
    return address
