"""Change rules and stories one place at a time, and see that a test notices: ``python -m scripts.mutants [PART...]``.

The tests are read once. For each change a child of this process takes the changed function's code and runs the tests
that pass through that function, the quickest first, until one fails. Which changes are made is mutmut's list; functions
under a decorator, as most readings of a Story are, are changed as well. A PART is a piece of a module's name.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import libcst as cst
import pytest
from _pytest.tmpdir import tmppath_result_key
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

HOUSE = Path(__file__).resolve().parents[1]
CHANGED = (
    "onestory/platform/history/answers.py",
    "onestory/platform/history/circle.py",
    "onestory/platform/history/earlier.py",
    "onestory/platform/history/evidence.py",
    "onestory/platform/history/followed.py",
    "onestory/platform/history/index.py",
    "onestory/platform/history/plans.py",
    "onestory/platform/history/story.py",
    "onestory/oversee/signals/asking.py",
    "onestory/oversee/signals/looking.py",
    "onestory/oversee/signals/reading.py",
    "onestory/oversee/signals/rule.py",
    "onestory/oversee/signals/walking.py",
    "onestory/oversee/signals/wording.py",
    "onestory/oversee/signals/rules/*.py",
)
TESTS: tuple[str, ...] = ("tests/unit/oversee/signals", "tests/unit/oversee/replay", "tests/unit/platform/history")
TESTS += ("tests/unit/oversee/test_following.py",)
PYTEST = ("-c", "tests/unit/mutants.ini", "--rootdir=.", "-p", "no:django", "-p", "no:cacheprovider", "-n0", "-q")
LONGEST = 60
"""Seconds; a change with which the tests never come to an end is noticed by that."""
SLOW = 2.0
"""Seconds of the processor: tests that take longer are left out."""
TOOL = 4
NOTICED = "noticed"


@dataclass(frozen=True, slots=True)
class Change:
    """One place of one function changed: its statement's lines, what it said, what it says now, the code to take."""

    function: FunctionType
    code: CodeType
    lines: range
    was: str
    now: str

    @property
    def name(self) -> str:
        """The function's full name."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


class _Everything(MutationVisitor):
    """mutmut's changes, also within functions under a decorator; decorators and defaults stay as they are."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return False
        return isinstance(node, cst.Param) or _is_kept_by_name(node) or super()._skip_node_and_children(node)


def _is_kept_by_name(node: cst.CSTNode) -> bool:
    """Whether it is a call of ``once``: any name under which something is kept is as good as any other."""
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value == "once"


def _function(holder: ModuleType | type, name: str) -> FunctionType | None:
    """The function of this name behind whatever decorates it."""
    found: Any = vars(holder).get(name)
    for _ in range(4):
        if isinstance(found, FunctionType) and not hasattr(found, "__wrapped__"):
            return found
        names = ("__wrapped__", "__func__", "fget", "read")
        found = next((inner for one in names if (inner := getattr(found, one, None)) is not None), None)
    return None


