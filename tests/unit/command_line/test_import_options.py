"""What does not go together when something is brought in is refused before anything is done."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from onestory.command_line.import_files import import_command


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--directory", "a.csv", "--feed", "absence"), "With --directory, give one FILE"),
        (("--directory", "a.csv", "--until", "2026-01-01"), "With --directory, give one FILE"),
        (("--directory", "a.csv", "b.csv"), "With --directory, give one FILE"),
        (("--feed", "absence", "a.csv", "b.csv"), "With --feed, give one FILE"),
        (("a.yaml", "--problems-to", "b.csv"), "--problems-to goes with --feed or --directory."),
    ],
)
def test_what_does_not_go_together_is_refused(given: tuple[str, ...], said: str) -> None:
    answer = CliRunner().invoke(import_command, given)
    assert answer.exit_code == 2
    assert said in answer.output
