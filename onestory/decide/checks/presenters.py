"""Checks in words: whether they were made this time, what each found, what is still owed. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.decide.checks.models import Check
from onestory.decide.checks.states import ANSWERED, OPEN, Sort, State
from onestory.platform.ui.wording import moment_words, plural

TONES = {
    State.ASKED: "review",
    State.CALL_ME: "act",
    State.HELD: "act",
    State.NOTHING_HELD: "contact",
    State.ACCEPTED: "contact",
    State.DONE: "contact",
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check as a row: who was asked, where it stands, what came of it, by when."""

    id: str
    team: str
    agency: str
    sort: str
    state: str
    tone: str
    says: str
    asked: str
    due: str
    late: bool
    open: bool


def check_rows(checks: Iterable[Check], now: dt.datetime) -> tuple[CheckRow, ...]:
    """Checks as rows, in the order given."""
    return tuple(_row(one, now) for one in checks)


def _row(check: Check, now: dt.datetime) -> CheckRow:
    state, is_open = State(check.state), check.state in OPEN
    return CheckRow(
        id=str(check.id),
        team=check.asked_team.name,
        agency=check.asked_team.agency.name,
        sort=Sort(check.sort).label,
        state=state.label,
        tone=TONES.get(state, "other"),
        says=says_of(check),
        asked=moment_words(check.asked_at),
        due=moment_words(check.due_at) if is_open else "",
        late=is_open and check.due_at < now,
        open=is_open,
    )


def says_of(check: Check) -> str:
    """What came of it, in one sentence or in the words of whoever answered."""
    match check.state:
        case State.NOTHING_HELD:
            return f"Nothing held. Searched: {check.searched}"
        case State.CALL_ME:
            return f"{check.answered_by} asks to be rung{_on(check)}"
        case State.DONE:
            return f"{Check.Outcome(check.outcome).label}. {check.relevance}"
        case State.ASKED | State.ACCEPTED:
            return ""
    return check.relevance


def _on(check: Check) -> str:
    return f", on {check.asked_team.phone}" if check.asked_team.phone else ""


def made_this_time(checks: Iterable[Check], now: dt.datetime) -> str:
    """Whether agencies were asked on this concern, and who has not answered: one sentence for whoever decides."""
    held = [one for one in checks if one.state != State.WITHDRAWN]
    if not held:
        return "Nobody has been asked on this concern."
    answered = [one for one in held if one.state in ANSWERED]
    late = [one for one in held if one.state in OPEN and one.due_at < now]
    words = f"{plural(len(held), 'team').capitalize()} asked on this concern, {len(answered)} answered"
    return f"{words}, {len(late)} overdue." if late else f"{words}."
