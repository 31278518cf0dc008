"""What every rule finds in families about whom far too much is on record, in short: busy.txt has a mark for each.

The mark changes with whatever a rule finds, cites or waits for on any of the days looked at. Whoever means to change a
rule reads what changed in found.txt and sentences.txt; a rule that nobody meant to change must keep its marks. To write
them anew: ``python -m tests.unit.oversee.signals.test_busy``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

import pytest

from onestory.oversee.signals.rules import ALL_RULES
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.story import story_on
from tests.unit.oversee.busy import DAYS, FIRST, busy_family
from tests.unit.oversee.signals.test_found import line_of

KEPT = Path(__file__).with_name("busy.txt")
FAMILIES, EVERY = 16, 25
CHILDREN = ("c", "s")


def marks(number: int, child: str) -> list[str]:
    """For each rule: the family and child, the rule, how often it spoke, and the mark of everything that it found."""
    found: dict[str, list[str]] = defaultdict(list)
    index = StoryIndex(busy_family(number), child)
    for day in range(EVERY, DAYS + 500, EVERY):
        story = story_on(index, FIRST + dt.timedelta(days=day))
        for rule in ALL_RULES:
            evaluation = rule.evaluate(story, story.today)
            found[rule.signal] += [f"{story.today} {line_of(finding)}" for finding in evaluation.findings]
            found[rule.signal].append(f"again {evaluation.next_check}")
    return [f"{number}{child} {signal} {_spoke(lines)} {_mark(lines)}" for signal, lines in found.items()]


def _spoke(lines: list[str]) -> int:
    return sum(not line.startswith("again") for line in lines)


def _mark(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize("number", range(FAMILIES))
def test_every_rule_keeps_its_marks(number: int, child: str) -> None:
    kept = [line for line in KEPT.read_text().splitlines() if line.startswith(f"{number}{child} ")]
    assert marks(number, child) == kept


if __name__ == "__main__":
    everybody = [(number, child) for number in range(FAMILIES) for child in CHILDREN]
    KEPT.write_text("\n".join(line for one in everybody for line in marks(*one)) + "\n")
