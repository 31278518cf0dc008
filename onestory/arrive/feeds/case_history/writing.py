"""Writing a history as a case history file, one record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onestory.arrive.feeds.case_history.case_file import FORMAT, CaseFile
from onestory.arrive.feeds.case_history.plain import Plain, plain_history, plain_point
from onestory.platform.history.record import History

# Anything else is quoted. Words that YAML takes for nothing, and in other readers for true or false, too.
_NEEDS_NO_QUOTES = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*\Z")
_QUOTED_WORDS = frozenset({"null", "yes", "no", "on", "off", "y", "n"})


def write_case_history(history: History) -> str:
    """A history as the text of a case history file: reading it gives the same history.

    Raises ValueError for what the format cannot hold (see with_who_was_told).
    """
    return _write(plain_history(history))


def write_case_file(case_file: CaseFile) -> str:
    """A whole case file, with what it says of itself: reading it gives the same digest."""
    said: dict[str, Plain] = {
        "published": dict(case_file.published),
        "synthetic": "true" if case_file.synthetic else "",
        "expected": [plain_point(point) for point in case_file.expected],
        "acceptable_notices": list(case_file.acceptable_notices),
    }
    return _write(plain_history(case_file.history) | {key: value for key, value in said.items() if value})


def _write(plain: dict[str, Plain]) -> str:
    return "".join(f"{line}\n" for line in _lines({"format": FORMAT} | plain))


def _lines(plain: dict[str, Plain]) -> Iterator[str]:
    for key, value in plain.items():
        if isinstance(value, str) or not value:
            yield f"{key}: {_flow(value)}"
            continue
        yield f"{key}:"
        if isinstance(value, dict):
            yield from (f"  {_flow(name)}: {_flow(record)}" for name, record in value.items())
        else:
            yield from (f"  - {_flow(record)}" for record in value)


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if _NEEDS_NO_QUOTES.match(value) and value.lower() not in _QUOTED_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
