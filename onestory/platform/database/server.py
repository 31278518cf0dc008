"""Start, use and stop a real PostgreSQL on this machine, without Django.

`DatabaseServer(folder).in_use()` is all that the program calls: whoever comes first starts the server, whoever leaves
last stops it, and a server that was left running by a killed process is taken over. It listens on loopback only, asks
for SCRAM-SHA-256 always, and never runs as root.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import psutil
import psycopg

from onestory.platform.database import roles
from onestory.platform.database.account import Account, account_to_run_as, identity, run_as
from onestory.platform.database.binaries import ENVIRONMENT, Binaries, find_binaries
from onestory.platform.database.place import Place, State
from onestory.platform.database.problems import DatabaseProblem
from onestory.platform.database.processes import (
    PAUSE,
    is_ready,
    pid_file_lines,
    postmaster_of,
    wait_for_left_over,
    wait_until_ended,
)

LOOPBACK = "127.0.0.1"
SUPERUSER = "postgres"
PATIENCE = 60.0
LEFT_OVER_PATIENCE = 10.0
LOG_SIZE = 5_000_000
PORT_TRIES = 5
MOST_SHARED = 2 * 2**30
CONTAINERS_LIMIT = Path("/sys/fs/cgroup/memory.max")

# Only connections over loopback, by password. There is no line for local sockets or replication: they are refused.
WHO_MAY_CONNECT = f"host all all {LOOPBACK}/32 scram-sha-256\n"

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    # A failing statement may carry a child's name: neither statements, nor details, nor parameters go to the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "max_connections": "100",
}
# For tests: what a crash of the machine would lose does not matter there.
QUICK_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


# Servers that this process started. One may outlive the object that started it, while somebody else uses it.
_started: list[subprocess.Popen] = []


def memory_settings() -> dict[str, str]:
    """How much of the tables PostgreSQL keeps at hand: a quarter of the memory, as its manual says, at most 2 GB.

    It is taken only as it is filled; the server's own 128 MB hold a tenth of the keys of a million people. In a
    container that may have less than the machine, a quarter of that.
    """
    memory = psutil.virtual_memory().total
    with contextlib.suppress(OSError, ValueError):  # no such limit, or the word "max"
        memory = min(memory, int(CONTAINERS_LIMIT.read_text()))
    return {"shared_buffers": f"{max(min(memory // 4, MOST_SHARED) // 2**20, 16)}MB"}


@dataclass(frozen=True)
class Address:
    """How to reach a database as one of its roles."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)

    def connect(self, *, autocommit: bool = False) -> psycopg.Connection:
        """Open a connection."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password,
            autocommit=autocommit,
        )


@dataclass
class DatabaseServer:
    """The server of one folder. `engine` as for `find_binaries`; `durable=False` is for tests only."""

    folder: Path
    engine: str = "embedded"
    durable: bool = True

    @property
    def place(self) -> Place:
        """The folder's files."""
        return Place(self.folder.absolute())

    def address(self, user: str = roles.APPLICATION, name: str = roles.DATABASE) -> Address | None:
        """How to reach the database as the role; None before the first start."""
        state = self.place.state()
        if state is None:
            return None
        return Address(LOOPBACK, state.port, name, user, self.place.passwords().get(user, ""))

    def is_running(self) -> bool:
        """Whether the server takes connections now."""
        state = self.place.state()
        return state is not None and postmaster_of(Path(state.cluster)) is not None and is_ready(Path(state.cluster))

    @contextlib.contextmanager
    def in_use(self) -> Iterator[Address]:
        """Have the server running while the block runs; yields the application's address.

        Ends cleanly at SIGTERM and SIGHUP too. Raises DatabaseProblem in plain words when the server cannot be started.
        """
        self.place.make()
        with _ending_signals_raise(), _open_lock(self.place.in_use) as in_use:
            try:
                with self._alone():
                    fcntl.flock(in_use, fcntl.LOCK_SH)
                    self._start()
                yield self._known_address()
            finally:
                with self._alone():
                    fcntl.flock(in_use, fcntl.LOCK_UN)
                    if _nobody_holds(in_use):
                        self._stop()

    def stop_if_unused(self) -> bool:
        """Stop a server that a killed process left running; False when somebody still uses it."""
        if not self.place.lock.exists():
            return True
        with self._alone(), _open_lock(self.place.in_use) as in_use:
            if not _nobody_holds(in_use):
                return False
            self._stop()
            return True

    def _known_address(self) -> Address:
        address = self.address()
        assert address is not None, "a started server has a state"
        return address

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process starts or stops a server at a time; the lock ends with its holder, however that ends."""
        with _open_lock(self.place.lock) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        if self._answers():
            return
        account = account_to_run_as()
        cluster = self.place.cluster_for(account)
        binaries = find_binaries(self.engine, account)
        self._check_same_version(binaries)
        passwords = self.place.passwords_for((SUPERUSER, *roles.ROLES))
        if not (cluster / "PG_VERSION").exists():
            create_cluster(cluster, binaries, account, passwords[SUPERUSER])
        wait_for_left_over(cluster, LEFT_OVER_PATIENCE)
        _remove_misleading_pid_file(cluster)
        self._launch(cluster, binaries, account)
        self._prepare(passwords)

    def _answers(self) -> bool:
        """Whether the server is there and lets us in. One that is just ending or recovering is given time for it."""
        patience = time.monotonic() + PATIENCE
        while self._has_process():
            with contextlib.suppress(psycopg.OperationalError), self.superuser():
                return True
            if time.monotonic() > patience:
                raise DatabaseProblem(f"PostgreSQL runs but does not answer. Its last words:\n{self._last_words()}")
            time.sleep(PAUSE)
        return False

    def _has_process(self) -> bool:
        state = self.place.state()
        return state is not None and postmaster_of(Path(state.cluster)) is not None

    def _check_same_version(self, binaries: Binaries) -> None:
        state = self.place.state()
        if state and state.major != binaries.major:
            raise DatabaseProblem(
                f"The database in {self.folder} was made by PostgreSQL {state.major}; this is {binaries.major}. "
                f"Set ONESTORY_POSTGRES to a folder with version {state.major}, "
                "or move the data with pg_dump and pg_restore."
            )

    def _launch(self, cluster: Path, binaries: Binaries, account: Account | None) -> None:
        """Start the server on the port it had, or on another free one when that was taken meanwhile."""
        state = self.place.state()
        wanted = state.port if state else 0
        for _ in range(PORT_TRIES):
            port = _free_port(wanted)
            if _wait_until_ready(self._launch_once(cluster, binaries, account, port), cluster):
                self.place.keep_state(State(str(cluster), binaries.major, port))
                return
            if "could not bind" not in self._last_words():
                break
            wanted = 0
        raise DatabaseProblem(f"PostgreSQL did not start. Its last words ({self.place.log}):\n{self._last_words()}")

    def _launch_once(self, cluster: Path, binaries: Binaries, account: Account | None, port: int) -> subprocess.Popen:
        settings = SETTINGS | {"port": str(port)} | (memory_settings() if self.durable else QUICK_SETTINGS)
        command = [binaries.program("postgres"), "-D", str(cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self._log() as log:
            # A session of its own: Ctrl-C in the terminal is for us, and we stop the server in order.
            process = subprocess.Popen(
                command,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity(account),
            )
        _started.append(process)
        return process

    def _log(self) -> IO[bytes]:
        """The server's log, begun anew when it has grown long; one old one is kept."""
        if self.place.log.exists() and self.place.log.stat().st_size > LOG_SIZE:
            self.place.log.replace(self.place.log.with_suffix(".old.log"))
        return open(os.open(self.place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def _last_words(self) -> str:
        return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-8:])

    def _prepare(self, passwords: dict[str, str]) -> None:
        """Bring roles, database and schema to what they shall be; done at each start, so that nothing drifts."""
        with self.superuser() as connection:
            roles.prepare_roles(connection, {role: passwords[role] for role in roles.ROLES})
            roles.prepare_database(connection)
        with self.superuser(roles.DATABASE) as connection:
            roles.prepare_schema(connection)

    def superuser(self, name: str = "postgres") -> psycopg.Connection:
        """A connection that may do everything, for setting up and for tests. The program itself never uses it."""
        address = self.address(SUPERUSER, name)
        if address is None:
            raise DatabaseProblem(f"There is no database in {self.folder} yet.")
        return address.connect(autocommit=True)

    def _stop(self) -> None:
        """Ask the server to end its connections, write everything and stop; insist when it does not."""
        state = self.place.state()
        process = postmaster_of(Path(state.cluster)) if state else None
        if process:
            _end(process)
        _started[:] = [child for child in _started if child.poll() is None]


