"""`onestory replay`: a history day by day, as it became known. Needs no database."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from onestory.arrive.feeds.case_history import CaseFile, read_case_histories
from onestory.oversee.replay import Replay, replay


@click.command("replay")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="What to print.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file instead.")
@click.option("--measure", is_flag=True, help="Compare with the points that the files expect, and count the questions.")
@click.option("--each-rule", is_flag=True, help="With --measure: what each rule buys and costs.")
def replay_command(files: tuple[Path, ...], form: str, out: Path | None, measure: bool, each_rule: bool) -> None:
    """Read a case history day by day, as it became known, and say what would have been asked, when and on what."""
    if each_rule and not measure:
        raise click.UsageError("--each-rule goes with --measure.")
    if measure and form != "text":
        raise click.UsageError("--measure prints text only.")
    if len(files) > 1 and not measure:
        raise click.UsageError("Give one file. --measure takes several.")
    cases = read_case_histories(files)
    written = _measured(cases, each_rule) if measure else _replayed(cases[0], form)
    if out is None:
        click.echo(written, nl=not written.endswith("\n"))
    else:
        out.write_text(written, encoding="utf-8")


def _replayed(case: CaseFile, form: str) -> str:
    began = time.perf_counter()
    replayed = replay(case.history)
    return _written(replayed, form, time.perf_counter() - began)


def _written(replayed: Replay, form: str, seconds: float) -> str:
    """The replay in the form asked for; only that form's parts are loaded."""
    if form == "json":
        from onestory.oversee.replay.json import as_plain

        return json.dumps(as_plain(replayed, seconds), ensure_ascii=False, indent=1) + "\n"
    if form == "html":
        from onestory.oversee.replay.page import as_page

        return as_page(replayed)
    from onestory.oversee.replay.text import as_text

    return as_text(replayed)


def _measured(cases: list[CaseFile] | tuple[CaseFile, ...], each_rule: bool) -> str:
    from onestory.oversee.replay import measure

    told = list(measure.lines([measure.measure(case) for case in cases]))
    if each_rule:
        told += ["", *measure.worth_lines(list(measure.worth_of_each_rule(cases)))]
    return "\n".join(told) + "\n"
