"""`onestory replay`: a history day by day, as it became known. Needs no database."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import click

from onestory.arrive.feeds.case_history import CaseFile, read_case_histories
from onestory.command_line.errors import Plainly
from onestory.oversee.replay import Replay, replay
from onestory.oversee.signals.tuned import AS_SHIPPED, TunedRules, tuned


@click.command("replay")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="What to print.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file instead.")
@click.option("--measure", is_flag=True, help="Compare with the points that the files expect, and count the questions.")
@click.option("--each-rule", is_flag=True, help="With --measure: what each rule buys and costs.")
@click.option(
    "--tuning",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Parameters, levels and owners of rules as this file sets them.",
)
@click.option(
    "--partnership",
    type=click.IntRange(100, 1_000_000),
    metavar="CHILDREN",
    help="Instead of a file: what would be asked of the teams of an invented partnership of so many children.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="With --partnership: which families.")
@click.option("--processes", type=click.IntRange(1, 256), help="With --partnership.  [default: one a processor]")
def replay_command(
    files: tuple[Path, ...],
    form: str,
    out: Path | None,
    measure: bool,
    each_rule: bool,
    tuning: Path | None,
    partnership: int | None,
    seed: int,
    processes: int | None,
) -> None:
    """Read a case history day by day, as it became known, and say what would have been asked, when and on what."""
    chosen = _rules_of(tuning)
    if partnership is not None:
        if files or form != "text" or measure:
            raise click.UsageError("--partnership takes no FILE, no --measure, and prints text only.")
        _give(_partnership(partnership, seed, processes, chosen), out)
        return
    if not files:
        raise click.UsageError("Give a FILE, or --partnership.")
    if each_rule and not measure:
        raise click.UsageError("--each-rule goes with --measure.")
    if measure and form != "text":
        raise click.UsageError("--measure prints text only.")
    if len(files) > 1 and not measure:
        raise click.UsageError("Give one file. --measure takes several.")
    cases = read_case_histories(files)
    _give(_measured(cases, each_rule, chosen) if measure else _replayed(cases[0], form, chosen), out)


def _give(written: str, out: Path | None) -> None:
    if out is None:
        click.echo(written, nl=not written.endswith("\n"))
    else:
        out.write_text(written, encoding="utf-8")


def _rules_of(path: Path | None) -> TunedRules:
    """The rules as the file sets them; as shipped without one."""
    if path is None:
        return AS_SHIPPED
    from onestory.oversee.signals.tuning_file import TuningProblems, read_tuning

    try:
        return tuned(read_tuning(path))
    except TuningProblems as problem:
        raise Plainly(str(problem)) from problem


def _partnership(children: int, seed: int, processes: int | None, chosen: TunedRules) -> str:
    from onestory.oversee.partnership.measure import lines, measure_partnership

    def told(done: int, of: int) -> None:
        click.echo(f"\rreplay: {done:,} of {of:,} families", nl=done >= of, err=True)

    at_once = processes or os.cpu_count() or 1
    asked = measure_partnership(children, seed=seed, processes=at_once, chosen=chosen, told=told)
    return "\n".join(lines(asked)) + "\n"


def _replayed(case: CaseFile, form: str, chosen: TunedRules) -> str:
    began = time.perf_counter()
    replayed = replay(case.history, rules=chosen.rules, settings=chosen.settings)
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


def _measured(cases: list[CaseFile] | tuple[CaseFile, ...], each_rule: bool, chosen: TunedRules) -> str:
    from onestory.oversee.replay import measure

    told = list(measure.lines([measure.measure(case, chosen.rules, chosen.settings) for case in cases]))
    if each_rule:
        told += ["", *measure.worth_lines(list(measure.worth_of_each_rule(cases, chosen.rules, chosen.settings)))]
    return "\n".join(told) + "\n"
