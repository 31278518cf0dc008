"""Loaded before anything else (see `addopts` in pyproject.toml): what must hold before Django reads its settings.

* Everything that a run writes lies in one folder of its own under the system's temporary folder, and never in the
  developer's `.data`. The first process names it; xdist's workers inherit the name and share one database server.
  Whoever names a folder in ONESTORY_TEST_FOLDER keeps it, and with it the migrated template for the next run.
* No test reaches another machine: a connection or a look-up that leaves loopback is an error.
* Modules are shared out among processes, and all journeys go to one process, since they share a server with families.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from onestory.platform.database.server import DatabaseServer

PREFIX = "onestory-tests-"
JOURNEYS = "tests/journeys"
EVERY_ROUTE = "tests/integration/web/test_every_route.py"


def _begin() -> Path:
    # Whatever the developer's shell says of a database or of this program must not reach the tests.
    for name in list(os.environ):
        if name.startswith(("DATABASE_", "ONESTORY_")) and not name.startswith("ONESTORY_TEST_"):
            del os.environ[name]
    folder = os.environ.setdefault("ONESTORY_TEST_FOLDER", f"{tempfile.gettempdir()}/{PREFIX}{os.getpid()}")
    os.environ["ONESTORY_DATA"] = f"{folder}/data"
    return Path(folder)


# A machine that has other work to do is no failure: no test depends on how long anything takes. The same commit tries
# the same examples wherever it is tested; whoever goes looking for new ones says ONESTORY_TEST_EXPLORE=1.
IS_EXPLORING = bool(os.environ.get("ONESTORY_TEST_EXPLORE"))
settings.register_profile(
    "onestory", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not IS_EXPLORING
)
settings.load_profile("onestory")

IS_KEPT = "ONESTORY_TEST_FOLDER" in os.environ
FOLDER = _begin()
DATABASE_FOLDER = FOLDER / "database"
# `embedded`, or `distribution` to run the same tests on the distribution's server.
ENGINE = os.environ.get("ONESTORY_TEST_SERVER") or "embedded"


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise PermissionError(f"A test tried to reach {address[0]}. Tests talk to this machine only.")
    elif event == "socket.getaddrinfo" and not _is_here(arguments[0]):
        raise PermissionError(f"A test tried to look up {arguments[0]}. Tests talk to this machine only.")


sys.addaudithook(_refuse_other_machines)


def _remove(folder: Path) -> None:
    DatabaseServer(folder / "database").stop_if_unused()
    shutil.rmtree(folder, ignore_errors=True)


class JourneysTogether(LoadScopeScheduling):
    """A module is one piece of work, and so is the folder of journeys; of every route as everybody, each role."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(EVERY_ROUTE) and os.environ.get("ONESTORY_TEST_EVERY_ROUTE"):
            return f"{EVERY_ROUTE}{nodeid.partition('[')[2]}"
        return JOURNEYS if nodeid.startswith(f"{JOURNEYS}/") else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """How tests are shared out."""
    return JourneysTogether(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Clear away what killed runs left, their servers included."""
    if hasattr(config, "workerinput"):
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX)
        if number.isdigit() and not psutil.pid_exists(int(number)):
            _remove(folder)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's folder when the last worker has gone."""
    if not hasattr(config, "workerinput") and not IS_KEPT:
        _remove(FOLDER)
