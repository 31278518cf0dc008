"""What the rules say, word for word: each case in which a rule speaks, as a reader would get it.

Read sentences.txt as a parent would. Whoever changes a rule sees here what it says now and what it no longer says; to
write it anew: ``python -m tests.unit.oversee.signals.test_sentences``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestory.oversee.signals.rule import Finding
from onestory.oversee.signals.wording import sentence
from onestory.platform.history.story import Story
from tests.unit.oversee.signals.family import Case
from tests.unit.oversee.signals.test_every_rule import CASES

KEPT = Path(__file__).with_name("sentences.txt")
SPEAKING = sorted((case for case in CASES if case.speaks_on), key=lambda case: (case.rule, case.says))


def said(case: Case) -> str:
    """The case's name and, for each day on which the rule speaks, what it says and what it rests on."""
    return "\n".join([f"{case.rule}: {case.says}", *_lines(case)])


def _lines(case: Case) -> Iterator[str]:
    for day in case.speaks_on.split():
        story = case.story(day)
        for finding in case.found(day):
            yield f"    {day} {finding.level.name.lower()}: {sentence(story, finding)}"
            yield f"        {_rests_on(story, finding)}"


def _rests_on(story: Story, finding: Finding) -> str:
    stage = f"; stage {finding.stage}" if finding.stage else ""
    now = "; at once" if finding.ask_now else ""
    new, beside = " ".join(finding.triggers) or "nothing", " ".join(finding.context) or "nothing"
    return f"new: {new}; beside it: {beside}; known as {finding.key}{stage}{now}"


def kept() -> dict[str, str]:
    """What is written down, by the first line of each case."""
    blocks = KEPT.read_text().strip().split("\n\n")
    return {block.partition("\n")[0]: block for block in blocks}


WRITTEN = kept() if KEPT.exists() else {}


@pytest.mark.parametrize("case", SPEAKING, ids=lambda case: f"{case.rule}: {case.says}")
def test_a_rule_says_what_is_written_down(case: Case) -> None:
    assert said(case) == WRITTEN[f"{case.rule}: {case.says}"]


def test_nothing_is_written_down_that_no_rule_says() -> None:
    assert list(WRITTEN) == list(dict.fromkeys(f"{case.rule}: {case.says}" for case in SPEAKING))


if __name__ == "__main__":
    KEPT.write_text("\n\n".join(said(case) for case in SPEAKING) + "\n")
