"""A server of one's own: prepared by one command, migrated as owner, run as the application."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from onestory.platform.database import roles
from onestory.platform.database.server import SUPERUSER, Address, DatabaseServer
from tests.conftest import OwnDatabase

NAME = "somebodys_own"


def url(address: Address | None) -> str:
    assert address is not None
    return f"postgresql://{address.user}:{address.password}@{address.host}:{address.port}/{address.name}"


@pytest.fixture
def environment(database_server: DatabaseServer) -> Iterator[dict[str, str]]:
    yield os.environ | {
        "DATABASE_URL": url(database_server.address(roles.APPLICATION, NAME)),
        "DATABASE_OWNER_URL": url(database_server.address(roles.OWNER, NAME)),
        "DATABASE_WORKER_URL": url(database_server.address(roles.WORKER, NAME)),
    }
    with database_server.superuser() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")


def onestory(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onestory", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_it_is_prepared_migrated_and_found_ready(database_server: DatabaseServer, environment: dict[str, str]) -> None:
    superuser = url(database_server.address(SUPERUSER, "postgres"))
    prepared = onestory(environment, "manage", "prepare_roles", superuser)
    assert prepared.returncode == 0, prepared.stderr
    unready = onestory(environment, "check")
    assert unready.returncode == 2
    assert "onestory manage migrate" in unready.stderr
    migrated = onestory(environment, "manage", "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    again = onestory(environment, "manage", "prepare_roles", superuser)
    assert again.returncode == 0, again.stderr
    ready = onestory(environment, "check")
    assert ready.stdout.endswith("Everything is ready.\n"), ready.stderr
    assert "as onestory_app" in ready.stdout
    worked = onestory(environment, "worker", "--once")
    assert worked.returncode == 0, worked.stderr


def test_the_worker_does_not_start_under_the_login_of_the_pages(
    own_database: OwnDatabase, database_server: DatabaseServer, environment: dict[str, str]
) -> None:
    del environment["DATABASE_WORKER_URL"]
    environment["DATABASE_URL"] = url(database_server.address(roles.APPLICATION, own_database.name))
    answer = onestory(environment, "worker", "--once")
    assert answer.returncode == 2
    assert "Set DATABASE_WORKER_URL" in answer.stderr


@pytest.mark.parametrize(
    ("role", "command"),
    [
        (SUPERUSER, ["check"]),
        (SUPERUSER, ["worker", "--once"]),
        (roles.OWNER, ["worker", "--once"]),
        (roles.OWNER, ["serve", "--port", "1"]),
    ],
)
def test_no_command_starts_as_owner_or_superuser(
    database_server: DatabaseServer,
    own_database: OwnDatabase,
    environment: dict[str, str],
    role: str,
    command: list[str],
) -> None:
    address = url(database_server.address(role, own_database.name))
    environment |= {"DATABASE_URL": address, "DATABASE_WORKER_URL": address}
    answer = onestory(environment, *command)
    assert answer.returncode == 2
    assert f"does not start as the database role {role}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_without_an_owner_it_is_said_who_may_migrate(environment: dict[str, str]) -> None:
    del environment["DATABASE_OWNER_URL"]
    answer = onestory(environment, "manage", "migrate")
    assert answer.returncode != 0
    assert "Set DATABASE_OWNER_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_roles_of_other_names_are_refused(environment: dict[str, str]) -> None:
    environment["DATABASE_URL"] = "postgresql://somebody:else@127.0.0.1:1/care"
    answer = onestory(environment, "manage", "prepare_roles", "postgresql://postgres@127.0.0.1:1/postgres")
    assert answer.returncode != 0
    assert "Set DATABASE_URL to postgresql://onestory_app:" in answer.stderr


def test_a_server_that_is_not_there_is_named_in_plain_words(environment: dict[str, str]) -> None:
    environment["DATABASE_WORKER_URL"] = "postgresql://onestory_worker:x@127.0.0.1:1/care"
    answer = onestory(environment, "worker", "--once")
    assert answer.returncode == 2
    assert "The database cannot be reached" in answer.stderr
    assert "Traceback" not in answer.stderr
