from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from onestory.command_line.group import COMMANDS, onestory


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command line loads, in a process of its own."""
    program = (
        "import sys\n"
        f"sys.argv = ['onestory', *{list(arguments)!r}]\n"
        "from onestory.command_line import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('loaded:', *sys.modules)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(answer.stdout.split("loaded:")[1].split())


@pytest.mark.parametrize("arguments", [("--help",), ("replay", "--help"), ("no-such-command",)])
def test_no_django_is_loaded_for(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert "onestory.command_line" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"django", "psycopg", "procrastinate"}}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_says_what_it_does(name: str) -> None:
    command = onestory.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.name == name
    assert command.help
    assert COMMANDS[name][2].endswith(".")


def test_help_lists_every_command() -> None:
    shown = CliRunner().invoke(onestory, ["--help"]).output
    assert [name for name in COMMANDS if f"  {name} " in shown] == list(COMMANDS)
