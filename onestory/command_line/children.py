"""Processes of the demonstration: started, watched, and stopped in order."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from onestory.command_line.errors import Plainly
from onestory.platform.database.processes import wait_until_ended

PATIENCE = 20.0


@dataclass
class Children:
    """Our child processes by name. `record` remembers them, so that the next start can end what a killed one left."""

    record: Path
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def end_left_over(self) -> None:
        """End the processes of a demonstration that was killed; a number that is another program's by now is spared."""
        if not self.record.exists():
            return
        for number, started in json.loads(self.record.read_text()):
            with contextlib.suppress(psutil.NoSuchProcess):
                process = psutil.Process(number)
                if process.create_time() == started:
                    _end(process)
        self.record.unlink()

    def start(self, name: str, *arguments: str) -> None:
        """Run `onestory` with the arguments. Ctrl-C in the terminal reaches us alone: we stop the children in order."""
        process = subprocess.Popen(
            [sys.executable, "-m", "onestory", *arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ.copy(),
        )
        self.running[name] = process
        known = [(child.pid, psutil.Process(child.pid).create_time()) for child in self.running.values()]
        self.record.write_text(json.dumps(known))

    def run(self, name: str, *arguments: str) -> None:
        """The same, and wait until it has ended. Raises Plainly where it ended badly."""
        self.start(name, *arguments)
        try:
            code = self.running[name].wait()
        finally:
            process = self.running.pop(name)
            if process.poll() is None:
                _end(psutil.Process(process.pid))
        if code != 0:
            raise Plainly(f"The {name} ended badly; its last words are above.")

    def ended(self) -> str | None:
        """The name of a child that is no longer there; None while all are."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def wait(self) -> str:
        """Wait until a child ends by itself; its name."""
        while (name := self.ended()) is None:
            time.sleep(0.2)
        return name

    def stop(self) -> None:
        """Stop all, the last one started first."""
        for process in reversed(self.running.values()):
            with contextlib.suppress(psutil.NoSuchProcess):
                _end(psutil.Process(process.pid))
            process.wait()
        self.running.clear()
        self.record.unlink(missing_ok=True)


def _end(process: psutil.Process) -> None:
    """Ask the process to end, with those that it started; insist when it does not."""
    family = [process, *process.children(recursive=True)]
    process.terminate()
    for member in family:
        if not wait_until_ended(member, PATIENCE):
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
