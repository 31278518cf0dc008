"""Which processes run on a data folder. Process numbers are used again, so a number alone proves nothing."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import psutil

PAUSE = 0.05


def postmaster_of(cluster: Path) -> psutil.Process | None:
    """The running main process of the cluster, or None. The pid file may be left over from a crash."""
    lines = pid_file_lines(cluster)
    if not lines or not lines[0].lstrip("-").isdigit():
        return None
    try:
        process = psutil.Process(abs(int(lines[0])))
        return process if _belongs_to(process, cluster) else None
    except psutil.Error:
        return None


def is_ready(cluster: Path) -> bool:
    """Whether the main process has written that it takes connections."""
    lines = pid_file_lines(cluster)
    return len(lines) > 7 and lines[7].strip() == "ready"


def pid_file_lines(cluster: Path) -> list[str]:
    """The lines of PostgreSQL's own pid file; none when there is no such file."""
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def left_over(cluster: Path) -> list[psutil.Process]:
    """Server processes of this cluster whose main process is gone; they end by themselves, usually at once."""
    return [process for process in psutil.process_iter() if _belongs_to(process, cluster)]


def wait_for_left_over(cluster: Path, seconds: float) -> None:
    """Wait until no process works on the cluster; end those that outlive `seconds`, as PostgreSQL would in a crash."""
    patience = time.monotonic() + seconds
    while remaining := left_over(cluster):
        if time.monotonic() > patience:
            for process in remaining:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        time.sleep(PAUSE)


def wait_until_ended(process: psutil.Process, seconds: float) -> bool:
    """Whether the process ended in time. One that its parent has not yet taken notice of (a zombie) has ended."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(PAUSE)
    return False


def _belongs_to(process: psutil.Process, cluster: Path) -> bool:
    try:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and process.name().startswith("postgres") and Path(process.cwd()) == cluster.resolve()
    except (psutil.Error, OSError):
        return False
