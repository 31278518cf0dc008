"""`onestory import --directory`, as somebody types it: what it prints, how it ends, what is kept."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from onestory.help.services.models import Service
from onestory.platform.agencies.models import Change
from onestory.platform.agencies.queries import everybody_named
from tests.integration.command_line.test_import import Answer, bring_in

__all__ = ["bring_in"]
HEADING = "organization.name,service.name,taxonomy_term.code,service.minimum_age,cost_option.amount,schedule.opens_at"
TESTS = "Harbour Recovery,Drug tests,drug_test,16,12.50,09:30"
COURSE = "Harbour Recovery,Positive parents,parenting_programme,,,"


@pytest.fixture
def directory(tmp_path: Path) -> Callable[..., Path]:
    def written(*rows: str) -> Path:
        path = tmp_path / "services.csv"
        path.write_text("\n".join((HEADING, *rows)) + "\n", encoding="utf-8")
        return path

    return written


def test_a_dry_run_keeps_nothing_and_the_import_every_service(
    bring_in: Callable[..., Answer], directory: Callable[..., Path]
) -> None:
    path, said = directory(TESTS, COURSE), "services.csv: 2 services new or changed, 0 as before."
    tried = bring_in("--directory", path, "--dry-run")
    assert (tried.returncode, tried.stdout) == (0, f"{said} Nothing was kept: this was a dry run.\n"), tried.stderr
    assert not Service.objects.exists()
    assert not Change.objects.exists()
    assert bring_in("--directory", path).stdout == f"{said}\n"
    assert sorted(Service.objects.values_list("name", flat=True)) == ["Drug tests", "Positive parents"]


def test_it_stands_in_the_history_of_changes_for_the_command_line_as_which_nobody_signs_in(
    bring_in: Callable[..., Answer], directory: Callable[..., Path]
) -> None:
    for _ in range(2):  # the second time nothing changes, and nothing is noted
        bring_in("--directory", directory(TESTS, COURSE))
    change = Change.objects.get()
    assert str(change.by) == "The command line"
    assert change.words == "Brought 2 services into the directory."
    assert not change.by.is_active
    assert not change.by.has_usable_password()
    assert not everybody_named("command").exists()


def test_bad_input_ends_with_two_names_row_field_found_and_allowed_and_keeps_nothing(
    bring_in: Callable[..., Answer], directory: Callable[..., Path], tmp_path: Path
) -> None:
    path, problems = directory(TESTS, COURSE.replace(",,,", ",old,,")), tmp_path / "wrong.csv"
    answer = bring_in("--directory", path, "--problems-to", problems)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("services.csv, row 3, service.minimum_age: found “old”; allowed: ")
    with problems.open(encoding="utf-8-sig", newline="") as file:
        assert [row[:4] for row in csv.reader(file)] == [
            ["file", "row", "field", "found"],
            ["services.csv", "3", "service.minimum_age", "old"],
        ]
    assert not Service.objects.exists()
