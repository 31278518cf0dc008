"""The folder in which a database lives, and the small files beside it.

database/
  state.json       port, where the cluster is, version     (read by every process of the program)
  passwords.json   the roles' passwords, for our account only
  server.log       what PostgreSQL says
  lock, in-use     who may start and stop it, who is using it
  cluster/         PostgreSQL's own data, owned by the account that it runs as
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from onestory.platform.database.account import Account, can_enter
from onestory.platform.database.binaries import READABLE_COPY
from onestory.platform.database.problems import DatabaseProblem

PASSWORD_BYTES = 32


@dataclass(frozen=True)
class State:
    """What the last start decided: where the cluster is, of which version, on which port of loopback."""

    cluster: str
    major: int
    port: int


@dataclass(frozen=True)
class Place:
    """The paths of one database's folder."""

    folder: Path

    @property
    def lock(self) -> Path:
        """Held by the one process that is starting or stopping the server."""
        return self.folder / "lock"

    @property
    def in_use(self) -> Path:
        """Held, shared, by every process that uses the server."""
        return self.folder / "in-use"

    @property
    def log(self) -> Path:
        """PostgreSQL's messages."""
        return self.folder / "server.log"

    def make(self) -> None:
        """Make the folder so that the server's account may pass through it, and nobody may list it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o711)
        except OSError as problem:
            raise DatabaseProblem(
                f"The folder {self.folder} cannot be used for the database: {problem.strerror}. "
                "Choose another with ONESTORY_DATA, or start as the account that owns it."
            ) from problem

    def state(self) -> State | None:
        """What the last start wrote; None before the first."""
        written = _read(self.folder / "state.json")
        return State(**written) if written else None

    def keep_state(self, state: State) -> None:
        """Write the state in one step, so that a crash leaves the old one or the new one."""
        _write(self.folder / "state.json", asdict(state), mode=0o644)

    def passwords(self) -> dict[str, str]:
        """The roles' passwords; empty before the first start."""
        return _read(self.folder / "passwords.json") or {}

    def passwords_for(self, roles: Iterable[str]) -> dict[str, str]:
        """The passwords, with new random ones for the roles that have none yet."""
        known = self.passwords()
        missing = [role for role in roles if role not in known]
        if missing:
            known |= {role: secrets.token_urlsafe(PASSWORD_BYTES) for role in missing}
            _write(self.folder / "passwords.json", known, mode=0o600)
        return known

    def cluster_for(self, account: Account | None) -> Path:
        """Where the cluster is or shall be: here, unless the server's account cannot come here (a home folder, say)."""
        state = self.state()
        if state:
            return Path(state.cluster)
        if can_enter(account, self.folder):
            return self.folder / "cluster"
        mark = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return READABLE_COPY / "databases" / mark / "cluster"


def _read(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None
    except PermissionError as problem:
        raise DatabaseProblem(f"{path} belongs to another account. Start as the account that made it.") from problem
    except ValueError as problem:
        raise DatabaseProblem(f"{path} is damaged: {problem}. Restore it from a backup.") from problem


def _write(path: Path, value: dict, mode: int) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        json.dump(value, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
