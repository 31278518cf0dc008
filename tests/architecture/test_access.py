"""Who may work as the keeper, and that nobody reads a guarded table without a reader. Read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from onestory.platform.access.visibility import guarded_models
from tests.architecture.sources import HOUSE, place, python_files, tree

WRITERS = {"actions.py", "jobs.py"}
"""Files in which what follows from entries is written."""
OTHER_KEEPERS = {
    "onestory/platform/access/keeping.py": "it is itself",
    "onestory/platform/ui/about_child.py": "narrows the reader to the child's circle, by ids",
    "onestory/platform/history/rereading.py": "finds whose stories an entry touches",
    "onestory/platform/history/loading.py": "that an entry no longer stands, and nothing of what took its place",
    "onestory/oversee/signals/queries.py": "counts the circles that a sweep would visit",
    "onestory/decide/decisions/queries.py": "whether agencies were asked and the chronology opened, as yes or no",
    "onestory/help/services/queries.py": "counts over all families how often help was not to be had; names nobody",
    "onestory/web/families/queries.py": "in what order a list asks for those of whom the reader may know",
    "onestory/web/demonstration.py": "ties the invented people who work in the demonstration",
}
PAGES = {"views.py", "presenters.py", "forms.py"}
READS_WITH_A_READER = {"visible_to", "keeping", "not_shut", "can", "may_know_of"}


READ_BY_OTHERS = {
    "records_of_children": "asked by answer_alert alone, as keeper, for the records that the answer's entry is about",
    "teams_asked_on": "asked by a decision's completion alone, as keeper, for whom to tell; teams, nothing of a family",
    "candidates_of": "ids that the page's own rows name; the database cuts them to the reader",
}
"""Queries of guarded tables without a reader of their own, and why."""


def calls(node: ast.AST, names: set[str]) -> bool:
    return any(
        isinstance(one, ast.Call)
        and (one.func.id if isinstance(one.func, ast.Name) else getattr(one.func, "attr", "")) in names
        for one in ast.walk(node)
    )


def test_no_page_works_as_the_keeper() -> None:
    found = [
        place(path)
        for path in python_files("onestory")
        if (path.name in PAGES or "views" in path.parts) and calls(tree(path), {"keeping"})
    ]
    assert found == []


def test_whoever_works_as_the_keeper_writes_or_says_here_why() -> None:
    found = {
        str(path.relative_to(HOUSE))
        for path in python_files("onestory")
        if path.name == "queries.py" or path.parent.name in {"ui", "history", "web"}
        if path.name not in WRITERS and calls(tree(path), {"keeping"})
    }
    assert found <= OTHER_KEEPERS.keys()


def managers_of_guarded_tables(function: ast.AST) -> Iterator[ast.AST]:
    guarded = {model.__name__ for model in guarded_models()}
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"objects", "_default_manager", "_base_manager"}
            and isinstance(node.value, ast.Name)
            and node.value.id in guarded
        ):
            yield node


def test_every_query_of_a_guarded_table_starts_from_its_reader() -> None:
    unread = [
        f"{place(path, function)} {function.name}"
        for path in python_files("onestory")
        if path.name == "queries.py"
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        and any(managers_of_guarded_tables(function))
        and not calls(function, READS_WITH_A_READER)
        and function.name not in READ_BY_OTHERS
    ]
    assert unread == []
