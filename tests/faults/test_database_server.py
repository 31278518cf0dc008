"""The embedded server under bad treatment: killed, started twice, started by root, asked with a wrong password."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from onestory.platform.database import roles
from onestory.platform.database.problems import DatabaseProblem
from onestory.platform.database.processes import postmaster_of, wait_until_ended
from onestory.platform.database.server import SUPERUSER, DatabaseServer
from tests.before_django import ENGINE

PATIENCE = 60.0


@contextlib.contextmanager
def new_server() -> Iterator[DatabaseServer]:
    # Not pytest's temporary folder: only its owner may enter that, and as root we run the server as somebody else.
    with tempfile.TemporaryDirectory(prefix="onestory-fault-") as name:
        Path(name).chmod(0o755)
        made = DatabaseServer(Path(name) / "database", engine=ENGINE, durable=False)
        try:
            yield made
        finally:
            made.stop_if_unused()


@pytest.fixture
def server() -> Iterator[DatabaseServer]:
    """A server of this test's own, not started yet."""
    with new_server() as made:
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[DatabaseServer]:
    """A running server for the tests that only look."""
    with new_server() as made, made.in_use():
        yield made


def postmaster(server: DatabaseServer) -> psutil.Process:
    state = server.place.state()
    assert state is not None
    process = postmaster_of(Path(state.cluster))
    assert process is not None
    return process


def write_a_row(server: DatabaseServer) -> None:
    with server.superuser(roles.DATABASE) as connection:
        connection.execute("CREATE TABLE kept (what text)")
        connection.execute("INSERT INTO kept VALUES ('this')")
        connection.execute("CHECKPOINT")


def row_kept(server: DatabaseServer) -> bool:
    with server.superuser(roles.DATABASE) as connection:
        return connection.execute("SELECT what FROM kept").fetchall() == [("this",)]


