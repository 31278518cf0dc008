"""Families of an invented partnership as case history files, which the import reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onestory.arrive.feeds.case_history.case_file import CaseFile
from onestory.arrive.feeds.case_history.writing import write_case_file
from onestory.oversee.partnership.families import family, number_of_families


def write_partnership(folder: Path, *, children: int, seed: int) -> Iterator[Path]:
    """Write every family that has any entries; yields the files as they are written. A file that is there is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(number_of_families(children)):
        path = folder / f"family-{seed}-{number:06}.yaml"
        history = family(seed, number)
        if not history.entries:
            continue
        if not path.exists():
            path.write_text(write_case_file(CaseFile(path, history, synthetic=True)), encoding="utf-8")
        yield path
