"""Replaying Child F and evaluating stories in memory, each beside its floor; what cap, merging and each rule are worth.

A story evaluation is every rule on one child's story on one day on which something became known. A replay and a sweep
also look on days on which time alone matters; their rate is printed apart. Printed beside both: how fast this machine
counts, so that figures of two machines can be compared. One core is used: the rates are of its processor's time, with
those by the wall beside them, at best of ONESTORY_TEST_RUNS (25) runs.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from onestory.arrive.feeds.case_history import CaseFile, read_case_history
from onestory.oversee.replay import measure, replay
from onestory.oversee.replay.walking import AFTERWARDS
from onestory.oversee.signals import asking
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.looking import Evaluated, indexes_of
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.walking import walk
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.story import story_on

HOUSE = Path(__file__).resolve().parents[2]
TIMES = 20
RUNS = int(os.environ.get("ONESTORY_TEST_RUNS") or 25)
FLOOR = 5_000
"""Evaluations a second and core."""


def _best(work: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Seconds at best and in the middle."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken), statistics.median(taken)


def _evaluations(cases: Sequence[CaseFile]) -> int:
    """Evaluate every story with every rule, indexes included; how many there were."""
    number = 0
    for case in cases:
        for person in case.history.people.values():
            if not person.is_child:
                continue
            index, evaluated = StoryIndex(case.history, person.id), Evaluated()
            for day in sorted(set(index.days)):
                list(evaluated.of(story_on(index, day), ALL_RULES, {}))
                number += 1
    return number


def _looks(cases: Sequence[CaseFile]) -> int:
    """Replay: the stories on days of news and on days when time alone matters, deciding whom to ask included; how many
    there were."""
    number = 0
    for case in cases:
        indexes = indexes_of(case.history)
        end = max(day for index in indexes for day in index.days) + AFTERWARDS
        for _ in walk(indexes, Memory(), after=None, end=end):
            number += len(indexes)
    return number


def _a_second(work: Callable[[Sequence[CaseFile]], int], cases: Sequence[CaseFile]) -> tuple[float, float]:
    """At best of several runs: so many a second of the processor, and so many a second by the clock on the wall."""
    by_processor, by_wall = 0.0, 0.0
    for _ in range(RUNS):
        busy, began = time.process_time(), time.perf_counter()
        number = work(cases)
        by_processor = max(by_processor, number / (time.process_time() - busy))
        by_wall = max(by_wall, number / (time.perf_counter() - began))
    return by_processor, by_wall


def _print_evaluations(name: str, cases: Sequence[CaseFile]) -> None:
    busy, wall = _a_second(_evaluations, cases)
    kept = "kept" if busy >= FLOOR else "NOT KEPT"
    print(
        f"story evaluations a second and core, {name}: {busy:,.0f} (by the wall {wall:,.0f}; floor {FLOOR:,}: {kept})"
    )
    busy, wall = _a_second(_looks, cases)
    print(f"  on every day of a replay, asking included: {busy:,.0f} (by the wall {wall:,.0f})", flush=True)


def _figures(cases: Sequence[CaseFile], cap: int = 12, merge: bool = True) -> str:
    """Points in time and asks in a year, with another cap on what is cited or without merging."""
    kept, groups = asking.CITED_AT_MOST, asking._groups
    asking.CITED_AT_MOST = cap
    if not merge:
        asking._groups = lambda due: [[pair] for pair in due]
    try:
        whole = measure.total([measure.measure(case) for case in cases])
    finally:
        asking.CITED_AT_MOST, asking._groups = kept, groups
    return f"{whole.caught} of {whole.points} points, {whole.asks / whole.years:.1f} asks a family-year"


def main() -> None:
    """Measure and print."""
    child_f = read_case_history(HOUSE / "demonstration" / "child-f.yaml")
    folder = HOUSE / "tests" / "histories" / "development"
    cases = [child_f, *(read_case_history(path) for path in sorted(folder.glob("*.yaml")))]
    ordinary = [case for case in cases if not case.expected]
    counting, _ = _best(lambda: sum(number * number for number in range(1_000_000)))
    best, middle = _best(lambda: replay(child_f.history))
    print(f"this machine: a million squares in {1000 * counting:.0f} ms")
    told = f"{1000 * best:.0f} ms at best, {1000 * middle:.0f} ms in the middle"
    print(f"Child F, every rule, every day: {told} (floor 100)")
    for name, chosen in (("ordinary families", ordinary), ("all histories", cases)):
        _print_evaluations(name, chosen)
    for cap in (6, 8, 12):
        print(f"citing at most {cap}: {_figures(cases, cap)}")
    print(f"without merging: {_figures(cases, merge=False)}")
    for told in measure.worth_lines(list(measure.worth_of_each_rule(cases))):
        print(told)


if __name__ == "__main__":
    main()
