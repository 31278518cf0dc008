"""Who is asked what on which day in the histories that rules were written on, told line by line in asked.txt.

What is asked follows from every rule, every reading of a story and from what was asked before, so whatever changes one
of them by accident is seen here. To write it anew: ``python -m tests.unit.oversee.replay.test_asked``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history import read_case_history
from onestory.oversee.replay import replay
from onestory.oversee.signals.asking import Ask

HOUSE = Path(__file__).resolve().parents[4]
KEPT = Path(__file__).with_name("asked.txt")
FILES = [HOUSE / "demonstration" / "child-f.yaml", *sorted((HOUSE / "tests/histories/development").glob("*.yaml"))]


def line(ask: Ask) -> str:
    """One ask: day, level, team, children; every pattern in it; what it rests on."""
    patterns = ", ".join(f"{reason.signal} ({reason.key})" for reason in ask.reasons)
    again = " again" if ask.again else ""
    about = " ".join(ask.children)
    return f"{ask.on} {ask.level.name.lower()}{again} {ask.owner} about {about}: {patterns}: {' '.join(ask.rests_on)}"


def told(path: Path) -> str:
    """Everything that is asked in a history, and every pattern that ended or was added to what was asked."""
    replayed = replay(read_case_history(path).history)
    ended = [f"{end.on} ended {end.signal} ({end.key}): {end.why}" for a in replayed.alerts for end in a.ended]
    added = [f"{one.asked_on} has {one.reason.signal} added" for alert in replayed.alerts for one in alert.added]
    noted = [f"{day} note {finding.signal} ({finding.key})" for day, finding in replayed.notes]
    return "\n".join([path.stem, *(line(ask) for ask in replayed.asks), *sorted([*ended, *added, *noted])])


def kept() -> dict[str, str]:
    """What is written down, by the name of the history."""
    return {block.partition("\n")[0]: block for block in KEPT.read_text().strip().split("\n\n")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_asked_is_what_is_written_down(path: Path) -> None:
    assert told(path) == kept()[path.stem]


if __name__ == "__main__":
    KEPT.write_text("\n\n".join(told(path) for path in FILES) + "\n")
