"""Readings of a Story that several rules share and that are about asking, not about the record."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from onestory.oversee.signals.rule import Clock
from onestory.platform.history.answers import Answered, Evidence
from onestory.platform.history.circle import Circle
from onestory.platform.history.earlier import evidence_among, evidence_before
from onestory.platform.history.evidence import Weight
from onestory.platform.history.picked import Picked
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry
from onestory.platform.history.story import CLOSING, Story

FRESH = 365
"""Days for which something may still be asked about for the first time; older matters are history."""
HOLISTIC = frozenset({"child_and_family", "pre_birth", "parenting", "section_47"})
MISSED = frozenset({"missed", "not_brought", "declined", "not_arranged"})
SHUT_OUT = frozenset({"no_access", "refused", "wrong_address", "not_made"})


def _kept(circle: Circle, entry: Entry) -> bool:
    return entry.own.get("outcome") == "kept" and circle.child in entry.about


KEPT = Picked(_kept, ("appointment",))
"""The child's appointments that were kept."""


def ids(entries: Iterable[Entry | Evidence | None]) -> tuple[str, ...]:
    """Ids of the entries, doubles and gaps left out."""
    return tuple(dict.fromkeys([entry.id for entry in entries if entry is not None]))


def waits(entry: Entry, days: int) -> int:
    """Days to wait from an entry: none where its date is no day, since the month has gone by already."""
    return days if entry.known is not None and entry.known.is_day else 0


def fresh(story: Story, clock: Clock, items: Iterable[Evidence], days: int = FRESH) -> list[Evidence]:
    """The items that are still young enough to be asked about."""
    return [item for item in items if clock.within(item.day, days)]


_PLACE, _DAY = attrgetter("position"), attrgetter("day")


def before(item_day: dt.date, items: Sequence[Evidence], days: int, position: int) -> list[Evidence]:
    """Evidence of the ``days`` days before a day, known before the place given; newest last. ``items`` stand in the
    order in which they became known, so that the years before are not gone through."""
    end = bisect_left(items, position, key=_PLACE)
    return list(items[bisect_left(items, item_day - dt.timedelta(days=days), 0, end, key=_DAY) : end])


