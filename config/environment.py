"""What the environment says. Everything that a deployer sets has a name here and a line in docs/guides."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path


def flag(name: str) -> bool:
    """Whether the variable is switched on with `1`."""
    return os.environ.get(name, "") == "1"


def listed(name: str, otherwise: list[str]) -> list[str]:
    """The comma-separated values of the variable."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()] or otherwise


def day(name: str) -> dt.date | None:
    """The day that the variable names, as 2027-09-01; None where it is not set. Raises ValueError for anything else."""
    given = os.environ.get(name, "")
    return dt.date.fromisoformat(given) if given else None


def data_folder() -> Path:
    """Where the program keeps everything: ONESTORY_DATA, or `.data` in the working directory."""
    return Path(os.environ.get("ONESTORY_DATA") or ".data").absolute()


def secret_key(data: Path) -> str:
    """ONESTORY_SECRET_KEY; else one of our own, made once and kept in the data folder for this account only."""
    given = os.environ.get("ONESTORY_SECRET_KEY")
    if given:
        return given
    kept = data / "secret-key"
    try:
        return kept.read_text()
    except FileNotFoundError:
        pass
    if not data.exists():
        # Nothing is kept yet, so nothing need be read again; `makemigrations`, say, leaves no folder behind.
        return secrets.token_urlsafe(50)
    beside = data / f".secret-key.{os.getpid()}"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(beside, kept)  # of two processes that start at once, the first one's key stays
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return kept.read_text()
