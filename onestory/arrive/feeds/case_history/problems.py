"""What is wrong with a case history file, said so that its author can put it right."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

MOST_PROBLEMS = 1_000
"""So many problems of one file are kept; the rest are counted. Past that, the file is the wrong file."""

_MOST_SHOWN = 20
_MOST_GUESSES = 200
_MOST_COMPARED = 500
_LONGEST_GUESSED = 60
_LONGEST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what is allowed instead. Line 0 is the file as a whole."""

    file: str
    line: int
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        named = f"{place}: {self.key}" if self.key else place
        return f"{named}: found {self.found}" + (f"; allowed: {self.allowed}" if self.allowed else "")


class CaseFileProblems(ValueError):
    """Case history files that cannot be read: every problem, in the order of the files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class Problems:
    """Gathers the problems of one file, without an end when the file is full of them."""

    def __init__(self, file: str) -> None:
        self.file = _printable(file)
        self._kept: list[Problem] = []
        self._uncounted = 0
        self._guesses_left = _MOST_GUESSES

    def add(self, line: int, key: str, found: str, allowed: str = "") -> None:
        """Note one problem; beyond MOST_PROBLEMS it is only counted."""
        if len(self._kept) >= MOST_PROBLEMS:
            self._uncounted += 1
        else:
            self._kept.append(Problem(self.file, line, key, found, allowed))

    def raise_if_any(self) -> None:
        """Raise CaseFileProblems with everything that was noted, by line."""
        if not self._kept:
            return
        problems = sorted(self._kept, key=lambda problem: problem.line)
        if self._uncounted:
            problems.append(Problem(self.file, 0, "", f"{self._uncounted} more problems, not listed", ""))
        raise CaseFileProblems(problems)

    def choices(self, found: str, allowed: Collection[str]) -> str:
        """The allowed words for a reader, the nearest to what was found first.

        Comparing is costly, so it stops after a number of guesses and is left out for long lists.
        """
        if len(self._kept) >= MOST_PROBLEMS:
            return ""
        near = self._nearest(found, allowed)
        shown = [word for word in itertools.islice(allowed, _MOST_SHOWN) if word != near]
        more = len(allowed) - len(shown) - (1 if near else 0)
        listed = ", ".join(shown) + (f" and {more} more" if more > 0 else "")
        if near:
            return f"{near} (did you mean this?)" + (f", {listed}" if listed else "")
        return listed or "none are declared"

    def _nearest(self, found: str, allowed: Collection[str]) -> str | None:
        if self._guesses_left <= 0 or len(found) > _LONGEST_GUESSED or len(allowed) > _MOST_COMPARED:
            return None
        self._guesses_left -= 1
        plain = {_plain(word): word for word in allowed}
        close = difflib.get_close_matches(_plain(found), plain, n=1, cutoff=0.6)
        return plain[close[0]] if close else None


def _plain(word: str) -> str:
    return word.casefold().replace(" ", "_").replace("-", "_")


def quoted(text: str) -> str:
    """A value as a problem shows it: in quotation marks, on one line, cut where it is long."""
    shown = _printable(text[:_LONGEST_QUOTED])
    return f"'{shown}…'" if len(text) > _LONGEST_QUOTED else f"'{shown}'"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def joined(words: Sequence[str]) -> str:
    """Words as a reader would list them: ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