def create_cluster(cluster: Path, binaries: Binaries, account: Account | None, password: str) -> None:
    """Make a new cluster, owned by the account. What an interrupted attempt left is removed first."""
    cluster.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cluster.parent, prefix="making-") as name:
        workspace = Path(name)
        word = workspace / "password"
        word.touch(mode=0o600)
        word.write_text(password + "\n")
        if account:
            for path in (workspace, word):
                os.chown(path, account.user, account.group)
        made = workspace / "cluster"
        command = [binaries.program("initdb"), "-D", str(made), "-U", SUPERUSER, f"--pwfile={word}", "--encoding=UTF8"]
        command += ["--auth=scram-sha-256", "--no-instructions", *_locale(binaries)]
        answer = run_as(account, command, ENVIRONMENT)
        if answer.returncode != 0:
            raise DatabaseProblem(
                f"PostgreSQL could not make a database in {cluster}:\n{answer.stderr.strip()[-1500:]}"
            )
        (made / "pg_hba.conf").write_text(WHO_MAY_CONNECT)
        if cluster.exists():
            shutil.rmtree(cluster)
        made.rename(cluster)


def _locale(binaries: Binaries) -> list[str]:
    """UTF-8 with the letters of every language, in the same order everywhere; built in from 17 on."""
    if binaries.major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _wait_until_ready(process: subprocess.Popen, cluster: Path) -> bool:
    """True once it takes connections, False when it ended instead."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        if process.poll() is not None:
            return False
        if pid_file_lines(cluster)[:1] == [str(process.pid)] and is_ready(cluster):
            return True
        time.sleep(PAUSE)
    process.send_signal(signal.SIGQUIT)
    process.wait(PATIENCE)
    return False


def _end(process: psutil.Process) -> None:
    # PostgreSQL's own meaning of the signals: INT is "fast" (roll back, disconnect, checkpoint), QUIT is "immediate".
    for ending in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(ending)
        if wait_until_ended(process, PATIENCE):
            return


def _remove_misleading_pid_file(cluster: Path) -> None:
    """Remove a pid file left by a crash. Called under the lock and when no process works on the cluster.

    PostgreSQL would refuse to start if another program of the same account had been given the old number meanwhile.
    """
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _free_port(wanted: int) -> int:
    """The wanted port if nobody listens on it, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                attempt.bind((LOOPBACK, port))
                return attempt.getsockname()[1]
    raise DatabaseProblem("No port of this machine is free for the database.")


def _open_lock(path: Path) -> IO[bytes]:
    try:
        return open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except PermissionError as problem:
        raise DatabaseProblem(f"{path} belongs to another account. Start as the account that made it.") from problem


def _nobody_holds(in_use: IO[bytes]) -> bool:
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _ending_signals_raise() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the program as Ctrl-C does, so that the server is stopped.

    Where somebody else handles them already, they are left alone.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
