"""A replay for people at a terminal: grouped by day, who is asked what, on what, how long before the incident."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from onestory.oversee.replay.reading import NOT_PREVENTED, Question, cost, joined, questions, summary
from onestory.oversee.replay.walking import Replay

WIDTH = 100


def as_text(replayed: Replay) -> str:
    """The replay as plain text, lines of at most a hundred characters."""
    return "\n".join([*_head(replayed), *_days(replayed), *_end(replayed)]) + "\n"


def _head(replayed: Replay) -> Iterator[str]:
    yield replayed.history.title
    yield "=" * min(len(replayed.history.title), WIDTH)
    yield from _wrapped(summary(replayed), "")


def _days(replayed: Replay) -> Iterator[str]:
    for day, asked in groupby(questions(replayed), key=lambda question: question.on):
        group = list(asked)
        yield ""
        yield joined((day, group[0].before))
        for question in group:
            yield from _asked(question)


def _asked(question: Question) -> Iterator[str]:
    again = ", again" if question.again else ""
    yield ""
    yield from _wrapped(f"{question.level}. {question.asked} is asked about {question.about}{again}.", "  ")
    for title, says, consider, ref in question.reasons:
        yield from _wrapped(f"{title}. {says}", "    ", "  - ")
        yield from _wrapped(f"Consider: {consider} ({ref})", "    ")
    yield from _wrapped("On: " + "; ".join(words for _, words in question.cited) + ".", "    ")


def _end(replayed: Replay) -> Iterator[str]:
    yield ""
    yield from _wrapped(cost(replayed), "")
    if replayed.incident is not None:
        yield from _wrapped(NOT_PREVENTED, "")


def _wrapped(words: str, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
    )