def _code(source: str, like: CodeType) -> CodeType | None:
    """The code of the one function in the source, where it can take the place of the other's."""
    waiting = [compile("from __future__ import annotations\n" + source, like.co_filename, "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if code.co_name == like.co_name:
            return code if code.co_freevars == like.co_freevars else None
        waiting += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return None


def _holders(module: ModuleType, tree: cst.Module) -> dict[cst.CSTNode, ModuleType | type]:
    """Each function of a file with the module or class that holds it."""
    found: dict[cst.CSTNode, ModuleType | type] = {}
    for node in tree.body:
        if isinstance(node, cst.FunctionDef):
            found[node] = module
        elif isinstance(node, cst.ClassDef):
            found |= {inner: vars(module)[node.name.value] for inner in node.body.body}
    return found


def changes_of(path: Path, every: int = 1) -> Iterator[Change]:
    """Every change, or every n-th, to the functions of one file."""
    name = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
    module, text = importlib.import_module(name), path.read_text()
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = _Everything(mutation_operators, IgnoredCode(set(), set(), set()), None)
    wrapper.visit(visitor)
    holders, plain, places = _holders(module, wrapper.module), cst.Module([]), wrapper.resolve(PositionProvider)
    spans = list(_statements(places))
    for one in visitor.mutations[every // 2 :: every]:
        node = one.contained_by_top_level_function
        function = _function(holders[node], node.name.value) if isinstance(node, cst.FunctionDef) else None
        if function is None or not isinstance(node, cst.FunctionDef) or one.original_node in node.decorators:
            continue
        changed = deep_replace(node.with_changes(decorators=()), one.original_node, one.mutated_node)
        code = _code(plain.code_for_node(changed).strip("\n"), function.__code__)  # type: ignore[arg-type]
        if code is not None:
            was, now = (plain.code_for_node(part) for part in (one.original_node, one.mutated_node))
            yield Change(function, code, _lines(spans, places.get(one.original_node)), was, now)


def _statements(places: Mapping[cst.CSTNode, Any]) -> Iterator[range]:
    """The lines of each statement; of one that holds others, those of its head."""
    for node, place in places.items():
        if isinstance(node, cst.SimpleStatementLine):
            yield range(place.start.line, place.end.line + 1)
        elif isinstance(node, cst.BaseCompoundStatement):
            yield range(place.start.line, max(places[node.body].start.line, place.start.line + 1))


def _lines(spans: Sequence[range], place: Any) -> range:
    """The lines of the statement that a place lies in; none where it is not known."""
    around = [span for span in spans if place is not None and place.start.line in span]
    return min(around, key=len, default=range(0))


def _inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _inner(constant)


class Runner:
    """Runs the collected tests once to see which lines each passes through, then once for every change."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.passes: list[tuple[float, pytest.Item, set[tuple[FunctionType, int]]]] = []
        self.last: Counter[pytest.Item] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        self._look_where_tests_pass(session.items)
        told: dict[str, Counter[str]] = {}
        for change in self.changes:
            came_to = self._try(change)
            told.setdefault(change.function.__module__, Counter())[came_to] += 1
            if came_to != NOTICED:
                print(f"{came_to}: {change.name}: {_short(change.was)}  →  {_short(change.now)}", flush=True)
        for module, counts in sorted(told.items()):
            print(f"{module}: {counts[NOTICED]} of {counts.total()} noticed")
        whole = sum(told.values(), Counter())
        print(f"all: {whole[NOTICED]} of {whole.total()} noticed ({100 * whole[NOTICED] / (whole.total() or 1):.1f} %)")
        return True

    def _look_where_tests_pass(self, items: Sequence[pytest.Item]) -> None:
        functions = {change.function for change in self.changes}
        of_code = {code: function for function in functions for code in _inner(function.__code__)}
        here: set[tuple[FunctionType, int]] = set()
        monitoring = sys.monitoring
        monitoring.use_tool_id(TOOL, "mutants")
        monitoring.register_callback(TOOL, monitoring.events.LINE, lambda code, line: here.add((of_code[code], line)))
        for code in of_code:
            monitoring.set_local_events(TOOL, code, monitoring.events.LINE)
        for item in items:
            here.clear()
            began = time.process_time()
            if not _passes(item):
                raise SystemExit(f"{item.nodeid} fails without any change")
            taken = time.process_time() - began
            if here and taken < SLOW:
                self.passes.append((taken, item, set(here)))
        monitoring.free_tool_id(TOOL)
        self.passes.sort(key=lambda row: row[0])

    def _try(self, change: Change) -> str:
        lines = [(change.function, line) for line in change.lines]
        tests = [item for _, item, here in self.passes if not lines or not here.isdisjoint(lines)]
        if not tests:
            return "no test passes"
        tests.sort(key=lambda item: -self.last[item])  # whoever noticed the change before this one is asked first
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            _run_changed(change, tests, tell)
        os.close(tell)
        with os.fdopen(told) as answer:
            first = answer.read()
        status = os.waitpid(child, 0)[1]
        if first:
            self.last[tests[int(first)]] = 1 + max(self.last.values(), default=0)
        return NOTICED if status else "survived"


def _run_changed(change: Change, tests: Sequence[pytest.Item], tell: int) -> None:
    """In a child: ends it with 0 where every test passes, and tells the place of the first that does not."""
    signal.alarm(LONGEST)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    change.function.__code__ = change.code
    failed = next((place for place, item in enumerate(tests) if not _passes(item)), None)
    if failed is not None:
        os.write(tell, str(failed).encode())
    os._exit(0 if failed is None else 1)


def _passes(item: pytest.Item) -> bool:
    """Whether the test passes: set up, run and taken down without the reports that pytest would write."""
    state = item.session._setupstate
    item._initrequest()  # type: ignore[attr-defined]
    item.stash[tmppath_result_key] = {}
    try:
        state.setup(item)
        item.runtest()
        state.teardown_exact(None)
    except BaseException:
        return False
    return True


def _short(text: str) -> str:
    return " ".join(text.split())[:110]


def main(arguments: Sequence[str]) -> int:
    """Try every change (or every n-th: ``every=n``) to the modules whose names hold a part; all where none is given."""
    parts = [one for one in arguments if not one.startswith("every=")]
    every = next((int(one.partition("=")[2]) for one in arguments if one.startswith("every=")), 1)
    paths = sorted(path for pattern in CHANGED for path in HOUSE.glob(pattern) if path.name != "__init__.py")
    chosen = [path for path in paths if not parts or any(part in str(path) for part in parts)]
    changes = [change for path in chosen for change in changes_of(path, every)]
    print(f"{len(changes)} changes to {len(chosen)} modules", flush=True)
    return int(pytest.main([*PYTEST, *TESTS], plugins=[Runner(changes)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
