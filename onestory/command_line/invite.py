"""`onestory invite USER`: how the first administrator gets in, and anybody whom no administrator can help."""

from __future__ import annotations

import click

from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import django_running


@click.command("invite")
@click.argument("user")
@click.option("--start-over", is_flag=True, help="Also remove password and second factors, and end every session.")
def invite_command(user: str, start_over: bool) -> None:
    """Make a link with which USER chooses a password, once, within three days. Pass it on by a way that you trust.

    Somebody who has a second factor still needs it; --start-over is for whoever has lost it.
    """
    with django_running():
        from django.conf import settings
        from django.urls import reverse
        from django.utils import timezone

        from onestory.platform.accounts import actions
        from onestory.platform.accounts.queries import user_called

        found = user_called(user)
        if found is None:
            raise Plainly(f"There is no account called {user} in use.")
        make = actions.start_over if start_over else actions.invite
        token = make(found, by=None, at=timezone.now())
        host = f"https://{settings.ALLOWED_HOSTS[0]}" if settings.HTTPS else ""
        click.echo(f"{host}{reverse('accounts:first_time')}?key={token}")
