"""Who may record a family's relationships and household, and what stands against it now."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from onestory.platform.access.policies import NotNow
from onestory.platform.access.policy import Tie
from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight
from onestory.platform.history.dates import When

AT_WORK = frozenset({Tie.WORKER.value, Tie.TEAM.value, Tie.FRONT_DOOR.value, Tie.LEAD.value})
"""Ties of somebody who works with the child, and does not only belong to an agency that knows them."""


class Refused(NotNow):
    """It cannot be recorded as it stands; ``field`` of the form, and a sentence for whoever tried."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def may_record(sight: Sight, child_id: UUID) -> bool:
    """Whether the reader records what is so: a social worker who works with the child, or the child's lead.

    Everybody else who may know of the child proposes it by an entry, and social care records it.
    """
    kinds = AT_WORK if "social_care" in sight.groups else {Tie.LEAD.value}
    return child_id in sight.tied(kinds)


def may_propose(sight: Sight) -> bool:
    """Everybody whose role has anything to do with families; the office's roles have not."""
    return "no_case_content" not in ROLES[sight.role].groups


def changing_words(sight: Sight, child_id: UUID) -> str:
    """What the reader may do with what is on record of the family, in a word; empty where nothing."""
    if not may_propose(sight):
        return ""
    return "Change" if may_record(sight, child_id) else "Propose a change"


def check_unchanged(rows_now: int, rows_seen: int) -> None:
    """Nobody records over what they have not read. Raises Refused."""
    if rows_now != rows_seen:
        raise Refused(
            "status", "Somebody recorded something about this while you were writing. Read it again, then decide"
        )


def check_dates(since: When | None, until: When | None, today: dt.date) -> None:
    """Nothing ends before it begins, and nothing is on record before it is so. Raises Refused."""
    if since and until and until.last < since.first:
        raise Refused("until", "The end must be on or after the beginning")
    for field, when in (("since", since), ("until", until)):
        check_past(field, when, today)


def check_past(field: str, when: When | None, today: dt.date) -> None:
    """What is to come is no fact yet. Raises Refused."""
    if when and when.first > today:
        raise Refused(field, "The date must be today or in the past")


def check_died(on: When, born: When | None, today: dt.date) -> None:
    """A death lies between the birth and today. Raises Refused."""
    check_past("died", on, today)
    if born and on.last < born.first:
        raise Refused("died", f"The date of death must be on or after the birth, {born.words()}")
