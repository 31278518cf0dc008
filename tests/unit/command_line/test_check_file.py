"""`onestory check file`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]
SMALL = PROJECT / "tests/histories/format/small.yaml"


def onestory(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    call = [sys.executable, "-c", "from onestory.command_line import main; main()", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, cwd=PROJECT, timeout=60, check=False)


def test_good_files_are_said_to_be_good() -> None:
    done = onestory("check", "file", SMALL, PROJECT / "demonstration/child-f.yaml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{SMALL}: 6 entries, no errors.",
        f"{PROJECT / 'demonstration/child-f.yaml'}: 79 entries, no errors.",
    ]


def test_every_error_is_printed_as_a_line_and_the_exit_code_is_two(tmp_path) -> None:
    broken = tmp_path / "broken.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("outcome: advice", "outcome: noaction")
    broken.write_text(text.replace("born: 2018-03", "born: spring"), encoding="utf-8")
    done = onestory("check", "file", SMALL, broken)
    assert done.returncode == 2
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{broken}:6: people › k › born: found 'spring'; allowed: a day")
    assert second.startswith(f"{broken}:27: entries › e2 › outcome: found 'noaction'; allowed: no_further_action")
