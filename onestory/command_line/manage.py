"""`onestory manage …`: Django's own commands, with the database running."""

from __future__ import annotations

import contextlib
import os

import click

from onestory.command_line.surroundings import database_running

# They read and write files only; the database need not be started for them.
WITHOUT_DATABASE = {"collectstatic", "help", "version"}


@click.command(
    "manage", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(arguments: tuple[str, ...]) -> None:
    """Django's own commands: `onestory manage migrate`, `onestory manage shell`, …"""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    without = not arguments or arguments[0] in WITHOUT_DATABASE or "--help" in arguments
    with contextlib.nullcontext() if without else database_running():
        execute_from_command_line(["onestory manage", *arguments])
