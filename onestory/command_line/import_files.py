"""`onestory import`: case history files, an agency's extract or the directory of services, into the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onestory.arrive.feeds.case_history import read_case_histories
from onestory.command_line.import_directory import import_directory
from onestory.command_line.import_feed import import_feed
from onestory.command_line.surroundings import bring_own_tables_up_to_date, django_running

if TYPE_CHECKING:
    from onestory.arrive.feeds.reports import ImportReport


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Do everything, say what it would change, and keep nothing.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was known by this day. A later import of the same file adds the rest.",
)
@click.option("--feed", metavar="NAME", help="The file is an extract of this feed, CSV or Excel.")
@click.option("--directory", is_flag=True, help="The file is a directory of services, as CSV.")
@click.option(
    "--problems-to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --feed or --directory: write the rows in error to this file, as CSV.",
)
def import_command(
    files: tuple[Path, ...],
    dry_run: bool,
    until: dt.datetime | None,
    feed: str | None,
    directory: bool,
    problems_to: Path | None,
) -> None:
    """Bring case history files into the database: all of them, or none when anything is wrong with one.

    A file that was imported before changes nothing. What is new in a changed file is added, what changed is superseded,
    what is gone is taken back; all of it stays on record. With --feed the file is an extract that an agency sends again
    and again; the feed's mapping says what its columns mean. With --directory it is the partnership's directory of
    services.
    """
    if directory:
        if len(files) != 1 or until is not None or feed is not None:
            raise click.UsageError("With --directory, give one FILE, no --feed and no --until.")
        import_directory(files[0], dry_run=dry_run, problems_to=problems_to)
        return
    if feed is not None:
        if len(files) != 1 or until is not None:
            raise click.UsageError("With --feed, give one FILE and no --until.")
        import_feed(feed, files[0], dry_run=dry_run, problems_to=problems_to)
        return
    if problems_to is not None:
        raise click.UsageError("--problems-to goes with --feed or --directory.")
    read_case_histories(files)  # so that what is wrong with a file is said before a database is started
    with django_running():
        from onestory.command_line.readiness import refuse_unready

        bring_own_tables_up_to_date()
        refuse_unready()
        report = _import(files, dry_run, until.date() if until else None)
    for line in report.lines():
        click.echo(line)


def _import(files: tuple[Path, ...], dry_run: bool, until: dt.date | None) -> ImportReport:
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from onestory.arrive.feeds import actions

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    # On the error stream and gone when done: what is printed stays plain, for people and for pipes.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("Reading", total=len(files))

        def tell(progress: actions.Progress) -> None:
            shown.update(task, description=progress.says, completed=progress.done, total=progress.total)

        return actions.import_files(files, by=None, at=timezone.now(), until=until, dry_run=dry_run, progress=tell)
