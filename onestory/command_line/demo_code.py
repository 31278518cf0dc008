"""`onestory demo-code USER`: the code that the demonstration asks for."""

from __future__ import annotations

import os

import click

from config.environment import data_folder
from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import django_running
from onestory.platform.demonstration.guard import is_demonstration


@click.command("demo-code")
@click.argument("user")
def demo_code_command(user: str) -> None:
    """Say the code with which USER signs in to the demonstration at this moment. It counts once."""
    _point_at_demonstration()
    with django_running():
        from django.utils import timezone

        from onestory.platform.accounts.demonstration import code_now
        from onestory.platform.accounts.queries import user_called

        found = user_called(user)
        code = code_now(found, timezone.now()) if found else None
    if code is None:
        raise Plainly(f"Nobody called {user} has a code in the demonstration. `onestory demo` prints who can sign in.")
    click.echo(code)


def _point_at_demonstration() -> None:
    """Use the demonstration's own data, wherever `onestory demo` put it."""
    data = data_folder()
    found = next((one for one in (data, data.with_name(f"{data.name}-demonstration")) if is_demonstration(one)), None)
    if found is None:
        raise Plainly("There is no demonstration here. `onestory demo` makes one.")
    if os.environ.get("DATABASE_URL"):
        raise Plainly("The demonstration uses a database of its own. Unset DATABASE_URL and run this again.")
    os.environ |= {"ONESTORY_DATA": str(found), "ONESTORY_DEMO": "1"}
