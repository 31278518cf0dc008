"""What is written is read again as the same history."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from onestory.arrive.feeds.case_history import read_case_history, write_case_history
from onestory.arrive.feeds.case_history.writing import write_case_file
from onestory.platform.history.record import History

from .histories import histories

PROJECT = Path(__file__).parents[5]
FIXTURE = HealthCheck.function_scoped_fixture  # each example writes over the last one's file
FILES = ("demonstration/child-f.yaml", "tests/histories/format/small.yaml", "tests/histories/format/every-kind.yaml")


@pytest.mark.parametrize("name", FILES)
def test_a_file_read_and_written_says_the_same(read, name) -> None:
    case_file = read_case_history(PROJECT / name)
    again = read(write_case_file(case_file))
    assert again.history == case_file.history
    assert (again.digest, again.record_digests) == (case_file.digest, case_file.record_digests)
    assert (again.expected, again.published) == (case_file.expected, case_file.published)
    assert (again.synthetic, again.acceptable_notices) == (case_file.synthetic, case_file.acceptable_notices)


@given(histories())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_any_history_written_is_read_again_as_itself(read, history: History) -> None:
    assert read(write_case_history(history)).history == history


def test_what_was_never_known_is_written_so(small, read) -> None:
    case_file = read(small)
    assert case_file.history.entries[5].known is None
    assert "known: never" in write_case_history(case_file.history)


def test_silence_on_who_was_told_stays_silence(small, read) -> None:
    assert "shared_with" not in write_case_history(read(small).history)


def test_an_entry_that_its_author_does_not_have_cannot_be_written(small, read) -> None:
    history = read(small).history
    entry = dataclasses.replace(history.entries[0], told=frozenset({"csc"}))
    with pytest.raises(ValueError, match="entry e1: told without its author"):
        write_case_history(dataclasses.replace(history, entries=(entry,)))


def test_an_entry_that_takes_the_place_of_another_cannot_be_written(small, read) -> None:
    history = read(small).history
    entry = dataclasses.replace(history.entries[1], supersedes="e1")
    with pytest.raises(ValueError, match="entry e2: takes the place of another"):
        write_case_history(dataclasses.replace(history, entries=(history.entries[0], entry)))
