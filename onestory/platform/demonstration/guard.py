"""When demonstration sign-in is allowed: with a demonstration's own data, on this machine only."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path

MARK = "demonstration-data-only"


def reasons_against(data: Path, listen_on: str, environment: Mapping[str, str]) -> list[str]:
    """Why demonstration sign-in must not be offered; empty when it may."""
    reasons = []
    if not is_demonstration(data):
        reasons.append(f"the data folder {data} was not made by `onestory demo`")
    if environment.get("DATABASE_URL"):
        reasons.append("DATABASE_URL names a database of its own, which may hold real people")
    if not is_loopback(listen_on):
        reasons.append(f"the program would listen on {listen_on}, where others can reach it")
    return reasons


def is_demonstration(data: Path) -> bool:
    """Whether the folder was made for a demonstration."""
    return (data / MARK).exists()


def may_become_demonstration(data: Path) -> bool:
    """Whether the folder is a demonstration's, or is empty or not there, so that it can become one."""
    return is_demonstration(data) or not (data.exists() and any(data.iterdir()))


def mark_as_demonstration(data: Path) -> None:
    """Mark a new, empty data folder as a demonstration's.

    Raises FileExistsError when something else lives there already: real data never becomes a demonstration.
    """
    if is_demonstration(data):
        return
    if not may_become_demonstration(data):
        raise FileExistsError(
            f"The folder {data} already holds data that is not a demonstration's. Set ONESTORY_DATA to another folder."
        )
    data.mkdir(parents=True, exist_ok=True)
    (data / MARK).write_text(
        "Made by `onestory demo`. Everyone in here is invented. Anybody at this machine may sign in.\n"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost might be anything."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
