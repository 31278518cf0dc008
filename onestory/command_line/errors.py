"""What a person reads when a command fails. Never a trace, unless they asked for one with ONESTORY_DEBUG=1."""

from __future__ import annotations

import os
import traceback

import click

EXIT_PROBLEM = 2
EXIT_STOPPED = 130

# Errors whose own words are meant for people, by name: naming the classes here would import Django for every command.
SAYS_IT_PLAINLY = {
    "CaseFileProblems",
    "CommandError",
    "DatabaseProblem",
    "ExtractProblems",
    "ImproperlyConfigured",
    "NoFrontDoor",
    "NotAdmitted",
    "NotPossible",
    "Plainly",
}


class Plainly(Exception):
    """Something went wrong that the message explains completely."""


def exit_code_and_words(error: BaseException) -> tuple[int, str]:
    """The exit code and what to print for an error that ended a command."""
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return EXIT_STOPPED, "Stopped."
    if isinstance(error, BrokenPipeError):
        return EXIT_PROBLEM, ""  # whoever read our output has had enough
    if os.environ.get("ONESTORY_DEBUG") == "1":
        return EXIT_PROBLEM, "".join(traceback.format_exception(error))
    return EXIT_PROBLEM, _words(error)


def _words(error: BaseException) -> str:
    if isinstance(error, click.UsageError):
        context = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        return context + error.format_message()
    if isinstance(error, click.ClickException):
        return error.format_message()
    kind = type(error).__name__
    if kind in SAYS_IT_PLAINLY:
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    if kind in {"OperationalError", "PoolTimeout"}:
        return f"The database cannot be reached: {_first_line(error)}"
    return f"Something went wrong that was not foreseen ({kind}: {_first_line(error)}). ONESTORY_DEBUG=1 shows where."


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or ["no more is known"])[0]
