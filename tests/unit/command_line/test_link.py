"""`onestory link` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from onestory.arrive.matching.comparing.weights import Weights
from onestory.command_line.errors import Plainly
from onestory.command_line.link import link_command

ROWS = (
    "record_id,given_name,surname,birth_date,postcode\n"
    "1,Amaka,Eze,2010-10-01,MK6 2SS\n"
    "2,Amaka,Ezeh,01/10/2010,MK6 2SS\n"
    "3,Bo,Hill,{born},LU1 1AA\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(link_command, [str(argument) for argument in arguments], standalone_mode=False)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "pairs.csv"


def written(tmp_path: Path, born: str) -> Path:
    file = tmp_path / "persons.csv"
    file.write_text(ROWS.format(born=born), encoding="utf-8")
    return file


def test_pairs_are_written_with_their_reasons(tmp_path: Path, out: Path) -> None:
    result = run(written(tmp_path, "1990-01-01"), "--out", out)
    assert result.return_value == 0
    assert "3 records compared; 1 pair written" in result.stdout
    heading, pair = out.read_text(encoding="utf-8").splitlines()
    assert heading == "record_id_l,record_id_r,probability,why"
    assert pair.startswith("1,2,0.99")
    assert pair.endswith(',"same given name; surname alike (Eze, Ezeh); same birth date; same postcode"')


def test_a_bad_row_is_named_and_the_rest_is_linked(tmp_path: Path, out: Path) -> None:
    problems = tmp_path / "problems.csv"
    result = run(written(tmp_path, "31/02/1990"), "--out", out, "--problems", problems)
    assert result.return_value == 2
    assert "persons.csv, row 4, birth_date: found “31/02/1990”; allowed: a day that the calendar has" in result.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert problems.read_text(encoding="utf-8").splitlines()[1] == (
        "persons.csv,4,birth_date,31/02/1990,a day that the calendar has"
    )


def test_a_threshold_that_nothing_reaches(tmp_path: Path, out: Path) -> None:
    assert run(written(tmp_path, "1990-01-01"), "--out", out, "--threshold", "0.999999999999").return_value == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("threshold", ["0", "1", "2", "much"])
def test_a_threshold_that_is_none(tmp_path: Path, out: Path, threshold: str) -> None:
    result = run(written(tmp_path, "1990-01-01"), "--out", out, "--threshold", threshold)
    assert result.exit_code != 0
    assert not out.exists()


def test_a_file_without_ids_is_refused_in_plain_words(tmp_path: Path, out: Path) -> None:
    file = tmp_path / "persons.csv"
    file.write_text("surname\nEze\n")
    result = run(file, "--out", out)
    assert isinstance(result.exception, Plainly)
    assert "the heading has no record_id" in str(result.exception)


def test_columns_that_are_not_used_are_told(tmp_path: Path, out: Path) -> None:
    file = tmp_path / "persons.csv"
    file.write_text("record_id,surname,dob\n1,Eze,2010-10-01\n2,Hill,2011-10-01\n")
    result = run(file, "--out", out)
    assert result.return_value == 0
    assert "persons.csv: columns not used: dob." in result.stderr


def test_what_the_files_taught_can_be_kept(tmp_path: Path, out: Path) -> None:
    weights = tmp_path / "weights.json"
    run(written(tmp_path, "1990-01-01"), "--out", out, "--weights", weights)
    kept = Weights.from_json(json.loads(weights.read_text(encoding="utf-8")))
    assert set(kept.levels) == {"given_name", "surname", "birth_date", "place"}


def test_the_files_to_link_are_never_overwritten(tmp_path: Path) -> None:
    file = written(tmp_path, "1990-01-01")
    result = run(file, "--out", tmp_path / "." / "persons.csv")
    assert isinstance(result.exception, Plainly)
    assert file.read_text(encoding="utf-8") == ROWS.format(born="1990-01-01")


@pytest.mark.parametrize("memory", ["much", "-2GB", "2"])
def test_an_amount_of_memory_that_is_none(tmp_path: Path, out: Path, memory: str) -> None:
    result = run(written(tmp_path, "1990-01-01"), "--out", out, "--memory", memory)
    assert isinstance(result.exception, click.BadParameter)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run(written(tmp_path, "1990-01-01"), "--out", tmp_path / "nowhere" / "pairs.csv")
    assert isinstance(result.exception, Plainly)
