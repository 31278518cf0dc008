"""The roles of the database and what each may do.

`onestory_owner` owns the schema and migrates it. `onestory_app` runs the program and owns nothing: it can neither
change a table, nor empty one, nor look past row-level security. Later roles (worker, sealer, audit reader) are one line
each in ROLES and in the grants.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

OWNER = "onestory_owner"
APPLICATION = "onestory_app"
ROLES = (OWNER, APPLICATION)
DATABASE = "onestory"

# Set again at every start: a role that was widened by hand is narrowed again.
PLAIN_ROLE = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")


def prepare_roles(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Create the roles, or bring them back to what they may be. One without an entry in `passwords` keeps its password.

    The connection must be a superuser's (or of a role that may create roles) and in autocommit mode.
    """
    for role in ROLES:
        name = sql.Identifier(role)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
        connection.execute(sql.SQL("ALTER ROLE {} WITH {}").format(name, PLAIN_ROLE))
        if role in passwords:
            _set_password(connection, role, passwords[role])


def prepare_database(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Create the database if it is not there, owned by the owner role, open to the application and to nobody else."""
    database = sql.Identifier(name)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APPLICATION)))


def prepare_schema(connection: psycopg.Connection) -> None:
    """Inside the database: the schema is the owner's; what the owner will create the application may read and write.

    TRUNCATE, REFERENCES and TRIGGER are never granted. Tables to which rows are only added take UPDATE and DELETE away
    again in the migration that creates them.
    """
    owner, application = sql.Identifier(OWNER), sql.Identifier(APPLICATION)
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {application}",
        "REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM PUBLIC, {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {application}",
    ):
        connection.execute(sql.SQL(statement).format(owner=owner, application=application))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Send the SCRAM verifier and not the password, so that no log of the server can ever hold it."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), verifier.decode()))
