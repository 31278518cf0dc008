"""What became of a piece of evidence: was it answered, by what, and how firmly.

Resolution counts as much as concern. *Firm*: a decision whose content was verified, the child seen
alone, a medical cause in a child without a history of harm, a neglect tool completed. *Taken up*: a
strategy discussion, a conference, a plan that was opened on it. *Soft*: the child seen, agencies
asked, an assessment that covers it. Soft answers do not count while a plan is open, nor within a year
of a breach, a strategy discussion or the child's withdrawal from school or surgery: by then being
seen is not enough. An answer never reaches back to what became known after it, and softly answered
evidence still counts as history.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from onestory.platform.history.evidence import BODILY_NEED, HARMFUL, NEGLECT, PHYSICAL, Weight, used_neglect_tool
from onestory.platform.history.record import Entry

ANSWERED_WITHIN = dt.timedelta(days=42)
"""How long after evidence a visit, a check or a verified decision can still be its answer."""
ASSESSED_WITHIN = dt.timedelta(days=120)
TOOL_WITHIN = dt.timedelta(days=183)
"""The longest of these: later only a decision that names the evidence answers it."""
ENQUIRY_LASTS = dt.timedelta(days=28)
ANSWERING = frozenset({"decision", "meeting", "plan", "tool", "assessment", "check"})
"""Kinds that can answer evidence; of other kinds an entry at which a child was seen."""
FOUND_BY_ENQUIRY = frozenset({"visit", "disclosure", "voice"})
WARY_FOR = dt.timedelta(days=365)
"""How long after a breach or a strategy discussion soft answers do not count."""
TAKING_UP = frozenset({"strategy_discussion", "section_47", "conference", "legal"})
SERIOUS_PLANS = frozenset({"child_in_need", "child_protection"})
STATUTORY_ASSESSMENTS = frozenset({"child_and_family", "pre_birth", "parenting", "section_47", "early_help"})


class Answered(IntEnum):
    """How firmly a piece of evidence was answered."""

    UNTESTED = -1  # closed although its content was not tested: soft answers do not count
    OPEN = 0
    SOFT = 1
    TAKEN_UP = 2
    FIRM = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence in a child's story: the entry, its place, the day it counts from, whom it harms."""

    entry: Entry
    position: int
    day: dt.date
    weight: Weight
    source: tuple[str, str]
    children: frozenset[str]
    """Children named; empty where only adults are, and then it bears on every child."""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides how much an answer is worth: the child of the story must be the one seen; soft answers
    do not count when ``wary``; under a protection plan another conference changes nothing; ``health`` are the
    agencies that can examine a child."""

    child: str
    wary: bool
    under_protection: bool
    health: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry that answers evidence, from its own place in the history on."""

    position: int
    firmness: Answered
    by: str


def could_answer(entry: Entry) -> bool:
    """Whether an entry can answer any evidence at all."""
    return entry.kind in ANSWERING or bool(entry.seen or entry.seen_alone)


def answers_to(
    evidence: Evidence,
    placed: Sequence[tuple[dt.date, Entry]],
    answering: Sequence[int],
    everything: Mapping[int, Evidence],
    ground: Ground,
) -> tuple[Answer, ...]:
    """Every entry of the history that answers the evidence, in order. Callers read only what is known by their day.

    ``placed`` is the story's entries with their days, ``answering`` the places of those that could answer anything,
    ``everything`` all evidence by its place.
    """
    found = []
    wary = ground.wary
    if evidence.entry.own.get("explained") == "consistent" and not wary:
        found.append(Answer(evidence.position, Answered.SOFT, evidence.id))
    if evidence.entry.kind in FOUND_BY_ENQUIRY:
        found += _enquiry_under_way(evidence, placed)
    history = _has_history(evidence, everything)
    first = bisect_left(answering, evidence.day, key=lambda position: placed[position][0])
    for position in answering[first:]:
        day, entry = placed[position]
        if position == evidence.position:
            continue
        out_of_time = position < evidence.position or day - evidence.day > TOOL_WITHIN
        if out_of_time and evidence.id not in entry.own.get("on_entries", ()):
            continue  # only who names the evidence still answers it
        firmness = _firmness(evidence, day, entry, position in everything, history, ground)
        if firmness is Answered.OPEN or (firmness is Answered.SOFT and wary):
            continue
        found.append(Answer(position, firmness, entry.id))
    return tuple(found)


def _has_history(evidence: Evidence, everything: Mapping[int, Evidence]) -> bool:
    """Whether a report or harm became known in the year before."""
    for position, item in everything.items():
        if position >= evidence.position:
            return False
        if item.weight >= Weight.REPORT and evidence.day - item.day <= WARY_FOR:
            return True
    return False


