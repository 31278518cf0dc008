"""`onestory link` on a long file with faults all over it: each row is named, the rest is linked, memory stays bounded.

How many rows: ONESTORY_TEST_ROWS (4,000; a million in `make soak`).
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.unit.arrive.matching.register import COLUMNS, Register

ROWS = int(os.environ.get("ONESTORY_TEST_ROWS", "4000"))
EVERY = 500
"""Of so many rows one is a fault."""
MEMORY = 1_000
"""Megabytes that comparing may take; what exceeds it goes to disk."""
BESIDES = 1_500
"""Megabytes for the program itself, its libraries, and what of a million rows has to be at hand."""
FAULTS = {
    "birth_date": "{id},Ada,Xylander{id},31/02/2014,F,,,,,",
    "record_id": "r1,Ada,Xylander,2014-02-03,F,,,,,",
    "": '{id},"Ada,Xylander,2014-02-03,F,,,,,',
    "nhs_number": "{id},Ada,Xylander{id},2014-02-03,F,9990000001,,,,",
}
"""By the field that is named: a day that is none, an id that was there before, a mark never closed, a wrong digit."""


def written(path: Path) -> tuple[dict[int, str], set[frozenset[str]]]:
    """A file with faults; returns the field to be named by row, and the two ids of each true pair."""
    faults: dict[int, str] = {}
    whose: dict[int, list[str]] = {}
    pairs: set[frozenset[str]] = set()
    with path.open("w", encoding="utf-8", newline="") as file:
        good = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        good.writeheader()
        row = 1
        for person, told in Register(11).rows(ROWS):
            row += 1
            if row % EVERY == 0:
                field, text = list(FAULTS.items())[row // EVERY % len(FAULTS)]
                file.write(text.format(id=f"fault{row}") + "\n")
                faults[row] = field
                row += 1
            good.writerow(told)
            pairs |= {frozenset((told["record_id"], other)) for other in whose.get(person, ())}
            whose.setdefault(person, []).append(told["record_id"])
    return faults, pairs


def test_each_faulty_row_of_a_long_file_is_named_and_the_rest_is_linked(tmp_path: Path) -> None:
    file, out, problems = (tmp_path / name for name in ("persons.csv", "pairs.csv", "problems.csv"))
    faults, true = written(file)
    command = [sys.executable, "-m", "onestory", "link", str(file), "--out", str(out), "--problems", str(problems)]
    done = subprocess.run([*command, "--memory", f"{MEMORY}MB"], capture_output=True, text=True, check=False)

    assert done.returncode == 2, done.stderr[-2000:]
    with problems.open(encoding="utf-8", newline="") as rows:
        named = {(int(one["row"]), one["field"]) for one in csv.DictReader(rows)}
    assert set(faults.items()) <= named
    # Whoever wrote the register down slipped too: in days that are none, and in numbers.
    assert {field for _, field in named - set(faults.items())} <= {"birth_date", "nhs_number"}
    assert f"{len(named):,} problems in rows; everything else was used." in done.stderr
    with out.open(encoding="utf-8", newline="") as rows:
        found = {frozenset((one["record_id_l"], one["record_id_r"])) for one in csv.DictReader(rows)}
    assert len(found & true) > 0.85 * len(true)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < (MEMORY + BESIDES) * 1024
