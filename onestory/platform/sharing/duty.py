"""The duty to disclose of the Children's Wellbeing and Schools Act 2026, behind a dated switch. Pure.

From that day on an agency has to tell what may help a child, *unless* telling would be more detrimental to the child
than not telling. Before it, and after it too, both are decisions that somebody makes and answers for: each is recorded.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Branch(StrEnum):
    """Which way a decision went."""

    TOLD = "told"
    NOT_TOLD = "not_told"


def in_force(on: dt.date, since: dt.date | None) -> bool:
    """Whether the duty is in force on the day; ``since`` None: no day has been laid down yet."""
    return since is not None and on >= since


def asks_of(branch: Branch, *, duty: bool) -> str:
    """What has to be said for a decision, in words that stand beside the field."""
    if branch is Branch.TOLD:
        return "How it may help the child"
    return "Why telling would do the child more harm than not telling" if duty else "Why it is not shared"