def _enquiry_under_way(evidence: Evidence, placed: Sequence[tuple[dt.date, Entry]]) -> list[Answer]:
    """What a visit brings to light within weeks of a strategy discussion is part of that enquiry."""
    return [
        Answer(evidence.position, Answered.TAKEN_UP, entry.id)
        for day, entry in placed[: evidence.position]
        if entry.kind == "meeting"
        and entry.own.get("type") == "strategy"
        and evidence.day - day <= ENQUIRY_LASTS
        and _shares_child(evidence, entry)
    ]


def firmest(answers: Sequence[Answer], known: int) -> Answer | None:
    """The firmest of the answers among the first ``known`` entries; None where the evidence stands open."""
    best, untested = None, False
    for answer in answers:
        if answer.position >= known:
            break
        if answer.firmness is Answered.UNTESTED:
            untested = True
        elif best is None or answer.firmness > best.firmness:
            best = answer
    if untested and best is not None and best.firmness is Answered.SOFT:
        return None
    return best


def _firmness(evidence: Evidence, day: dt.date, entry: Entry, harmful: bool, history: bool, ground: Ground) -> Answered:
    if entry.kind == "decision":
        return _by_decision(evidence, day, entry)
    if entry.happened.last < evidence.entry.happened.first:
        return Answered.OPEN
    if entry.kind == "meeting":
        taking_up = ("strategy",) if ground.under_protection else ("strategy", "conference")
        taken = entry.own.get("type") in taking_up and day - evidence.day <= ANSWERED_WITHIN
        return Answered.TAKEN_UP if taken else Answered.OPEN
    if entry.kind == "plan":
        opened = entry.own.get("stage") == "opened" and day - evidence.day <= TOOL_WITHIN
        return Answered.TAKEN_UP if opened and _shares_child(evidence, entry) else Answered.OPEN
    if entry.kind in ("tool", "assessment"):
        return _by_assessment(evidence, day, entry, history)
    if entry.kind == "check":
        answered = entry.own.get("answered") and not harmful
        return Answered.SOFT if answered and day - evidence.day <= ANSWERED_WITHIN else Answered.OPEN
    if harmful or day - evidence.day > ANSWERED_WITHIN:
        return Answered.OPEN
    return _by_seeing(evidence, entry, ground)


def _shares_child(evidence: Evidence, entry: Entry) -> bool:
    return not evidence.children or not evidence.children.isdisjoint(entry.about)


def _by_decision(evidence: Evidence, day: dt.date, entry: Entry) -> Answered:
    own = entry.own
    named = own.get("on_entries", ())
    if named and evidence.id not in named:
        return Answered.OPEN
    if not named and (day - evidence.day > ANSWERED_WITHIN or not _shares_child(evidence, entry)):
        return Answered.OPEN
    if own.get("verified") is True:
        return Answered.FIRM
    if own.get("outcome") in TAKING_UP:
        return Answered.TAKEN_UP
    if own.get("verified") is False:
        return Answered.UNTESTED
    return Answered.SOFT if own.get("checks_done") is True else Answered.OPEN


def _by_assessment(evidence: Evidence, day: dt.date, entry: Entry, history: bool) -> Answered:
    own, factors = entry.own, evidence.entry.factors
    if used_neglect_tool(entry) and factors & NEGLECT and not factors & PHYSICAL and day - evidence.day <= TOOL_WITHIN:
        return Answered.FIRM if _shares_child(evidence, entry) else Answered.OPEN
    if own.get("stage") != "completed" or day - evidence.day > ASSESSED_WITHIN:
        return Answered.OPEN
    if own.get("type") == "medical":
        bodily = evidence.weight is Weight.HARM or factors & (PHYSICAL | BODILY_NEED)
        cleared = bodily and not entry.factors & PHYSICAL and _shares_child(evidence, entry)
        return (Answered.SOFT if history else Answered.FIRM) if cleared else Answered.OPEN
    covers = own.get("covers")
    covered = covers is None or factors & HARMFUL <= covers
    return Answered.SOFT if own.get("type") in STATUTORY_ASSESSMENTS and covered else Answered.OPEN


def _by_seeing(evidence: Evidence, entry: Entry, ground: Ground) -> Answered:
    """Seen alone is firm. Physical harm is not answered by a look at the child beside the parent, a health
    professional's aside."""
    if entry.kind == "attendance":
        return Answered.OPEN
    subjects = frozenset({ground.child}) if ground.child in evidence.children else evidence.children
    if entry.seen_alone and (not subjects or not subjects.isdisjoint(entry.seen_alone)):
        return Answered.FIRM
    if evidence.weight is Weight.HARM and entry.by not in ground.health:
        return Answered.OPEN
    if entry.seen and (not subjects or not subjects.isdisjoint(entry.seen)):
        return Answered.SOFT
    return Answered.OPEN
