"""`onestory replay`: its formats, its refusals, and that it needs neither database nor Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onestory.command_line.replay import replay_command

HOUSE = Path(__file__).resolve().parents[3]
CHILD_F = str(HOUSE / "demonstration" / "child-f.yaml")
WHEEZE = str(HOUSE / "tests" / "histories" / "development" / "ordinary-many-attendances.yaml")


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(replay_command, arguments)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_text_is_for_people() -> None:
    text = run(CHILD_F)
    assert text.startswith("Child F\n=======\n")
    assert "before the incident under review" in text


def test_json_is_for_programs() -> None:
    plain = json.loads(run(CHILD_F, "--format", "json"))
    assert plain["title"] == "Child F"
    assert plain["alerts"]


def test_a_page_can_be_written_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "replay.html"
    assert run(CHILD_F, "--format", "html", "--out", str(out)) == ""
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_measuring_takes_several_files() -> None:
    text = run("--measure", CHILD_F, WHEEZE)
    assert "Points in time: 25 of 25 (100 %)" in text
    assert "Asks per family-year in ordinary families: 0.00 (0 urgent)" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((CHILD_F, CHILD_F), "one file"),
        (("--each-rule", CHILD_F), "--measure"),
        (("--measure", "--format", "json", CHILD_F), "text only"),
        ((), "FILE"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], says: str) -> None:
    answer = CliRunner().invoke(replay_command, arguments)
    assert answer.exit_code == 2
    assert says in answer.output


def test_it_starts_without_django() -> None:
    code = (
        "import sys; from onestory.command_line.replay import replay_command; "
        f"replay_command([{CHILD_F!r}, '--format', 'html', '--out', '/dev/null'], standalone_mode=False); "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg', 'procrastinate')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOUSE)
    assert answer.stdout.strip() == "[]"
