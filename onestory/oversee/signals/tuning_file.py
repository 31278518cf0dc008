"""A tuning as a file: what is set of each rule, checked against what the rules declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from onestory.oversee.signals.tuned import LEVEL, OWNER, PARAMETER, Setting, problems_of

SHAPE = "child_not_seen: {parameters: {under_five: 122}, level: review, owner: health_visiting}"


class TuningProblems(ValueError):
    """The file cannot be used; ``problems`` are sentences that name it, what was found and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_tuning(path: Path) -> list[Setting]:
    """The settings of a tuning file. Raises TuningProblems with everything that is wrong in it."""
    try:
        plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise TuningProblems([f"{path}: cannot be read: {problem}"]) from problem
    problems: list[str] = []
    found = list(_settings(plain, problems))
    problems += problems_of(found)
    if problems:
        raise TuningProblems([f"{path}: {problem}" for problem in problems])
    return found


def _settings(plain: Any, problems: list[str]) -> Iterator[Setting]:
    if not isinstance(plain, Mapping):
        problems.append(f"found {type(plain).__name__}; allowed: rules by their signal, such as {SHAPE}")
        return
    for signal, said in plain.items():
        if not isinstance(said, Mapping) or not set(said) <= {"parameters", "level", "owner"}:
            problems.append(f"{signal}: found {said!r}; allowed: parameters, level, owner, such as {SHAPE}")
            continue
        parameters = said.get("parameters") or {}
        if not isinstance(parameters, Mapping):
            problems.append(f"{signal}: parameters: found {parameters!r}; allowed: names with whole numbers")
            continue
        yield from (Setting(str(signal), PARAMETER, str(name), str(value)) for name, value in parameters.items())
        yield from (Setting(str(signal), sort, "", str(said[sort])) for sort in (LEVEL, OWNER) if sort in said)
