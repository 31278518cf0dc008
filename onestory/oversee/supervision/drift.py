"""Why a child needs the manager: one sentence for each reason, with its day and its entry. Pure.

The order is what is longest overdue. Nothing is weighed, added up or compared by risk: each sentence stands by itself.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from onestory.platform.deadlines import due_on
from onestory.platform.ui.wording import day_words, plural

LIMITS = Path(__file__).with_name("limits.csv")
PLAN_WORDS = {
    "early_help": "early help plan",
    "child_in_need": "child in need plan",
    "child_protection": "child protection plan",
}


@dataclass(frozen=True, slots=True)
class PlanTold:
    """What entries tell of one plan. ``review_due``: the last day that was set and not yet followed by a review."""

    type: str
    opened_on: dt.date
    entry: str
    closed_on: dt.date | None = None
    closed_in: str = ""
    review_due: dt.date | None = None
    review_in: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something promised and open: what, who owes it, since when, by when, and in which entry."""

    sort: str
    what: str
    owner: str
    made_on: dt.date
    due_on: dt.date | None
    entry: str


@dataclass(frozen=True, slots=True)
class CameIn:
    """Something that came in about the child."""

    on: dt.date
    what: str
    agency: str
    entry: str


@dataclass(slots=True)
class Facts:
    """What is known of one child that bears on whether the help goes on."""

    child: str
    name: str
    plans: list[PlanTold] = field(default_factory=list)
    seen_on: dt.date | None = None
    seen_by: str = ""
    seen_in: str = ""
    owed: list[Owed] = field(default_factory=list)
    without_measure: list[Owed] = field(default_factory=list)
    came_in: list[CameIn] = field(default_factory=list)
    worker: str = ""
    cover: str = ""

    @property
    def open_plan(self) -> PlanTold | None:
        """The latest plan that has not ended."""
        return next((one for one in reversed(self.plans) if one.closed_on is None), None)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the child needs the manager: since which day it is overdue, in one sentence, and where that stands."""

    sort: str
    since: dt.date
    says: str
    entry: str


@dataclass(frozen=True, slots=True)
class Drifting:
    """A child with every reason, the longest overdue first."""

    facts: Facts
    reasons: tuple[Reason, ...]


def drifting(children: Iterable[Facts], today: dt.date) -> list[Drifting]:
    """The children of whom something is overdue, in the order of what is longest overdue; then by name."""
    found = [Drifting(one, tuple(sorted(reasons_of(one, today), key=lambda r: (r.since, r.sort)))) for one in children]
    overdue = [one for one in found if one.reasons]
    return sorted(overdue, key=lambda one: (one.reasons[0].since, one.facts.name.casefold()))


def reasons_of(facts: Facts, today: dt.date) -> Iterator[Reason]:
    """Every reason of one child on the day."""
    for look in (_no_worker, _not_seen, _review, _overdue, _no_measure, _repeated, _hand_over, _active_again):
        if (reason := look(facts, today)) is not None:
            yield reason


def _no_worker(facts: Facts, today: dt.date) -> Reason | None:
    plan = facts.open_plan
    if plan is None or facts.worker or plan.opened_on + limit("no_worker") > today:
        return None
    says = f"Nobody is named as worker; the {_words(plan)} was opened on {day_words(plan.opened_on)}."
    return Reason("no_worker", plan.opened_on, says, plan.entry)


def _not_seen(facts: Facts, today: dt.date) -> Reason | None:
    plan = facts.open_plan
    if plan is None:
        return None
    days = limit("not_seen")
    if facts.seen_on is None or facts.seen_on < plan.opened_on:
        begins, entry = plan.opened_on, plan.entry
        last = f"last seen on {day_words(facts.seen_on)}" if facts.seen_on else "no sight of the child is on record"
        says = f"Not seen since the {_words(plan)} was opened on {day_words(plan.opened_on)}: {last}."
    else:
        begins, entry = facts.seen_on, facts.seen_in
        says = f"Not seen since {day_words(facts.seen_on)} ({facts.seen_by}), while a {_words(plan)} is open."
    return Reason("not_seen", begins + days, says, entry) if begins + days < today else None


def _review(facts: Facts, today: dt.date) -> Reason | None:
    plan = facts.open_plan
    if plan is None or plan.review_due is None or plan.review_due >= today:
        return None
    says = f"The review of the {_words(plan)} was due on {day_words(plan.review_due)} and is not on record."
    return Reason("review", plan.review_due, says, plan.review_in or plan.entry)


def _overdue(facts: Facts, today: dt.date) -> Reason | None:
    late = sorted(
        (one for one in facts.owed if one.sort != "hand_over" and one.due_on and one.due_on < today),
        key=lambda one: one.due_on or today,
    )
    if not late or late[0].due_on is None:
        return None
    more = f" So {'is' if len(late) == 2 else 'are'} {plural(len(late) - 1, 'more promise')}." if len(late) > 1 else ""
    owner = f" ({late[0].owner})" if late[0].owner else ""
    says = f"Overdue since {day_words(late[0].due_on)}: {_what(late[0])}{owner}.{more}"
    return Reason("overdue", late[0].due_on, says, late[0].entry)


def _no_measure(facts: Facts, today: dt.date) -> Reason | None:
    if not facts.without_measure or facts.open_plan is None:
        return None
    first = min(facts.without_measure, key=lambda one: one.made_on)
    count = len(facts.without_measure)
    has = "has" if count == 1 else "have"
    says = f"{plural(count, 'action')} {has} no measure or no day, since {day_words(first.made_on)}: {_what(first)}."
    return Reason("no_measure", first.made_on, says, first.entry)


def _repeated(facts: Facts, today: dt.date) -> Reason | None:
    plan = facts.open_plan
    if plan is None:
        return None
    ended = [
        one
        for one in facts.plans
        if one.type == plan.type
        and one.closed_on
        and one.closed_on <= plan.opened_on <= one.closed_on + limit("repeat_plan")
    ]
    if not ended:
        return None
    last = max(ended, key=lambda one: one.closed_on or one.opened_on)
    says = (
        f"A {_words(plan)} again, since {day_words(plan.opened_on)}: one ended on {day_words(last.closed_on)} already."
    )
    return Reason("repeated", plan.opened_on, says, plan.entry)


def _hand_over(facts: Facts, today: dt.date) -> Reason | None:
    waiting = [one for one in facts.owed if one.sort == "hand_over"]
    late = [(due_on("notice_acknowledged", one.made_on), one) for one in waiting]
    late = sorted(((due, one) for due, one in late if due < today), key=lambda pair: (pair[0], pair[1].entry))
    if not late:
        return None
    due, first = late[0]
    says = f"Handed over on {day_words(first.made_on)} and accepted by nobody: {_what(first)} ({first.owner})."
    return Reason("hand_over", due, says, first.entry)


def _active_again(facts: Facts, today: dt.date) -> Reason | None:
    if facts.open_plan is not None or not facts.plans:
        return None
    last = max(facts.plans, key=lambda one: one.closed_on or dt.date.min)
    ended = last.closed_on
    if ended is None:
        return None
    since = sorted(
        (one for one in facts.came_in if ended < one.on <= ended + limit("active_after")), key=lambda r: r.on
    )
    if not since:
        return None
    first = since[0]
    says = (
        f"The {_words(last)} ended on {day_words(ended)}; on {day_words(first.on)} came in: {first.what.lower()}"
        f" ({first.agency})."
    )
    return Reason("active_again", first.on, says, first.entry)


def _words(plan: PlanTold) -> str:
    return PLAN_WORDS.get(plan.type, "plan")


def _what(owed: Owed) -> str:
    words = " ".join(owed.what.split()).rstrip(".") or "something promised"
    return words if len(words) <= 90 else f"{words[:89].rstrip()}…"


@lru_cache(maxsize=1)
def limits() -> dict[str, dt.timedelta]:
    """After how many days something counts, by its code: read from ``limits.csv``."""
    with LIMITS.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: dt.timedelta(days=int(row["days"])) for row in csv.DictReader(lines)}


def limit(code: str) -> dt.timedelta:
    """One of them. Raises KeyError."""
    return limits()[code]
