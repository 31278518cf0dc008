"""The roles of the database and what each may do.

`onestory_owner` owns the schema and migrates it. `onestory_app` runs the program and owns nothing: it can neither
change a table, nor empty one, nor look past row-level security. `onestory_keeper` signs in nowhere: the program takes
it for as long as it writes what follows from entries (platform/access/keeping.py), and row-level security lets it see
every row. It has the same rights to tables as the application, and no more. `onestory_worker` does the queued work: it
reads no child's record by itself, but as the keeper. `onestory_sealer` alone adds to the chain over the audit, and only
the worker can take that role, no page. `onestory_audit_reader` reads the audit and nothing else: an auditor's own login
may be given it. `onestory_detector` reads summaries for the rules of the signals, and less than any of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

OWNER = "onestory_owner"
APPLICATION = "onestory_app"
KEEPER = "onestory_keeper"
WORKER = "onestory_worker"
SEALER = "onestory_sealer"
AUDIT_READER = "onestory_audit_reader"
DETECTOR = "onestory_detector"
TAKEN = {
    KEEPER: (APPLICATION, WORKER),
    DETECTOR: (APPLICATION, WORKER),
    SEALER: (WORKER,),
    AUDIT_READER: (APPLICATION, WORKER),
}
"""Roles that sign in nowhere, each with those who take it for as long as they do that role's work."""
ROLES = (OWNER, APPLICATION, WORKER)
"""Roles that sign in, each with a password of its own."""
PROGRAM_ROLES = (APPLICATION, WORKER, KEEPER)
"""Roles under which the program works with tables: what is taken from one of them is taken from all."""
DATABASE = "onestory"

# Set again at every start: a role that was widened by hand is narrowed again.
# NOINHERIT: the application has what the keeper may only while it has taken that role.
PLAIN_ROLE = sql.SQL("{login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS")
FIRST_WITH_OPTIONS = 160_000
"""The first version of the server in which each membership says for itself whether it is inherited."""


def prepare_roles(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Create the roles, or bring them back to what they may be. One without an entry in `passwords` keeps its password.

    The connection must be a superuser's (or of a role that may create roles) and in autocommit mode.
    """
    for role in (*ROLES, *TAKEN):
        name = sql.Identifier(role)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
        plain = PLAIN_ROLE.format(login=sql.SQL("LOGIN" if role in ROLES else "NOLOGIN"))
        connection.execute(sql.SQL("ALTER ROLE {} WITH {}").format(name, plain))
        if role in passwords:
            _set_password(connection, role, passwords[role])
    for role, takers in TAKEN.items():
        for one in (APPLICATION, WORKER):
            (_let_take if one in takers else _let_no_longer_take)(connection, role, one)


def _let_take(connection: psycopg.Connection, role: str, by: str) -> None:
    """Let one role take another by SET ROLE, and have nothing of it before."""
    grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(by))
    if connection.info.server_version >= FIRST_WITH_OPTIONS:
        grant += sql.SQL(" WITH INHERIT FALSE, SET TRUE")
    connection.execute(grant)


def _let_no_longer_take(connection: psycopg.Connection, role: str, by: str) -> None:
    connection.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(role), sql.Identifier(by)))


def prepare_database(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Create the database if it is not there, owned by the owner role, open to application and worker alone."""
    database = sql.Identifier(name)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in (APPLICATION, WORKER):
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def prepare_schema(connection: psycopg.Connection) -> None:
    """Inside the database: the schema is the owner's; what the owner will create the program's roles read and write.

    TRUNCATE, REFERENCES and TRIGGER are never granted. Tables to which rows are only added take UPDATE and DELETE away
    again in the migration that creates them.
    """
    owner = sql.Identifier(OWNER)
    program = sql.SQL(", ").join(map(sql.Identifier, PROGRAM_ROLES))
    everybody = sql.SQL(", ").join(map(sql.Identifier, (APPLICATION, WORKER, *TAKEN)))
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {everybody}",
        "REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM PUBLIC, {program}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {program}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {program}",
    ):
        connection.execute(sql.SQL(statement).format(owner=owner, program=program, everybody=everybody))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Send the SCRAM verifier and not the password, so that no log of the server can ever hold it."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), verifier.decode()))
