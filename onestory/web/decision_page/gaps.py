"""What is not known, each in its own words: not asked, not connected, asked and nothing held, not on record. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.platform.history.record import Entry
from onestory.platform.history.vocabulary import PARENT_RELATIONS
from onestory.platform.ui.wording import listed, sentence
from onestory.web.decision_page.known import Known

EXPECTED = {
    "police": "police",
    "general_practice": "general practice",
    "health_visiting": "health visiting",
    "school": "school or nursery",
    "housing": "housing",
    "probation": "probation",
    "adult_mental_health": "adult mental health",
    "substance_misuse_service": "substance misuse service",
}
"""Sectors that most often hold a piece of a child's story."""


@dataclass(frozen=True, slots=True)
class Connected:
    """An agency that works with this program: its sector and its name."""

    id: str
    sector: str
    name: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """One sort of not knowing, and of what."""

    sort: str
    words: str


def gaps_shown(known: Known, connected: Iterable[Connected], *, since: Entry | None = None) -> tuple[GapShown, ...]:
    """Four sorts of not knowing. ``since``: the concern under decision; who was asked before it was not asked on it."""
    there = list(connected)
    sorts = (
        ("Not asked on this concern", _not_asked(known, since)),
        ("Not connected", _not_connected(there)),
        ("Connected, and nothing held that you may see", _nothing_held(known, there)),
        ("Not on record", _not_on_record(known)),
    )
    return tuple(GapShown(sort, sentence(listed(words))) for sort, words in sorts if words)


def _not_asked(known: Known, since: Entry | None) -> list[str]:
    """Agencies with entries in this story that no check since the concern has asked."""
    if since is None:
        return []
    checks = known.story.after(since, "check", "request")
    asked = {one for entry in checks for one in (*entry.own.get("asked", ()), entry.own.get("of", ""))}
    own = {since.by, *known.story.social_care}
    return [known.names.party(one) for one in _agencies(known) if one not in asked | own]


def _agencies(known: Known) -> list[str]:
    return sorted({entry.by for entry in known.entries}, key=known.names.party)


def _not_connected(connected: list[Connected]) -> list[str]:
    sectors = {one.sector for one in connected}
    return [words for sector, words in EXPECTED.items() if sector not in sectors]


def _nothing_held(known: Known, connected: list[Connected]) -> list[str]:
    holding = {one for entry in known.entries for one in (entry.by, *entry.told)}
    return sorted(one.name for one in connected if one.sector in EXPECTED and one.id not in holding)


def _not_on_record(known: Known) -> list[str]:
    """Facts that nobody has recorded and that a decision would need."""
    missing = []
    for child, story in known.stories.items():
        name = known.history.people[child].label
        if known.history.people[child].born is None:
            missing.append(f"the birth date of {name}")
        parents = {row.relation for row in story.relationships if row.of == child and row.status == "confirmed"}
        if "father" not in parents and not parents & (PARENT_RELATIONS - {"mother", "father"}):
            missing.append(f"who the father of {name} is")
        if story.last_seen is None and not story.is_unborn:
            missing.append(f"anybody having seen {name}")
    return missing
