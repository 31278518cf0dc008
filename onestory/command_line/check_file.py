"""`onestory check file`: are these case history files as the format wants them?"""

from __future__ import annotations

from pathlib import Path

import click

from onestory.arrive.feeds.case_history import read_case_histories


@click.command("file")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def check_file_command(files: tuple[Path, ...]) -> None:
    """Read case history files and say everything that is wrong with them. Needs no database, changes nothing."""
    for case_file in read_case_histories(files):
        entries = len(case_file.history.entries)
        click.echo(f"{case_file.path}: {entries} {'entry' if entries == 1 else 'entries'}, no errors.")
