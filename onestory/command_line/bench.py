"""`onestory bench`: measure, each figure beside its floor in the same run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from onestory.command_line.errors import Plainly

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bench"


@click.command("bench")
@click.option("--only", default="", help="The name of one measurement.")
def bench_command(only: str) -> None:
    """Run the measurements of tests/bench, one after the other, each in a process of its own."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    if only and only not in names:
        raise Plainly(f"There is no measurement {only}. There are: {', '.join(names)}.")
    for name in [only] if only else names:
        answer = subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], cwd=FOLDER.parents[1], check=False)
        if answer.returncode != 0:
            raise Plainly(f"The measurement {name} did not finish.")
