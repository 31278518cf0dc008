"""`onestory import --directory`: the directory of services into the database."""

from __future__ import annotations

from pathlib import Path

import click

from onestory.command_line.errors import Plainly
from onestory.command_line.import_feed import write_list
from onestory.command_line.surroundings import bring_own_tables_up_to_date, django_running


def import_directory(path: Path, *, dry_run: bool, problems_to: Path | None) -> None:
    """Bring a directory in, all of it or nothing, and print what it came to. Raises what a person is to read."""
    if not path.is_file():
        raise Plainly(f"{path}: there is no such file.")
    with django_running():
        from onestory.command_line.readiness import refuse_unready

        bring_own_tables_up_to_date()
        refuse_unready()
        click.echo(_bring_in(path, dry_run=dry_run, problems_to=problems_to))


def _bring_in(path: Path, *, dry_run: bool, problems_to: Path | None) -> str:
    from django.db import transaction
    from django.utils import timezone

    from onestory.arrive.feeds.extracts import ExtractProblems
    from onestory.help.services.maintaining import keep_services
    from onestory.help.services.queries import teams_by_name
    from onestory.help.services.reading import read_directory
    from onestory.platform.agencies.actions import ensure_command_line

    teams, at = teams_by_name(), timezone.now()
    try:
        told = read_directory(path.read_bytes(), file=path.name, teams=teams)
    except ExtractProblems as problems:
        write_list(problems, problems_to)
        raise
    with transaction.atomic():
        kept = keep_services(told, teams=teams, by=ensure_command_line(by=None, at=at), at=at)
        transaction.set_rollback(dry_run)
    changed = sum(one.last_modified == at for one in kept)
    said = f"{path.name}: {changed} services new or changed, {len(kept) - changed} as before."
    return f"{said} Nothing was kept: this was a dry run." if dry_run else said
