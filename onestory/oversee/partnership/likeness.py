"""How near an invented partnership comes to the published rates: counted from its entries, not from its making."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from onestory.oversee.partnership.rates import PUBLISHED, SOURCES
from onestory.platform.history.record import Entry, History

ASSESSED = {"domestic_abuse_parent": "domestic abuse", "mental_health_parent": "a parent's mental health"}


def made_of(history: History) -> Counter[str]:
    """Counts of one family: referrals by child, who referred, reviews held, what assessments named."""
    made: Counter[str] = Counter()
    for child in [person.id for person in history.people.values() if person.is_child]:
        days = [e.known_on for e in history.entries if e.kind in ("concern", "incident") and child in e.about]
        made["referrals"] += len(days)
        made["repeated"] += sum(_within_a_year(days, place) for place in range(1, len(days)))
    for entry in history.entries:
        made.update(_named(entry))
    return made


def _within_a_year(days: list[dt.date], place: int) -> bool:
    return (days[place] - days[place - 1]).days <= 365


def _named(entry: Entry) -> Iterator[str]:
    own = entry.own
    if entry.kind == "incident":
        yield from ("sources", "police")
    if entry.kind == "concern" and entry.reporter is not None:
        yield "sources"
        yield "school" if entry.reporter.agency == "school" else entry.reporter.role
    if entry.kind == "appointment" and ("review" in own["service"] or own["service"] == "new_birth_visit"):
        yield f"review {own['outcome']}"
    if entry.kind == "assessment" and own.get("stage") == "completed":
        yield "assessments"
        yield from (f"assessed {factor}" for factor in entry.factors)


def as_made(made: Counter[str], child_days: int) -> Iterator[str]:
    """What was made, a line each, with the published rate in brackets."""
    years = max(child_days / 365.25, 1)
    asked_for = made["review kept"] + made["review not_brought"]
    referred = 10_000 * made["referrals"] / years
    yield f"Referrals a year for 10,000 children: {referred:.0f} ({10_000 * PUBLISHED.referrals:.0f})"
    yield f"  within a year of another: {_part(made, 'repeated', 'referrals'):.1f} % ({100 * PUBLISHED.repeated:.1f})"
    for source in ("police", "school", "anonymous"):
        yield f"  from {source}: {_part(made, source, 'sources'):.0f} % ({100 * SOURCES[source]:.0f})"
    yield f"Health reviews held, of those asked for: {100 * made['review kept'] / max(asked_for, 1):.0f} %"
    for factor, name in ASSESSED.items():
        yield f"Assessments that name {name}: {_part(made, f'assessed {factor}', 'assessments'):.0f} %"


def _part(made: Counter[str], name: str, of: str) -> float:
    return 100 * made[name] / max(made[of], 1)
