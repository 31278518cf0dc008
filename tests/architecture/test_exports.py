"""Whatever writes a table for somebody else writes cells that no spreadsheet runs."""

from __future__ import annotations

import ast

from tests.architecture.sources import place, python_files, tree

WRITERS = {"writer", "DictWriter"}


def writes_a_table(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in WRITERS
        and isinstance(one.func.value, ast.Name) and one.func.value.id == "csv"
        for one in ast.walk(node)
    )  # fmt: skip


def names_the_guard(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "as_text_cell" for one in ast.walk(node))


def test_every_file_that_writes_a_table_neutralises_its_cells() -> None:
    writing = [path for path in python_files("onestory") if writes_a_table(tree(path))]
    assert len(writing) >= 4
    assert [place(path) for path in writing if not names_the_guard(tree(path))] == []
