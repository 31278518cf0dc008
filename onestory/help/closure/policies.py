"""May it happen now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from onestory.help.closure.gate import Part, Point
from onestory.help.closure.states import LIVE
from onestory.help.closure.wording import EVERY
from onestory.platform.deadlines import due_on
from onestory.platform.moves import CannotHappen

COMES_BACK = "reopening"
"""The clock within which a family comes back to the team that knew it."""


class CannotKeep(CannotHappen):
    """It cannot be kept as given; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_open(is_open: bool) -> None:
    """Only a plan that is open can end."""
    if not is_open:
        raise CannotHappen("Only an open plan can end.")


def check_live(state: str) -> None:
    """Nothing is written to a closure that is over."""
    if state not in LIVE:
        raise CannotHappen("This closure is over.")


def check_task(*, watches: str, every: str, until_on: dt.date | None) -> None:
    """Whoever goes on with something says how often, so that it can be missed (F5.34, F5.35)."""
    if not watches.strip():
        return
    if every not in EVERY:
        raise CannotKeep("every", "Select how often")
    if until_on is None:
        raise CannotKeep("until_on", "Enter the day until which it goes on")


def check_receiver(*, team_id: UUID, owner_team_id: UUID) -> None:
    """Who ends the plan does not hand over to itself."""
    if team_id == owner_team_id:
        raise CannotKeep("team", "The team that ends the plan does not receive it")


def check_evidence(*, met: bool, words: str, source: str, on: dt.date | None, entry: bool, today: dt.date) -> None:
    """“Met” names an entry, or says what one knows, from whom and since when; “not met” says what is left (F5.39)."""
    if not words.strip() and not (met and entry):
        raise CannotKeep("words", "Enter how you know" if met else "Enter what is left")
    if not met or entry:
        return
    if not source.strip():
        raise CannotKeep("source", "Enter who or what says so")
    if on is None:
        raise CannotKeep("on", "Enter the day")
    if on > today:
        raise CannotKeep("on", "The day must not be after today")


def check_known(of: str, known: Collection[str]) -> None:
    """What is answered is one of the plan's own."""
    if of not in known:
        raise CannotHappen("This is not asked here any more.")


def check_reason(reason: str) -> None:
    """Whoever overrides, declines or gives up says why."""
    if not reason.strip():
        raise CannotKeep("reason", "Enter why")


def check_condition(answers: Mapping[str, Any]) -> None:
    """A condition says what is to happen."""
    if answers.get("condition_when") and not str(answers.get("condition_then") or "").strip():
        raise CannotKeep("condition_then", "Enter what is to happen if the condition is met")


def check_may_override(point: Point | None, *, sent: bool) -> Point:
    """A manager overrides what is open, never the record itself; a receiver's silence only once it was asked."""
    if point is None or not point.is_open:
        raise CannotHappen("This is answered already.")
    if not point.may_be_overridden:
        raise CannotHappen("Nobody can end a plan without the closure record.")
    if point.part is Part.RECEIVER and not sent:
        raise CannotHappen("The record has not been sent to them yet.")
    return point


def check_version(seen: int, version: int) -> None:
    """An answer is given to the text that one has read (F5.34)."""
    if seen != version:
        raise CannotHappen("The record has changed since you read it. Read it again, then answer.")


def check_words(words: str) -> None:
    """Whoever does not accept says why, so that the record can be agreed again."""
    if not words.strip():
        raise CannotKeep("words", "Enter why, so that the record can be agreed again")


def check_comes_back(ended_on: dt.date | None, today: dt.date) -> None:
    """Within the clock the plan is opened again; after it a new plan is drawn up."""
    if ended_on is None or due_on(COMES_BACK, ended_on) < today:
        raise CannotHappen("The plan ended too long ago to be opened again. Draw up a new one.")
