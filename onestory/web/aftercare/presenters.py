"""After-care in words. Pure, given the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.help.aftercare.queries import AfterCare
from onestory.help.closure.wording import EVERY
from onestory.platform.ui.wording import day_words, plural, sentence


@dataclass(frozen=True, slots=True)
class AfterCareRow:
    """One promise to go on: who, what, how often, when last, when next, and whether it is kept."""

    id: str
    who: str
    what: str
    rhythm: str
    last: str
    next: str
    state: str
    tone: str
    turns: tuple[tuple[str, str], ...]


def aftercare_rows(found: Iterable[AfterCare]) -> list[AfterCareRow]:
    """What goes on, in words."""
    return [aftercare_row(one) for one in found]


def aftercare_row(one: AfterCare) -> AfterCareRow:
    """One promise in words."""
    promise, stands = one.promise, one.stands
    team = promise.owner_team or promise.owner_agency
    state, tone = _state(one)
    until = f", until {day_words(promise.until_on)}" if promise.until_on else ""
    return AfterCareRow(
        id=str(promise.id),
        who=str(team) if team else "",
        what=sentence(promise.what),
        rhythm=sentence(EVERY.get(promise.every, promise.every)) + until,
        last=day_words(stands.last_seen_on) or "Not since the plan ended",
        next=day_words(stands.next_on),
        state=state,
        tone=tone,
        turns=tuple(
            (day_words(turn.due_on), f"Seen on {day_words(turn.kept_on)}" if turn.kept_on else "Nothing on record")
            for turn in reversed(stands.turns)
        ),
    )


def _state(one: AfterCare) -> tuple[str, str]:
    if one.stands.over:
        return "Over", "other"
    if one.stands.missed > 1:
        return f"Drawing back: missed {plural(one.stands.missed, 'time')}", "act"
    return ("Missed", "review") if one.stands.missed else ("Kept", "contact")
