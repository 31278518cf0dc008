"""Linking beside the library's own recipe, in the same run: FEBRL 1 to 3, invented families, a register of 100,000.

Printed for each: precision and recall of the pairs that are handed out by default, the highest recall at which no more
than one pair in a thousand is wrong, seconds, seconds of processor time, and memory. `LINKING_RECORDS` sets another
size for the register.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onestory.arrive.matching.bulk.linking import THRESHOLD
from tests.unit.arrive.matching import families, febrl
from tests.unit.arrive.matching.register import write_register

HOUSE = Path(__file__).resolve().parents[2]
WANTED_PRECISION = 0.999

Pair = tuple[str, str]


@dataclass(frozen=True)
class Linked:
    """What one linking found, how long it took, and what memory."""

    pairs: list[tuple[float, Pair]]
    seconds: float
    busy: float
    megabytes: float

    def against(self, truth: set[Pair]) -> str:
        """Precision and recall at our threshold, and the best recall at the precision that is wanted."""
        handed_out = [pair in truth for probability, pair in self.pairs if probability >= THRESHOLD]
        right = sum(handed_out)
        precision = right / len(handed_out) if handed_out else 1.0
        best, found = 0, 0
        for place, (_, pair) in enumerate(sorted(self.pairs, reverse=True), start=1):
            found += pair in truth
            best = found if found >= WANTED_PRECISION * place else best
        return (
            f"precision {precision:.5f}  recall {right / len(truth):.4f}  wrong {len(handed_out) - right:,}  "
            f"recall at precision {WANTED_PRECISION}: {best / len(truth):.4f}  "
            f"{self.seconds:.1f} s  busy {self.busy:.1f} s  {self.megabytes:,.0f} MB"
        )


def linked(kind: str, file: Path) -> Linked:
    """Link a file in a process of its own."""
    out = file.with_suffix(f".{kind}.pairs.csv")
    command = [sys.executable, "-m", "tests.bench._linking_work", kind, str(file), str(out)]
    answer = subprocess.run(command, cwd=HOUSE, check=True, capture_output=True, text=True)
    measured = json.loads(answer.stdout.splitlines()[-1])
    with open(out, encoding="utf-8", newline="") as rows:
        pairs = [
            (float(row["probability"]), (min(pair), max(pair)))
            for row in csv.DictReader(rows)
            for pair in [(row["record_id_l"], row["record_id_r"])]
        ]
    return Linked(pairs, **measured)


def compare(title: str, file: Path, truth: set[Pair], recipe: str) -> None:
    """Print ours beside the recipe."""
    print(f"{title}: {len(truth):,} true pairs")
    for name, kind in (("ours", "ours"), ("recipe", recipe)):
        print(f"  {name:7} {linked(kind, file).against(truth)}", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in (1, 2, 3):
            found = febrl.records(number)
            for identifier in ("", "nhs_number"):
                title = f"FEBRL {number}, {len(found):,} records, {'with' if identifier else 'without'} an identifier"
                file = febrl.written(folder / f"febrl{number}{identifier}.csv", found, identifier)
                compare(title, file, febrl.true_pairs(found), "febrl_recipe")
        for left_out in (families.NUMBERS, ()):
            file = families.written(folder / f"families{len(left_out)}.csv", families.records(), left_out)
            truth = families.true_pairs(families.records())
            print(f"Invented families, {'without' if left_out else 'with'} numbers: {len(truth):,} true pairs")
            print(f"  ours    {linked('ours', file).against(truth)}", flush=True)
        many = int(os.environ.get("LINKING_RECORDS", "100000"))
        file = folder / "register.csv"
        compare(f"Invented register, {many:,} records", file, write_register(file, many, seed=7), "register_recipe")


if __name__ == "__main__":
    main()