def later_than(position: int, items: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that became known after the place given; ``items`` as in ``before``."""
    return list(items[bisect_left(items, position + 1, key=_PLACE) :])


def last_look(story: Story) -> tuple[int, str]:
    """Place and id of the last time that the whole was looked at: an assessment completed, a conference, a plan.

    (-1, "start") where nobody has.
    """
    return story.once("last_look", _last_look)


def _last_look(story: Story) -> tuple[int, str]:
    looks = [
        entry for entry in story.of("assessment", "meeting", "plan") if story.bears_on_child(entry) and _is_look(entry)
    ]
    return (story.position(looks[-1]), looks[-1].id) if looks else (-1, "start")


def _is_look(entry: Entry) -> bool:
    own = entry.own
    if entry.kind == "assessment":
        return own.get("stage") == "completed" and own.get("type") in HOLISTIC
    if entry.kind == "meeting":
        return own.get("type") == "conference"
    return own.get("stage") == "opened" and own.get("type") in ("child_in_need", "child_protection")


def reports(items: Iterable[Evidence]) -> list[Evidence]:
    """Evidence that somebody reported or that hurt a child; signs left out."""
    return [item for item in items if item.weight >= Weight.REPORT]


def has_open_reports(story: Story) -> bool:
    """Whether any report stands that nobody has answered. Whoever asks no more is not asked again with each report."""
    return story.once("has_open_reports", lambda known: bool(known.open_reports))


def sources(items: Iterable[Evidence]) -> int:
    """How many distinct people or agencies told."""
    return len({item.source for item in items})


def decisions(story: Story, items: Iterable[Evidence | Entry]) -> list[Entry]:
    """The decisions on these entries."""
    return [decision for item in items for decision in story.decisions_on(item.id)]


def is_settled(story: Story, item: Evidence) -> bool:
    """Firmly answered, or taken up by a formal process."""
    return story.answered(item) >= Answered.TAKEN_UP


def involved(story: Story, day: dt.date, position: int, days: int) -> list[Entry]:
    """Why a child counts as known to services around a day: an open or lately closed plan, or unsettled reports."""
    first = day - dt.timedelta(days=days)
    found: list[Entry] = []
    for plan in story.plans:
        if plan.position < position and (plan.closed_on is None or plan.closed_on >= first):
            found += [plan.closed] if plan.closed is not None else [plan.opened]
    found += [item.entry for item in before(day, reports(story.not_settled), days, position)]
    return found


def is_report(story: Story, item: Evidence) -> bool:
    """Whether it counts as a report: somebody told, a child was hurt, or a sign that somebody decided to close."""
    if item.weight > Weight.SIGN:
        return True
    return any(decision.own.get("outcome") in CLOSING for decision in story.decisions_on(item.id))


def decided_on(story: Story, decision: Entry) -> list[Evidence]:
    """The evidence that a decision rests on; where it names none, what came in during the weeks before it."""
    return story.once(("decided_on", decision.id), lambda known: _decided_on(known, decision))


def _decided_on(story: Story, decision: Entry) -> list[Evidence]:
    named = decision.own.get("on_entries", ())
    if named:
        return evidence_among(story, named)
    day, place = story.day(decision), story.position(decision)
    recent = before(day, evidence_before(story, place), 183, place)
    waiting = [item for item in recent if not _closed_before(story, item, place)]
    lately = [item for item in waiting if (day - item.day).days <= 42]
    return lately or [item for item in waiting if item.weight > Weight.SIGN]


def _closed_before(story: Story, item: Evidence, position: int) -> bool:
    return any(
        decision.own.get("outcome") in CLOSING and story.position(decision) < position
        for decision in story.decisions_on(item.id)
    )


def standing_concern(story: Story, day: dt.date, position: int, days: int) -> list[Evidence]:
    """What made a child one to be seen: evidence not firmly settled of the months before, with a report among it."""
    found = before(day, story.not_settled, days, position)
    return found if any(is_report(story, item) for item in found) else []


def known_for(story: Story, entry: Entry) -> list[Entry]:
    """Why a missed contact matters more in this family: plans, and anything not settled of the last two years."""
    day, place = story.day(entry), story.position(entry)
    signs = [item.entry for item in before(day, story.not_settled, 730, place) if item.entry is not entry]
    return list(dict.fromkeys([*signs, *involved(story, day, place, 730)]))


def standing(story: Story, clock: Clock, kind: str) -> list[Entry]:
    """Orders, conditions or promises that neither their own last day nor somebody has ended."""
    ended = ended_by_somebody(story, kind)
    return [entry for entry in story.of(kind) if entry.id not in ended and _stands(entry, clock)]


def ended_by_somebody(story: Story, kind: str) -> frozenset[str]:
    """Ids of the entries that a later one ends: it names them (``from``), the day (``ended``), and no new test."""
    endings = [entry for entry in story.of(kind) if "ended" in entry.own and "if" not in entry.own]
    return frozenset(entry.own["from"] for entry in endings if "from" in entry.own)


def _stands(entry: Entry, clock: Clock) -> bool:
    until = entry.own.get("until") or entry.own.get("ended")
    return until is None or not clock.passed(until.last, 1)


def is_carried_on(story: Story, plan: Plan) -> bool:
    """Whether another serious plan was open when this one closed, or a lower one took over within two weeks."""
    if plan.closed_on is None:
        return False
    for other in story.plans:
        if other is plan or not other.is_serious:
            continue
        stepped_down = other.rank < plan.rank and 0 <= (other.opened_on - plan.closed_on).days <= 14
        if stepped_down or other.open_before(plan.closed_position):
            return True
    return False
