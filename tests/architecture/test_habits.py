"""Habits that keep the code readable, held by reading the code itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import HOUSE, files, functions, place, public_functions, python_files, tree

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
EMPTY_NAMES = {"core", "common", "util", "utils", "helper", "helpers", "manager", "managers", "misc"}
EXPLAINED = ("actions", "queries", "policies")
OURS = ("onestory", "config", "scripts")
# The program's own acts, by the clock or on what was written: nobody's name stands behind them.
ACTS_BY_ITSELF = {
    name: {"by"} for name in ("project_commitments", "read_again", "sweep", "wake_put_off", "withdrawals")
}
# Each of many rows carries its own time.
SAYS_WHEN_IN_ITS_ROWS = {
    name: {"at"} for name in ("add_agency_records", "project_commitments", "record_relationships", "withdrawals")
}
# Where the outside world comes in, and with it the time: a request, a job, a command.
EDGES = {"views.py", "jobs.py", "middleware.py"}
CLOCKS = {"now", "today", "utcnow"}
# With an argument these only convert; without one they read the clock.
CLOCKS_WITHOUT_ARGUMENT = {"localdate", "localtime", "time"}
CLOCK_OWNERS = {"timezone", "date", "datetime", "dt", "time", "django_timezone"}


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{place(path, function)} {function.name}"
        for path in python_files(*OURS, "tests")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_file_is_longer_than_can_be_kept_in_mind() -> None:
    long = [
        place(path)
        for path in python_files(*OURS, "tests")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_every_module_has_a_name_that_says_something() -> None:
    empty = [place(path) for path in python_files(*OURS) if EMPTY_NAMES & {path.stem, *path.parent.parts}]
    assert empty == []


def explained_files() -> list[Path]:
    return [
        path
        for path in python_files("onestory")
        if path.stem in EXPLAINED or (path.parent.name == "rules" and path.stem != "__init__")
    ]


def test_every_public_action_query_policy_and_rule_says_what_it_does() -> None:
    assert explained_files()
    silent = [
        f"{place(path, function)} {function.name}"
        for path in explained_files()
        for function in public_functions(path)
        if not ast.get_docstring(function)
    ]
    assert silent == []


def test_a_docstring_says_more_than_the_name() -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"[a-z]+", text.lower()))

    repeating = [
        f"{place(path, function)} {function.name}"
        for path in explained_files()
        for function in public_functions(path)
        if words(ast.get_docstring(function) or "") <= words(function.name.replace("_", " ")) | {"the", "a", "an"}
        and ast.get_docstring(function)
    ]
    assert repeating == []


def test_every_action_is_told_who_acts_and_when() -> None:
    """What is acted on may come first and alone; everything else is named by the caller."""
    actions = [path for path in python_files("onestory") if path.name == "actions.py"]
    assert actions
    untold = [
        f"{place(path, function)} {function.name}"
        for path in actions
        for function in public_functions(path)
        if not function.name.startswith("new_")  # makes a row for another action to write
        and (
            not {"by"} <= named(function) | ACTS_BY_ITSELF.get(function.name, set())
            or not {"at", "today"} & named(function) | SAYS_WHEN_IN_ITS_ROWS.get(function.name, set())
            or len(function.args.posonlyargs + function.args.args) > 1
        )
    ]
    assert untold == []


def named(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def reads_clock(node: ast.AST) -> bool:
    """`timezone.now`, `date.today`, `dt.datetime.now` …, called or handed on; `time.time()`, `timezone.localdate()`."""
    if isinstance(node, ast.Call) and not node.args and not node.keywords:
        node, clocks = node.func, CLOCKS | CLOCKS_WITHOUT_ARGUMENT
    else:
        clocks = CLOCKS
    if not isinstance(node, ast.Attribute) or node.attr not in clocks:
        return False
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return name in CLOCK_OWNERS


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("timezone.now()", True),
        ("dt.date.today()", True),
        ("datetime.now(tz=UTC)", True),
        ("DateTimeField(default=timezone.now)", True),
        ("time.time()", True),
        ("story.today", False),
        ("timezone.localdate()", True),
        ("timezone.localdate(at)", False),
        ("dt.time(9, 30)", False),
        ("today + day", False),
    ],
)
def test_a_clock_is_recognised(code: str, reads: bool) -> None:
    assert any(reads_clock(node) for node in ast.walk(ast.parse(code))) is reads


def test_the_domain_never_reads_the_clock() -> None:
    domain = ("arrive", "decide", "help", "oversee", "platform")
    infrastructure = {"database", "demonstration", "queue"}
    reading = [
        place(path, node)
        for path in python_files("onestory")
        if (parts := path.relative_to(HOUSE).parts)[1] in domain
        and parts[2] not in infrastructure
        and path.name not in EDGES
        for node in ast.walk(tree(path))
        if reads_clock(node)
    ]
    assert reading == []


def test_the_day_of_an_instant_is_this_countrys() -> None:
    """``at.date()`` is Greenwich's, and for an hour of each summer's night that is yesterday."""
    greenwichs = [
        place(path, node)
        for path in python_files("onestory")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and re.search(r"(\bat|_at|now)$", ast.unparse(node.func.value))
    ]
    assert greenwichs == []


def test_views_ask_queries_and_never_the_tables() -> None:
    asking = [
        place(path, node)
        for path in python_files("onestory")
        if path.name == "views.py" or path.parent.name == "views"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert asking == []


def test_only_actions_and_jobs_write() -> None:
    """Forms, views, presenters and models do not save, create or delete: a write has one place where it can be read."""
    writing = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "delete"}
    readers = {"views.py", "forms.py", "presenters.py", "queries.py", "policies.py", "states.py"}
    found = [
        f"{place(path, node)} {node.func.attr}"
        for path in python_files("onestory")
        if path.name in readers
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writing
        and not (isinstance(node.func.value, ast.Attribute) and node.func.value.attr in {"session", "cookies"})
    ]
    assert found == []


# Put together here, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "npmjs" + ".com", "deb." + "debian.org"]
MACHINE_PATHS = ["/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/", "/sha" + "red/"]


def test_no_file_names_a_package_registry_or_a_path_of_somebodys_machine() -> None:
    looked_for = [word.encode() for word in (*REGISTRIES, *MACHINE_PATHS)]
    found = [
        f"{place(path)}: {word.decode()}"
        for path in files()
        for content in [path.read_bytes()]
        for word in looked_for
        if word in content
    ]
    assert found == []


def test_every_feature_folder_introduces_itself() -> None:
    features = {
        path.parent
        for path in python_files("onestory")
        if path.name in {"models.py", "actions.py", "queries.py"} and path.parent.name != "onestory"
    }
    silent = sorted(place(folder) for folder in features if not (folder / "README.md").exists())
    assert silent == []
