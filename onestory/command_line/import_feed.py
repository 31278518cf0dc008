"""`onestory import --feed`: an agency's extract into the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onestory.command_line.errors import Plainly
from onestory.command_line.surroundings import bring_own_tables_up_to_date, django_running

if TYPE_CHECKING:
    from onestory.arrive.feeds.extracts import ExtractProblems
    from onestory.arrive.feeds.incoming.models import Feed
    from onestory.arrive.feeds.incoming.reports import FeedReport


def import_feed(name: str, path: Path, *, dry_run: bool, problems_to: Path | None) -> None:
    """Bring one file of a feed in and print what it came to. Raises what a person is to read."""
    if not path.is_file():
        raise Plainly(f"{path}: there is no such file.")
    with django_running():
        from onestory.command_line.readiness import refuse_unready

        bring_own_tables_up_to_date()
        refuse_unready()
        report = _bring_in(_feed(name), path, dry_run, problems_to)
        for line in report.lines():
            click.echo(line)


def _feed(name: str) -> Feed:
    from onestory.arrive.feeds.incoming.queries import feed_named, names_of_feeds

    feed = feed_named(name)
    if feed is None:
        known = ", ".join(names_of_feeds()) or "none has been set up yet"
        raise Plainly(f"There is no feed called {name}. Feeds: {known}.")
    return feed


def _bring_in(feed: Feed, path: Path, dry_run: bool, problems_to: Path | None) -> FeedReport:
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from onestory.arrive.feeds import extracts
    from onestory.arrive.feeds.incoming.actions import bring_in
    from onestory.arrive.feeds.incoming.reports import Progress as FeedProgress

    columns = SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,} rows")
    console = Console(stderr=True)
    with (
        path.open("rb") as file,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown,
    ):
        task = shown.add_task("Reading", total=None)

        def tell(progress: FeedProgress) -> None:
            shown.update(task, description=progress.says, completed=progress.rows)

        try:
            return bring_in(feed, file=file, name=path.name, by=None, at=timezone.now(), dry_run=dry_run, progress=tell)
        except extracts.ExtractProblems as problems:
            write_list(problems, problems_to)
            raise


def write_list(problems: ExtractProblems, to: Path | None) -> None:
    """Write what is wrong with a file to the list that was asked for, if one was."""
    from onestory.arrive.feeds.extracts.problems import write_problems

    if to is not None:
        with to.open("w", encoding="utf-8-sig", newline="") as written:
            write_problems(problems.problems, written)
