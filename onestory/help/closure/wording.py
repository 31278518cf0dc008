"""The closure record in words: one text, the same for everybody. Pure, given the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onestory.platform.ui.wording import day_words, listed, sentence

EVERY: dict[str, str] = {
    "P1W": "every week",
    "P2W": "every two weeks",
    "P1M": "once a month",
    "P6W": "every six weeks",
    "P3M": "every three months",
    "P6M": "every six months",
}
"""How often somebody sees the child, by ISO 8601 duration."""
ONLY_TO_KNOW = "Nothing more is asked: know that the plan has ended, and tell us what you notice"


def task_words(watches: str, every: str, until: str) -> str:
    """What one receiver does, how often and until when: the same words wherever they stand."""
    if not watches.strip():
        return ONLY_TO_KNOW
    rhythm = EVERY.get(every, every)
    return f"{sentence(watches.strip().rstrip('.'))}, {rhythm}{f', until {until}' if until else ''}"


def receiver_words(receiver: object) -> str:
    """One receiver's task in words."""
    watches, every = getattr(receiver, "watches", ""), getattr(receiver, "every", "")
    return task_words(watches, every, day_words(getattr(receiver, "until_on", None)))


def sending_words(plan: str, children: Iterable[Mapping[str, str]], tasks: Iterable[tuple[str, str]]) -> str:
    """What stands in the chronology when the record is sent: which plan is to end, and who goes on with what."""
    names = listed([one["name"] for one in children])
    said = " ".join(f"{team}: {task}." for team, task in tasks)
    return f"The {lower(plan)} for {names} is to end. {said}"


def lower(words: str) -> str:
    """The words without a capital letter at their beginning."""
    return words[:1].lower() + words[1:]
