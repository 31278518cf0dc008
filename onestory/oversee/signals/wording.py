"""Entries in words, for the one sentence that an alert says. It names no reporter and quotes nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onestory.oversee.signals.rule import Finding
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story
from onestory.platform.history.vocabulary import KINDS

PLANS = {
    "early_help": "early help plan",
    "child_in_need": "child in need plan",
    "child_protection": "child protection plan",
}
STAGES = {"opened": "opened", "reviewed": "reviewed", "closed": "closed"}
VISITS = {
    "seen": "visit",
    "no_access": "visit without access",
    "refused": "visit refused",
    "not_made": "visit not made",
    "wrong_address": "visit to a wrong address",
}
OUTCOMES = {
    "no_further_action": "decision to take no further action",
    "information_only": "report kept as information only",
    "advice": "decision to give advice",
    "accepted_explanation": "decision to accept the explanation given",
    "malicious": "decision that a report was malicious",
    "threshold_not_met": "decision that the threshold was not met",
    "withdrawn": "decision to close a report as withdrawn",
    "closed": "decision to close a report",
}
APPOINTMENTS = {
    "kept": "appointment kept",
    "missed": "missed appointment",
    "not_brought": "appointment to which a child was not brought",
    "cancelled": "cancelled appointment",
    "declined": "declined appointment",
    "not_arranged": "appointment that could not be arranged",
}
NOUNS = {
    "incident": "police incident",
    "injury": "injury",
    "attendance": "urgent or hospital attendance",
    "absence": "school absence",
    "order": "court order or bail",
    "breach": "breach of an order or safety plan",
    "agreement": "agreement or safety plan",
    "condition": "condition set",
    "household": "change in the household",
    "withdrawal": "withdrawal from a service",
    "notice": "notice sent",
    "request": "request for a check or service",
    "action": "required action",
    "aftercare": "promise of after-care",
    "protective": "protection relied on",
    "tool": "tool completed",
    "voice": "record of the child's voice",
}

SECTORS = {
    "childrens_social_care": "Children's social care",
    "health_visiting": "Health visiting",
    "leaving_care": "The leaving care team",
}


def sector_words(sector: str) -> str:
    """A sector as the head of a sentence: ``Children's social care``, ``Housing``."""
    return SECTORS.get(sector, sector.replace("_", " ").capitalize())


def noun(entry: Entry) -> str:
    """What kind of entry it is, in words: ``child in need plan closed``, ``visit without access``."""
    own = entry.own
    if entry.kind == "plan":
        return f"{PLANS.get(own.get('type', ''), 'plan')} {STAGES.get(own.get('stage', ''), 'recorded')}"
    if entry.kind == "visit":
        return VISITS.get(own.get("outcome", ""), "visit")
    if entry.kind == "decision":
        return OUTCOMES.get(own.get("outcome", ""), "decision")
    if entry.kind == "appointment":
        return APPOINTMENTS.get(own.get("outcome", ""), "appointment")
    return NOUNS.get(entry.kind, KINDS[entry.kind].label.lower())


def described(story: Story, entry: Entry) -> str:
    """One entry with who recorded it and when: ``concern (School, October 2018)``."""
    return f"{noun(entry)} ({story.agency_name(entry.by)}, {entry.happened.words()})"


def listed(words: Iterable[str]) -> str:
    """Words joined as in a sentence: ``a, b and c``."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _part(story: Story, ids: tuple[str, ...]) -> str:
    known = [entry for entry in (story.entry(entry_id) for entry_id in ids) if entry is not None]
    return listed(described(story, entry) for entry in known)


def sentence(story: Story, finding: Finding) -> str:
    """What was seen, as one plain sentence with dates and sources."""
    parts: Mapping[str, str] = {name: _part(story, ids) for name, ids in finding.parts.items()}
    text = finding.says.format(**parts)
    return text[:1].upper() + text[1:]
