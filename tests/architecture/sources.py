"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
MADE_BY_OTHERS = {".git", ".venv", ".tools", ".data", "node_modules", "build", "static", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project: what git tracks or would track, or all that is not made, where there is no git."""
    answer = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode == 0 and answer.stdout:
        found = [HOUSE / name for name in answer.stdout.split("\0") if name]
    else:
        found = [path for path in HOUSE.rglob("*") if not MADE_BY_OTHERS & set(path.relative_to(HOUSE).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """The Python files below the folders; migrations are Django's writing and not judged."""
    return tuple(
        path
        for path in files()
        if path.suffix == ".py" and path.relative_to(HOUSE).parts[0] in folders and "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of the file, methods and inner ones included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def public_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that other modules are meant to call."""
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where something is, as an editor jumps to it."""
    line = f":{node.lineno}" if isinstance(node, (ast.expr, ast.stmt)) else ""
    return f"{path.relative_to(HOUSE)}{line}"