def holder(server: DatabaseServer, then: str = "time.sleep(600)", afterwards: str = "") -> subprocess.Popen:
    """Another process of ours that has the server in use, and says so.

    It heeds a hang-up and an interrupt even where the tests were started in the background.
    """
    program = f"""
        import signal, sys, time
        from pathlib import Path
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from onestory.platform.database.server import DatabaseServer
        with DatabaseServer(Path({str(server.folder)!r}), engine={ENGINE!r}, durable=False).in_use() as address:
            with address.connect() as connection:
                print("in use", connection.info.port, flush=True)
                {then}
        print("left", flush=True)
        {afterwards}
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def says(process: subprocess.Popen) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_until_gone(process: psutil.Process) -> None:
    assert wait_until_ended(process, PATIENCE)


def kill(process: psutil.Process) -> None:
    process.kill()
    wait_until_gone(process)


def test_data_is_there_after_the_server_was_killed(server: DatabaseServer) -> None:
    with server.in_use():
        write_a_row(server)
        kill(postmaster(server))
        assert not server.is_running()
    with server.in_use():
        assert row_kept(server)


def test_a_server_killed_beneath_its_users_is_started_again_by_the_next_one(server: DatabaseServer) -> None:
    with server.in_use():
        write_a_row(server)
        kill(postmaster(server))
        with DatabaseServer(server.folder, engine=ENGINE, durable=False).in_use():
            assert row_kept(server)


def test_a_server_that_outlived_its_starter_is_taken_over_and_stopped(server: DatabaseServer) -> None:
    with holder(server) as starter:
        says(starter)
        write_a_row(server)
        running = postmaster(server)
        starter.kill()
        starter.wait()
        assert running.is_running()
        with server.in_use():
            assert postmaster(server) == running
            assert row_kept(server)
        wait_until_gone(running)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_starter_stops_the_server_in_order(server: DatabaseServer, ending: signal.Signals) -> None:
    with holder(server) as starter:
        says(starter)
        running = postmaster(server)
        starter.send_signal(ending)
        starter.wait(PATIENCE)
        wait_until_gone(running)
    assert "database system is shut down" in server.place.log.read_text()
    assert not server.is_running()


def test_two_starters_at_once_share_one_server(server: DatabaseServer) -> None:
    with holder(server) as one, holder(server) as other:
        assert says(one) == says(other)
        for process in (one, other):
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    assert not server.is_running()


def test_the_first_to_leave_does_not_stop_the_server_for_the_others(server: DatabaseServer) -> None:
    with server.in_use():
        with holder(server, then="pass") as other:
            says(other)
            assert other.wait(PATIENCE) == 0
        with server.superuser() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not server.is_running()


def test_the_last_to_leave_need_not_be_the_one_who_started_it(server: DatabaseServer) -> None:
    """The starter lives on and takes no notice that its child, the server, ended."""
    with holder(server, then="sys.stdin.readline()", afterwards="time.sleep(600)") as starter:
        says(starter)
        with server.in_use():
            running = postmaster(server)
            assert starter.stdin is not None
            starter.stdin.write("leave\n")
            starter.stdin.flush()
            assert says(starter) == "left"
            assert server.is_running()
        assert running.status() == psutil.STATUS_ZOMBIE
        starter.kill()


def test_port_and_passwords_survive_a_stop(server: DatabaseServer) -> None:
    with server.in_use() as first:
        write_a_row(server)
    with server.in_use() as second:
        assert second == first
        assert row_kept(server)


def test_another_program_on_our_port_is_left_alone(server: DatabaseServer) -> None:
    with server.in_use() as first:
        pass
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((first.host, first.port))
        other.listen()
        with server.in_use() as second:
            assert second.port != first.port


def test_a_pid_file_whose_number_now_belongs_to_somebody_else_does_not_mislead(server: DatabaseServer) -> None:
    with server.in_use():
        write_a_row(server)
        state = server.place.state()
        assert state is not None
        pid_file = Path(state.cluster) / "postmaster.pid"
        left = pid_file.read_text().splitlines()
        running = postmaster(server)
        kill(running)
    pid_file.write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")
    with server.in_use():
        assert row_kept(server)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has privileges to drop")
def test_started_by_root_it_runs_as_somebody_else(running: DatabaseServer) -> None:
    family = [postmaster(running), *postmaster(running).children(recursive=True)]
    assert len(family) > 1
    assert all(process.uids().effective != 0 and process.gids().effective != 0 for process in family)
    status = Path(f"/proc/{family[0].pid}/status").read_text()
    assert re.search(r"^Groups:\s*$", status, re.MULTILINE)


def test_it_listens_on_loopback_only(running: DatabaseServer) -> None:
    address = running.address()
    assert address is not None
    listening = [one for one in postmaster(running).net_connections(kind="all") if one.status == psutil.CONN_LISTEN]
    assert [(one.laddr.ip, one.laddr.port) for one in listening] == [("127.0.0.1", address.port)]
    with running.superuser() as connection:
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)


@pytest.mark.parametrize("user", [SUPERUSER, *roles.ROLES])
@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_right_password_nobody_comes_in(running: DatabaseServer, user: str, password: str) -> None:
    right = running.address(user)
    assert right is not None
    right.connect().close()
    with pytest.raises(psycopg.OperationalError, match="password"):
        replace(right, password=password).connect()


def test_no_line_of_its_access_rules_trusts_anybody(running: DatabaseServer) -> None:
    with running.superuser() as connection:
        rules = connection.execute("SELECT type, address, auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("host", "127.0.0.1", "scram-sha-256")]
        stored = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        assert len(stored) == 1 + len(roles.ROLES)
        assert all(verifier.startswith("SCRAM-SHA-256$") for (verifier,) in stored)


def test_passwords_are_for_our_account_only_and_in_no_log(running: DatabaseServer) -> None:
    passwords = running.place.passwords()
    kept = running.place.folder / "passwords.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_uid == os.geteuid()
    log = running.place.log.read_text()
    assert len(passwords) == 1 + len(roles.ROLES)
    assert not any(password in log for password in passwords.values())


def test_what_an_interrupted_first_start_left_is_made_anew(server: DatabaseServer) -> None:
    server.place.make()
    half = server.place.folder / "cluster"
    half.mkdir()
    (half / "base").mkdir()
    with server.in_use():
        write_a_row(server)


def test_a_cluster_of_another_version_is_refused_in_plain_words(server: DatabaseServer) -> None:
    with server.in_use():
        pass
    state = server.place.state()
    assert state is not None
    server.place.keep_state(type(state)(cluster=state.cluster, major=14, port=state.port))
    with pytest.raises(DatabaseProblem, match=r"made by PostgreSQL 14"), server.in_use():
        pass


def test_a_failed_start_says_why_in_the_servers_own_words(server: DatabaseServer) -> None:
    with server.in_use():
        pass
    state = server.place.state()
    assert state is not None
    (Path(state.cluster) / "global" / "pg_control").unlink()
    with pytest.raises(DatabaseProblem, match=r"did not start(?s:.)*pg_control"), server.in_use():
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts as one account and runs as another")
def test_a_folder_that_the_servers_account_cannot_enter_is_no_obstacle() -> None:
    with tempfile.TemporaryDirectory(prefix="onestory-home-") as name:
        assert Path(name).stat().st_mode & 0o777 == 0o700
        closed = DatabaseServer(Path(name) / "database", engine=ENGINE, durable=False)
        with closed.in_use():
            write_a_row(closed)
        with closed.in_use():
            assert row_kept(closed)
            state = closed.place.state()
            assert state is not None
            cluster = Path(state.cluster)
        assert not cluster.is_relative_to(name)
        shutil.rmtree(cluster.parent)


def test_its_own_words_for_a_failing_statement_hold_no_personal_data(server: DatabaseServer) -> None:
    with server.in_use(), server.superuser(roles.DATABASE) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Invented Name')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["Invented Name"])
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT 'Invented Name' FROM nowhere")
    log = server.place.log.read_text()
    assert "duplicate key" in log
    assert "Invented Name" not in log


def test_processes_that_a_killed_server_left_are_gone_before_the_next_start(server: DatabaseServer) -> None:
    with server.in_use():
        write_a_row(server)
        busy = server.superuser()
        left = psutil.Process(busy.info.backend_pid)
        # A statement that does not look up from its work at once when its postmaster dies.
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 3000000)")
        kill(postmaster(server))
        with DatabaseServer(server.folder, engine=ENGINE, durable=False).in_use():
            assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE
            assert row_kept(server)
        busy.close()
