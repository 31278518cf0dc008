"""The unprivileged account that PostgreSQL runs as when the program was started by root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ACCOUNT_NAME = "onestory"
LAST_RESORT = "nobody"
SHORT_TIME = 60.0


@dataclass(frozen=True)
class Account:
    """A system account by number; `name` is for messages."""

    name: str
    user: int
    group: int


def account_to_run_as() -> Account | None:
    """The account for the server's processes; None when we are not root and may only be ourselves.

    PostgreSQL refuses to run as root, and is right to. Root therefore finds or makes the account `onestory`; where the
    system lets nobody be made, `nobody` must do.
    """
    if os.geteuid() != 0:
        return None
    return _find(ACCOUNT_NAME) or _make(ACCOUNT_NAME) or _find(LAST_RESORT)


def run_as(
    account: Account | None, command: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a short command as the account, from a folder that everybody may enter; never raises for its exit code."""
    return subprocess.run(
        command,
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SHORT_TIME * 5,
        check=False,
        **identity(account),
    )


class Identity(TypedDict, total=False):
    """What `subprocess` needs to know to run something as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


def identity(account: Account | None) -> Identity:
    """The arguments with which `subprocess` takes on the account and none of root's groups."""
    if account is None:
        return {}
    return {"user": account.user, "group": account.group, "extra_groups": []}


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether the account can reach the folder; asked of the system itself, which knows modes, lists and mounts."""
    if account is None:
        return True
    question = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    return run_as(account, question, {"PATH": os.defpath}).returncode == 0


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _make(name: str) -> Account | None:
    """Make a system account without home, password or shell: with `useradd`, or `adduser` as small systems have it."""
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", name]
    elif shutil.which("adduser"):
        command = ["adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin", name]
    else:
        return None
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SHORT_TIME, check=False)
    # Its exit code does not matter: another process may have made the account a moment before us.
    return _find(name)
