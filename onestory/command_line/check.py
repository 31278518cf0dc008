"""`onestory check`: is everything as it should be?"""

from __future__ import annotations

import click

from onestory.command_line.surroundings import django_running


@click.command("check")
def check_command() -> None:
    """Check the set-up, the database and the role that the program runs as."""
    with django_running():
        from django.db import connection

        from onestory.command_line.readiness import refuse_unready

        refuse_unready()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), current_user")
            version, role = cursor.fetchone()
    click.echo(f"PostgreSQL {version}, as {role}.")
    click.echo("Everything is ready.")
