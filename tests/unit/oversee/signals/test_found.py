"""What every rule finds in the histories that rules were written on, told in found.txt day by day where it changes.

Not all that is found is asked: much of it was asked before, waits, or is noted. Whoever changes a rule or a reading of
a story sees here for whom and on which day it changes. To write it anew:
``python -m tests.unit.oversee.signals.test_found``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history import read_case_history
from onestory.oversee.signals.rule import Evaluation, Finding
from onestory.oversee.signals.rules import ALL_RULES
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.record import History
from onestory.platform.history.story import Story, story_on
from tests.unit.oversee.replay.test_asked import FILES

KEPT = Path(__file__).with_name("found.txt")
AFTERWARDS = (30, 90, 200, 400, 800)
"""Days after the last entry on which is looked once more: what time alone changes."""


@cache
def history_of(path: Path) -> History:
    """The history of a file, read once."""
    return read_case_history(path).history


CHILDREN = [(path, person.id) for path in FILES for person in history_of(path).people.values() if person.is_child]


def found(path: Path, child: str) -> str:
    """The name of the child's story and a line for each change of what a rule finds, or of when it looks again."""
    index = StoryIndex(history_of(path), child)
    last = max(index.days)
    days = sorted({*index.days, *index.turning_days, *(last + dt.timedelta(days=later) for later in AFTERWARDS)})
    before: dict[str, Evaluation] = {}
    lines = [f"{path.stem} {child}"]
    for story in (story_on(index, day) for day in days):
        lines += [f"{story.today} {line}" for line in _changed(story, before)]
    return "\n".join(lines)


def _changed(story: Story, before: dict[str, Evaluation]) -> Iterator[str]:
    if not story.exists:
        return
    for rule in ALL_RULES:
        now, kept = rule.evaluate(story, story.today), before.get(rule.signal)
        before[rule.signal] = now
        if kept is None or now.findings != kept.findings:
            yield from (line_of(finding) for finding in now.findings)
            if kept is not None and not now.findings:
                yield f"{rule.signal} no more"
        if now.next_check != (kept.next_check if kept is not None else None):
            yield f"{rule.signal} again {now.next_check or 'never'}"


def line_of(finding: Finding) -> str:
    """A finding in a line: how grave, known as what, on what it rests."""
    marks = f" {finding.level.name.lower()}{finding.stage or ''}{' at once' if finding.ask_now else ''}"
    parts = " ".join(f"{name}={','.join(ids)}" for name, ids in finding.parts.items())
    return f"{finding.signal}{marks} {finding.key}: {' '.join(finding.triggers)}: {' '.join(finding.context)}: {parts}"


def kept() -> dict[str, str]:
    """What is written down, by the name of the story."""
    return {block.partition("\n")[0]: block for block in KEPT.read_text().strip().split("\n\n")}


WRITTEN = kept() if KEPT.exists() else {}


@pytest.mark.parametrize(("path", "child"), CHILDREN, ids=[f"{path.stem} {child}" for path, child in CHILDREN])
def test_what_is_found_is_what_is_written_down(path: Path, child: str) -> None:
    assert found(path, child) == WRITTEN[f"{path.stem} {child}"]


if __name__ == "__main__":
    KEPT.write_text("\n\n".join(found(path, child) for path, child in CHILDREN) + "\n")
