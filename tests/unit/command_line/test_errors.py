from __future__ import annotations

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import OperationalError

from onestory.command_line.errors import Plainly, exit_code_and_words
from onestory.platform.database.problems import DatabaseProblem


@pytest.mark.parametrize(
    "error",
    [
        Plainly("This is why."),
        DatabaseProblem("This is why."),
        CommandError("This is why."),
        ImproperlyConfigured("This is why."),
        click.ClickException("This is why."),
        click.UsageError("This is why."),
    ],
)
def test_an_error_with_words_of_its_own_says_them(error: Exception) -> None:
    assert exit_code_and_words(error) == (2, "This is why.")


def test_a_file_problem_names_the_file() -> None:
    words = exit_code_and_words(FileNotFoundError(2, "No such file or directory", "history.yaml"))
    assert words == (2, "history.yaml: No such file or directory.")


def test_an_unreachable_database_is_said_to_be_one() -> None:
    code, words = exit_code_and_words(OperationalError("connection refused\nIs it running?"))
    assert (code, words) == (2, "The database cannot be reached: connection refused")


def test_anything_else_is_one_sentence_and_no_trace() -> None:
    code, words = exit_code_and_words(KeyError("x"))
    assert code == 2
    assert words.count("\n") == 0
    assert "ONESTORY_DEBUG=1" in words


def test_who_asks_for_the_trace_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONESTORY_DEBUG", "1")
    try:
        raise KeyError("x")
    except KeyError as error:
        code, words = exit_code_and_words(error)
    assert code == 2
    assert "test_errors.py" in words


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_is_no_error(error: BaseException) -> None:
    assert exit_code_and_words(error) == (130, "Stopped.")


def test_a_reader_who_has_had_enough_is_told_nothing() -> None:
    assert exit_code_and_words(BrokenPipeError()) == (2, "")
