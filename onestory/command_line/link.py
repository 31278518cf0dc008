"""`onestory link`: which records of one file, or of several, are one person's, with the reasons."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from onestory.command_line.errors import EXIT_PROBLEM, Plainly

if TYPE_CHECKING:
    from onestory.arrive.matching.bulk.linking import Linked, Progress
    from onestory.arrive.matching.bulk.row_problems import RowProblems


def _amount(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?\s*[KMGT]i?B", value, re.IGNORECASE):
        raise click.BadParameter("an amount of memory such as 500MB or 2GB.")
    return value


@click.command("link")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the pairs go, as CSV."
)
@click.option(
    "--threshold",
    default=None,
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="The probability from which a pair is handed out. [default: 0.98]",
)
@click.option(
    "--problems",
    "problems_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write every row with a problem here, as CSV.",
)
@click.option(
    "--weights",
    "weights_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what the files taught here, as JSON.",
)
@click.option(
    "--memory",
    default="2GB",
    show_default=True,
    callback=_amount,
    help="Memory for comparing; what exceeds it goes to disk.",
)
def link_command(
    files: tuple[Path, ...],
    out: Path,
    threshold: float | None,
    problems_file: Path | None,
    weights_file: Path | None,
    memory: str,
) -> int:
    """Find the records that are one person's: duplicates within one FILE, or links across several.

    FILES are CSV in UTF-8 with a heading: record_id, and any of given_name, surname, birth_date, sex, nhs_number, upn,
    phone, address_line, street_number, locality, region, postcode. The pairs say why in plain words. They are written
    also when rows had problems; the exit code is then 2.
    """
    # Imported here: an engine takes a second to load, and `onestory link --help` should not wait for it.
    import duckdb

    from onestory.arrive.matching.bulk.linking import THRESHOLD, link_files
    from onestory.arrive.matching.bulk.person_files import FileProblem
    from onestory.arrive.matching.bulk.row_problems import RowProblems

    _refuse(files, out)
    with _list(problems_file) as everything, _progress() as progress:
        problems = RowProblems(everything)
        try:
            linked = link_files(
                files, out, problems=problems, threshold=threshold or THRESHOLD, memory=memory, progress=progress
            )
        except FileProblem as problem:
            raise Plainly(str(problem)) from problem
        except duckdb.OutOfMemoryException as problem:
            raise Plainly(f"{memory} of memory and the disk were not enough: allow more with --memory.") from problem
    if weights_file:
        weights_file.write_text(json.dumps(linked.weights.as_json(), ensure_ascii=False), encoding="utf-8")
    _tell(linked, problems, out)
    return EXIT_PROBLEM if problems.count else 0


def _refuse(files: tuple[Path, ...], out: Path) -> None:
    if not out.parent.is_dir():
        raise Plainly(f"{out.parent}: there is no such folder.")
    if any(out.resolve() == file.resolve() for file in files):
        raise Plainly(f"{out}: the pairs would take the place of a file that is to be linked.")


@contextlib.contextmanager
def _list(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        yield file


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """A line for each stage on the error stream, which leaves the output alone."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Shown

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Shown(*columns, console=Console(stderr=True), transient=True) as shown:
        stages: dict[str, int] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in stages:
                for task in stages.values():
                    shown.stop_task(task)  # type: ignore[arg-type]
                stages[stage] = shown.add_task(stage, total=of or None)
            shown.update(stages[stage], completed=done)  # type: ignore[arg-type]

        yield tell


def _tell(linked: Linked, problems: RowProblems, out: Path) -> None:
    for line in [*problems.notes, *problems.lines()]:
        click.echo(line, err=True)
    if problems.count:
        click.echo(f"{_many(problems.count, 'problem')} in rows; everything else was used.", err=True)
    click.echo(f"{_many(linked.records, 'record')} compared; {_many(linked.pairs, 'pair')} written to {out}.")
    if linked.held_back:
        held = _many(linked.held_back, "pair")
        click.echo(f"{held} much alike held back: brothers and sisters, parent and child, different numbers …")
    if linked.fits_two:
        click.echo(f"{_many(linked.fits_two, 'pair')} left out because a record fits two people equally well.")
    if not linked.weights.families.apart:
        click.echo("Differing given names in these files are slips, as in every field, and held no pair back.")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
