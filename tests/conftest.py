"""The database for tests, and what every test can rely on.

One PostgreSQL server for the whole run (tests/before_django.py says where). In it
* the template: migrated once, as the owner, and named after what the migrations say;
* one database for each process that runs tests, copied from the template.

Tests run the program under the APPLICATION's role, as it runs in earnest: what that role may not do fails here too.

* `@pytest.mark.django_db`: each test is rolled back.
* `@pytest.mark.django_db(transaction=True)`, and tests with `live_server`: the test commits, and afterwards the
  database is made anew from the template by the server's superuser. Django would empty the tables instead; the
  application's role may not, and rows that migrations made would be lost.
* `as_keeper`: the test works as the keeper, whom no row-level security cuts.
* `as_worker`: the program is signed in as the worker, as the process is that does the queued work.
* `owner_connection`: a plain connection as owner, for a test that must do what the program cannot.
"""

from __future__ import annotations

import fcntl
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from asgiref.sync import SyncToAsync
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from onestory.platform.database import roles
from onestory.platform.database.addresses import as_django
from onestory.platform.database.server import Address, DatabaseServer
from tests.before_django import DATABASE_FOLDER, ENGINE


def _of_the_migrations() -> str:
    """A name that changes when a migration does, or a package, or what migrations take from the program."""
    digest = hashlib.sha256(Path("requirements.txt").read_bytes())
    for pattern in (
        "*/migrations/*.py",
        "guards*.py",
        "append_only.py",
        "platform/access/*.py",
        "platform/database/*.py",
    ):
        for file in sorted(Path("onestory").rglob(pattern)):
            digest.update(file.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


TEMPLATE = _of_the_migrations()
ALIASES = {"default": roles.APPLICATION, "owner": roles.OWNER}


@dataclass(frozen=True)
class OwnDatabase:
    """The database of this process."""

    server: DatabaseServer
    name: str

    def make_anew(self, template: str = TEMPLATE) -> None:
        """Throw the database away, with every connection to it, and copy it from the template."""
        database = sql.Identifier(self.name)
        with self.server.superuser() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
            # A file copy is quicker than the usual way, which writes the whole database through the log.
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
                    database, sql.Identifier(roles.OWNER), sql.Identifier(template)
                )
            )
            roles.prepare_database(connection, self.name)

    def address(self, user: str) -> Address:
        """How to reach it as the role."""
        address = self.server.address(user, self.name)
        assert address is not None
        return address


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    """The run's server: the first process that needs it starts it, the last one stops it."""
    server = DatabaseServer(DATABASE_FOLDER, engine=ENGINE, durable=False)
    with server.in_use():
        yield server


@pytest.fixture(scope="session")
def own_database(
    database_server: DatabaseServer, worker_id: str, django_db_blocker: DjangoDbBlocker, django_test_environment: None
) -> Iterator[OwnDatabase]:
    """This process's database, with Django pointed at it."""
    with open(DATABASE_FOLDER / "template.lock", "w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_template(database_server)
        own = OwnDatabase(database_server, f"test_{worker_id}")
        own.make_anew()
    _point_django_at(database_server, own.name)
    yield own
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(own_database: OwnDatabase) -> Iterator[None]:
    """Takes the place of pytest-django's own, which would create databases as the application's role."""
    with pytest.MonkeyPatch.context() as patch:

        def make_anew(_: TransactionTestCase) -> None:
            close_everywhere()
            own_database.make_anew()

        # TestCase has a method of its own, which rolls back; this one is for tests that commit.
        patch.setattr(TransactionTestCase, "_fixture_teardown", make_anew)
        yield


@pytest.fixture
def as_keeper(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test reads and writes as the keeper: for tests of what the program does by itself, which no reader sees.

    Also on connections that it opens later, in threads of its own. While a page is asked for, the program works as it
    does in earnest: as the application, cut to the reader.
    """
    request.getfixturevalue("transactional_db" if _commits(request) else "db")
    in_page = threading.Event()

    def take(*, connection: BaseDatabaseWrapper, **_: object) -> None:
        if connection.alias == "default" and not in_page.is_set():
            _be(connection, roles.KEEPER)

    def begin_page(**_: object) -> None:
        in_page.set()
        _be(connections["default"], "NONE")

    def end_page(**_: object) -> None:
        in_page.clear()
        _be(connections["default"], roles.KEEPER)

    signals = ((connection_created, take), (request_started, begin_page), (request_finished, end_page))
    for signal, receiver in signals:
        signal.connect(receiver)
    take(connection=connections["default"])
    yield
    for signal, receiver in signals:
        signal.disconnect(receiver)
    if _commits(request):
        close_everywhere()
    else:
        _be(connections["default"], "NONE")


@pytest.fixture
def as_worker(transactional_db: None, own_database: OwnDatabase) -> Iterator[None]:
    """The program is signed in to the database as the worker, who does the queued work; for tests that commit."""
    for role in (roles.WORKER, roles.APPLICATION):
        close_everywhere()
        settings.DATABASES["default"].update(as_django(own_database.address(role)))
        if role == roles.WORKER:
            yield


def close_everywhere() -> None:
    """Close this thread's connections, and those of the thread in which a worker's queue talks to the database.

    The database is thrown away after a test that commits; a worker that ran in it would go on with a dead connection.
    """
    connections.close_all()
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


def _be(connection: BaseDatabaseWrapper, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


def _commits(request: pytest.FixtureRequest) -> bool:
    mark = request.node.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


@pytest.fixture
def owner_connection(transactional_db: None, own_database: OwnDatabase) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, in autocommit mode; for tests that commit."""
    with own_database.address(roles.OWNER).connect(autocommit=True) as connection:
        yield connection


def _make_template(server: DatabaseServer) -> None:
    """Migrate the template if no other process of this run has done so. Called under a lock."""
    with server.superuser() as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s AND datistemplate", [TEMPLATE]).fetchone():
            return
        roles.prepare_database(connection, TEMPLATE)
        with server.superuser(TEMPLATE) as inside:
            roles.prepare_schema(inside)
        _point_django_at(server, TEMPLATE)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(TEMPLATE)))


def _point_django_at(server: DatabaseServer, name: str) -> None:
    connections.close_all()
    for alias, role in ALIASES.items():
        address = server.address(role, name)
        assert address is not None
        # Changed in place: settings, the handler and open wrappers share these dictionaries.
        settings.DATABASES[alias].update(as_django(address))
