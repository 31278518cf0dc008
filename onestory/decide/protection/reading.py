"""How far protection has come, read from the child's entries, and which clocks run. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.decide.protection.states import Stage
from onestory.platform.deadlines import clock
from onestory.platform.history.record import Entry

DISCUSSED = ("strategy_discussion", "section_47")
"""Outcomes of a decision on a concern after which a strategy discussion is held."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands, since when, and the entry that began it."""

    stage: Stage
    since: dt.date | None = None
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """One statutory clock: what is due, on which day, by which edition."""

    what: str
    due_on: dt.date
    edition: str


def standing_of(entries: Iterable[Entry], child: str) -> Standing:
    """The stage after all entries about the child, in the order in which they became known."""
    now = Standing(Stage.NONE)
    for entry in entries:
        if child in entry.about:
            now = _next(now, entry)
    return now


def _next(now: Standing, entry: Entry) -> Standing:
    own, on = entry.own, entry.happened.last
    match entry.kind, own.get("type"), own.get("stage"):
        case "plan", "child_protection", "opened":
            return Standing(Stage.PLAN, on, entry.id)
        case "plan", "child_protection", "closed":
            return Standing(Stage.NONE)
        case "request", "strategy_discussion", "asked" if now.stage is Stage.NONE:
            return Standing(Stage.ASKED, on, entry.id)
        case "decision", _, _ if now.stage is Stage.NONE and own.get("outcome") in DISCUSSED:
            return Standing(Stage.ASKED, on, entry.id)
        case "assessment", "section_47", "started" if now.stage is not Stage.PLAN:
            return Standing(Stage.ENQUIRY, on, entry.id)
        case "assessment", "section_47", "completed" if now.stage is Stage.ENQUIRY:
            return Standing(Stage.NONE)
        case "meeting", "strategy", _ if now.stage is Stage.ASKED:
            return Standing(Stage.NONE)
    return now


def running(now: Standing) -> tuple[Running, ...]:
    """The statutory clocks of the stage; intervals are data with an edition (platform/deadlines)."""
    if now.since is None:
        return ()
    codes = {
        Stage.ENQUIRY: (("conference", "Child protection conference"), ("assessment", "Assessment completed")),
        Stage.PLAN: (("core_group", "First core group"), ("first_review_conference", "First review conference")),
    }.get(now.stage, ())
    found = []
    for code, what in codes:
        laid_down = clock(code, on=now.since)
        found.append(Running(what, laid_down.due_on(now.since), laid_down.edition))
    return tuple(found)
