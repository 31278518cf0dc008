"""Linking from file to pairs: FEBRL, invented families, several files, bad input."""

from __future__ import annotations

import csv
import itertools
import stat
from pathlib import Path

import pytest

from onestory.arrive.matching.bulk.linking import Linked, link_files
from onestory.arrive.matching.bulk.person_files import FileProblem
from onestory.arrive.matching.bulk.row_problems import RowProblems
from tests.unit.arrive.matching import families, febrl

HEADING = "record_id,given_name,surname,birth_date,postcode\n"

Pairs = dict[tuple[str, str], tuple[float, str]]


def linked(out: Path, *files: Path, threshold: float = 0.98) -> tuple[Pairs, Linked, list[str]]:
    problems = RowProblems()
    result = link_files(files, out, problems=problems, threshold=threshold, memory="500MB")
    with open(out, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["record_id_l"], row["record_id_r"]): (float(row["probability"]), row["why"]) for row in rows}
    assert len(found) == len(rows) == result.pairs
    return found, result, list(problems.lines())


def unordered(pairs: Pairs) -> set[tuple[str, str]]:
    return {(min(pair), max(pair)) for pair in pairs}


def file_of(path: Path, *rows: str, heading: str = HEADING) -> Path:
    path.write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_febrl_without_an_identifier(tmp_path: Path) -> None:
    found = febrl.records(1)
    pairs, _, problems = linked(tmp_path / "pairs.csv", febrl.written(tmp_path / "febrl1.csv", found))
    truth = febrl.true_pairs(found)
    assert len(unordered(pairs) & truth) >= 0.97 * len(truth)
    assert unordered(pairs) <= truth
    assert len(problems) == 3  # days that the calendar does not have


@pytest.mark.parametrize("left_out", [(), families.NUMBERS], ids=["with numbers", "without"])
def test_no_brother_sister_or_namesake_is_joined(tmp_path: Path, left_out: tuple[str, ...]) -> None:
    file = families.written(tmp_path / "families.csv", families.records(), left_out)
    pairs, _, _ = linked(tmp_path / "pairs.csv", file)
    truth = families.true_pairs(families.records())
    assert unordered(pairs) - truth == set()
    assert len(unordered(pairs) & truth) >= 0.97 * len(truth)


def test_a_record_that_fits_two_people_is_given_to_neither(tmp_path: Path) -> None:
    file = file_of(
        tmp_path / "murphy.csv",
        "father,Patrick,Murphy,1958-03-17,MK2 2NX",
        "son,Patrick,Murphy,1984-08-02,MK2 2NX",
        "whose,Patrick,Murphy,,MK2 2NX",
        "father again,Padraig,Murphy,17/03/1958,MK2 2NX",
    )
    pairs, result, _ = linked(tmp_path / "pairs.csv", file, threshold=0.9)
    assert set(pairs) == {("father", "father again")}
    assert result.fits_two == 3


def test_several_files_are_linked_across_and_not_within(tmp_path: Path) -> None:
    first = file_of(tmp_path / "a.csv", "1,Amaka,Eze,2010-10-01,MK6 2SS", "2,Amaka,Eze,2010-10-01,MK6 2SS")
    second = file_of(tmp_path / "b.csv", "1,Amaka,Ezeh,01/10/2010,MK6 2SS", "7,Bo,Hill,1990-01-01,LU1 1AA")
    pairs, _, _ = linked(tmp_path / "pairs.csv", first, second)
    assert set(pairs) == {("1", "1"), ("2", "1")}
    assert pairs["1", "1"][1] == "same given name; surname alike (Eze, Ezeh); same birth date; same postcode"


def test_files_of_other_columns_are_linked_on_what_they_share(tmp_path: Path) -> None:
    first = file_of(tmp_path / "a.csv", "1,Amaka,Eze,2010-10-01,MK6 2SS")
    second = file_of(
        tmp_path / "b.csv", "x,Eze,Amaka,20101001,F", heading="record_id,surname,given_name,birth_date,sex\n"
    )
    pairs, _, _ = linked(tmp_path / "pairs.csv", first, second, threshold=0.9)
    assert set(pairs) == {("1", "x")}


def test_ids_that_three_files_share_are_written_with_their_file(tmp_path: Path) -> None:
    files = [file_of(tmp_path / f"{name}.csv", "1,Amaka,Eze,2010-10-01,MK6 2SS") for name in "abc"]
    alone = file_of(tmp_path / "d.csv", "7,Amaka,Eze,2010-10-01,MK6 2SS")
    pairs, _, _ = linked(tmp_path / "pairs.csv", *files, alone)
    ids = ["7", "a.csv:1", "b.csv:1", "c.csv:1"]
    assert unordered(pairs) == set(itertools.combinations(ids, 2))


def test_the_second_use_of_an_id_is_named_and_left_out(tmp_path: Path) -> None:
    file = file_of(
        tmp_path / "a.csv",
        "1,Amaka,Eze,2010-10-01,MK6 2SS",
        "2,Amaka,Ezeh,2010-10-01,MK6 2SS",
        "1,Amaka,Eze,2010-10-01,MK6 2SS",
    )
    pairs, result, problems = linked(tmp_path / "pairs.csv", file)
    assert set(pairs) == {("1", "2")}
    assert result.records == 2
    assert problems == [
        "a.csv, row 4, record_id: found “1”; allowed: an id that no earlier row has; the row is left out"
    ]


@pytest.mark.parametrize("rows", [(), ("1,Amaka,Eze,2010-10-01,MK6 2SS",), ("1,,,,", "2,,,,")])
def test_files_without_a_pair_give_a_heading_alone(tmp_path: Path, rows: tuple[str, ...]) -> None:
    pairs, _, problems = linked(tmp_path / "pairs.csv", file_of(tmp_path / "a.csv", *rows))
    assert pairs == {}
    assert problems == []


def test_a_file_that_cannot_be_linked_leaves_the_output_alone(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("from before")
    good, bad = file_of(tmp_path / "a.csv", "1,Amaka,Eze,2010-10-01,MK6 2SS"), tmp_path / "b.csv"
    bad.write_text("surname\nEze\n")
    with pytest.raises(FileProblem, match=r"b\.csv: the heading has no record_id"):
        link_files([good, bad], tmp_path / "pairs.csv", problems=RowProblems())
    assert (tmp_path / "pairs.csv").read_text() == "from before"


def test_the_pairs_are_for_their_owner_alone(tmp_path: Path) -> None:
    linked(tmp_path / "pairs.csv", file_of(tmp_path / "a.csv", "1,Amaka,Eze,2010-10-01,MK6 2SS"))
    assert stat.S_IMODE((tmp_path / "pairs.csv").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
