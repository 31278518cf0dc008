"""A manager's families and a child's workers in words. Pure, given the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.oversee.supervision.drift import Drifting, Reason
from onestory.oversee.supervision.models import Allocation, Supervision
from onestory.platform.ui.wording import day_words, moment_words, plural, span_words

SORTS = {
    "no_worker": "No worker",
    "not_seen": "Not seen",
    "review": "Review overdue",
    "overdue": "Overdue",
    "no_measure": "No measure",
    "repeated": "Plan repeated",
    "hand_over": "Not accepted",
    "active_again": "Active again",
}


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason: what sort, the sentence, since when, and where it stands."""

    sort: str
    says: str
    since: str
    entry: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One child with every reason."""

    child: str
    name: str
    worker: str
    since: str
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """Who had the child, from when until when."""

    id: str
    name: str
    sort: str
    team: str
    since: str
    until: str
    by: str
    why: str
    open: bool


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One supervision."""

    held: str
    by: str
    worker: str
    reflection: str
    decision: str
    again: str
    entry: str


def family_rows(found: Iterable[Drifting], today: dt.date) -> list[FamilyRow]:
    """Children in the order given."""
    return [_family(one, today) for one in found]


def _family(one: Drifting, today: dt.date) -> FamilyRow:
    facts, first = one.facts, one.reasons[0]
    worker = facts.worker or "Nobody"
    return FamilyRow(
        child=facts.child,
        name=facts.name,
        worker=f"{worker}; {facts.cover} covers" if facts.cover else worker,
        since=f"{span_words((today - first.since).days)}, since {day_words(first.since)}",
        reasons=tuple(_reason(reason) for reason in one.reasons),
    )


def _reason(reason: Reason) -> ReasonRow:
    return ReasonRow(SORTS[reason.sort], reason.says, day_words(reason.since), reason.entry)


def count_sentence(rows: Iterable[FamilyRow], children: int) -> str:
    """The whole in one sentence."""
    overdue = len(list(rows))
    return (
        f"{plural(children, 'child', 'children').capitalize()} looked at; something is overdue for {overdue or 'none'}."
    )


def worker_rows(allocations: Iterable[Allocation]) -> list[WorkerRow]:
    """Who works and worked for a child, in the order given."""
    return [
        WorkerRow(
            id=str(one.id),
            name=str(one.worker),
            sort=Allocation.Sort(one.sort).label,
            team=str(one.team),
            since=moment_words(one.since_at),
            until=moment_words(one.until_at) if one.until_at else "",
            by=str(one.by),
            why=one.why,
            open=one.until_at is None,
        )
        for one in allocations
    ]


def talk_rows(talks: Iterable[Supervision]) -> list[TalkRow]:
    """What was said in supervision, in the order given."""
    return [
        TalkRow(
            held=day_words(one.held_on),
            by=str(one.by),
            worker=str(one.worker) if one.worker else "",
            reflection=one.reflection,
            decision=one.decision,
            again=day_words(one.next_on),
            entry=str(one.entry_id),
        )
        for one in talks
    ]
