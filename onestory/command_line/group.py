"""The commands and where each is."""

from __future__ import annotations

import importlib
from typing import Any

import click

# Name: (module, attribute, what `onestory --help` says of it). A module is imported when its command is called.
COMMANDS = {
    "demo": ("demo", "demo_command", "Bring everything up with invented families, for a look round."),
    "demo-code": ("demo_code", "demo_code_command", "Say the code with which somebody signs in to the demonstration."),
    "invite": ("invite", "invite_command", "Make a link with which somebody chooses a password."),
    "serve": ("serve", "serve_command", "Serve the pages."),
    "worker": ("worker", "worker_command", "Do the queued work."),
    "replay": ("replay", "replay_command", "Read a case history day by day and say what would have been asked."),
    "link": ("link", "link_command", "Find the records of one file, or of several, that are one person's."),
    "import": ("import_files", "import_command", "Bring case history files into the database."),
    "import-persons": ("import_persons", "import_persons_command", "Take in an agency's nightly file of its persons."),
    "assets": ("assets", "assets_command", "Build the pages' styles and scripts."),
    "check": ("check", "check_command", "Check the set-up, the database and the roles."),
    "bench": ("bench", "bench_command", "Measure, each figure against its floor in the same run."),
    "manage": ("manage", "manage_command", "Django's own commands."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads them one by one; `lazy` as COMMANDS."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a newcomer meets them."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command's module; None for a name that is not one of ours."""
        if cmd_name not in self.lazy:
            return None
        module, attribute, _ = self.lazy[cmd_name]
        return getattr(importlib.import_module(f"onestory.command_line.{module}"), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, _, says) in self.lazy.items()])


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def onestory() -> None:
    """Onestory: no concern is seen alone."""
