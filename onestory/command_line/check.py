"""`onestory check`: is everything as it should be?"""

from __future__ import annotations

import click

from onestory.command_line.group import LazyGroup
from onestory.command_line.surroundings import django_running

CHECKS = {
    "audit": ("check_audit", "check_audit_command", "The record of who looked at what: edited, removed, cut off?"),
    "file": ("check_file", "check_file_command", "Case history files: everything that is wrong with them."),
}


@click.group("check", cls=LazyGroup, lazy=CHECKS, invoke_without_command=True)
@click.pass_context
def check_command(context: click.Context) -> None:
    """Check the set-up, the database and the role that the program runs as; with a name, something else."""
    if context.invoked_subcommand:
        return
    with django_running():
        from django.db import connection

        from onestory.command_line.readiness import refuse_unready

        refuse_unready()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), current_user")
            version, role = cursor.fetchone()
    click.echo(f"PostgreSQL {version}, as {role}.")
    click.echo("Everything is ready.")
