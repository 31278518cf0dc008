"""A database for a measurement: a server of its own, durable as in earnest, thrown away afterwards."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from onestory.platform.demonstration.guard import mark_as_demonstration


@contextlib.contextmanager
def own_database(*, demonstration: bool = False, kept_in: str = "") -> Iterator[None]:
    """Django on a migrated empty database while the block runs; nothing of the developer's own is touched.

    ``demonstration``: its folder is marked as one, so that the program can be served without second proofs.
    ``kept_in``: a folder that stays, with the database and what an earlier run wrote there.
    """
    for name in list(os.environ):
        if name.startswith(("DATABASE_", "ONESTORY_")):
            del os.environ[name]
    kept = contextlib.nullcontext(kept_in)
    with kept if kept_in else tempfile.TemporaryDirectory(prefix="onestory-bench-") as folder:
        Path(folder).mkdir(exist_ok=True)
        os.environ["ONESTORY_DATA"] = folder
        Path(folder).chmod(0o755)
        if demonstration:
            mark_as_demonstration(Path(folder))
        from onestory.command_line.surroundings import django_running

        with django_running():
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
            yield


def spread(times: list[float]) -> str:
    """Median and 95th percentile of seconds, said in milliseconds."""
    ordered = sorted(times)
    return (
        f"median {ordered[len(ordered) // 2] * 1000:7.1f} ms   p95 {ordered[int(len(ordered) * 0.95)] * 1000:7.1f} ms"
    )


def processor_seconds() -> float:
    """Processor time that this process, and all below it that still run, have used: the server and the database too."""
    me = psutil.Process()
    times = [one.cpu_times() for one in (me, *me.children(recursive=True))]
    return sum(one.user + one.system for one in times)
